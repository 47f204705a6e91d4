import { declareFault } from './declare.js';
import { honestHeadOf, partOf, sendAndClose } from './delivery.js';

/** Closes before as many bytes have come as Content-Length has promised (RFC 9112 §8). */
export const truncatedBody = declareFault({
  name: 'truncated-body',
  title: 'body that ends before its Content-Length',
  read: 'no',
  answer: 'damaged',
  settings: ['bytes'],
  drawn: true,
  play: (delivery) => {
    const part = partOf(delivery);
    delivery.sent(part.toString());
    sendAndClose(delivery, honestHeadOf(delivery), part);
  },
});
