import { declareFault } from './declare.js';

/**
 * Breaks the connection, and for a while nobody listens where the client has knocked. Its session's
 * other connections there end as well, as they do when a server goes down.
 */
export const refused = declareFault({
  name: 'refused',
  title: 'connection refused for a while',
  read: 'no',
  answer: 'none',
  settings: ['closed'],
  play: (delivery) => {
    delivery.nothingSent();
    delivery.reset();
    delivery.closePort(delivery.settings.closed);
  },
});
