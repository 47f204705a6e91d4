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
    const { closed } = delivery.settings;
    delivery.nothingSent();
    const close = () => {
      delivery.reset();
      delivery.closePort(closed);
    };
    // Its client comes back at once, and may come to any of them.
    const elsewhere = delivery.closeElsewhere(closed);
    if (elsewhere) void elsewhere.then(close);
    else close();
  },
});
