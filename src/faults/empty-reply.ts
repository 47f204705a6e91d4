import { declareFault } from './declare.js';

/** Closes the connection in peace, without a byte of an answer. */
export const emptyReply = declareFault({
  name: 'empty-reply',
  title: 'connection closed without a byte',
  read: 'no',
  answer: 'none',
  settings: [],
  drawn: true,
  play: (delivery) => {
    delivery.nothingSent();
    delivery.socket.destroySoon();
  },
});
