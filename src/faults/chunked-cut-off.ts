import { declareFault } from './declare.js';
import { headOf, partOf, sendAndClose } from './delivery.js';

/** Closes without the chunk of length 0 that ends a body (RFC 9112 §7.1). */
export const chunkedCutOff = declareFault({
  name: 'chunked-cut-off',
  title: 'chunked body without its end',
  read: 'no',
  answer: 'damaged',
  settings: ['bytes'],
  drawn: true,
  play: (delivery) => {
    const part = partOf(delivery);
    const head = headOf(delivery, { 'Transfer-Encoding': 'chunked' });
    const size = `${part.length.toString(16)}\r\n`;
    delivery.sent(part.toString());
    sendAndClose(delivery, head, ...(part.length > 0 ? [size, part, '\r\n'] : []));
  },
});
