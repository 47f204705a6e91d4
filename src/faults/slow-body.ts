import { declareFault } from './declare.js';
import { honestHeadOf, trickle } from './delivery.js';

/** The headers come at once; the body trickles in. */
export const slowBody = declareFault({
  name: 'slow-body',
  title: 'body that trickles in',
  read: 'yes',
  answer: 'damaged',
  settings: ['bytes_per_second'],
  play: (delivery) => trickle(delivery, honestHeadOf(delivery), delivery.answer.body, ''),
});
