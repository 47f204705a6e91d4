import { declareFault } from './declare.js';
import { honestHeadOf } from './delivery.js';

/** A reset overtakes what its receiver has not read yet (RFC 9293 §3.10.7.4), in milliseconds. */
const TIME_TO_READ = 25;

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
