import { declareFault } from './declare.js';

/**
 * Never answers. The journal has the exchange at once, open, and its end when the connection ends: the
 * client leaves, or the session ends, or the server closes.
 */
export const hang = declareFault({
  name: 'hang',
  title: 'no answer',
  read: 'no',
  answer: 'none',
  settings: [],
  endless: true,
  play: (delivery) => {
    const { socket } = delivery;
    const end = delivery.staysOpen();
    let cut = delivery.ended();
    const unwatch = delivery.onEnd(() => {
      cut = true;
      socket.destroy();
    });
    socket.once('close', () => {
      unwatch();
      end(!cut);
    });
    if (cut) socket.destroy();
  },
});
