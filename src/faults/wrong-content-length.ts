import { declareFault } from './declare.js';
import { headOf, sendAndClose } from './delivery.js';

/** Sends the whole body behind the length of another one. */
export const wrongContentLength = declareFault({
  name: 'wrong-content-length',
  title: 'Content-Length that is not the body’s',
  read: 'no',
  answer: 'damaged',
  settings: ['off_by'],
  drawn: true,
  play: (delivery) => {
    const { body } = delivery.answer;
    const said = Math.max(0, Buffer.byteLength(body) + delivery.settings.offBy);
    delivery.sent(body);
    sendAndClose(delivery, headOf(delivery, { 'Content-Length': String(said) }), body);
  },
});
