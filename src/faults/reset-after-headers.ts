import { declareFault } from './declare.js';
import { honestHeadOf } from './delivery.js';

/**
 * A reset overtakes what its receiver has not read yet (RFC 9293 §3.10.7.4), and what comes with it looks to some like an
 * end in peace (libuv takes a partial read with a hang-up for one); in milliseconds.
 */
const TIME_TO_READ = 100;

/** Sends the headers, then breaks the connection. */
export const resetAfterHeaders = declareFault({
  name: 'reset-after-headers',
  title: 'connection reset behind the headers',
  read: 'no',
  answer: 'damaged',
  settings: [],
  drawn: true,
  play: (delivery) => {
    const { socket } = delivery;
    delivery.sent('');
    socket.write(honestHeadOf(delivery), () => {
      setTimeout(() => delivery.reset(), TIME_TO_READ);
    });
  },
});
