import { declareFault } from './declare.js';
import { honestHeadOf, trickle } from './delivery.js';

/** The headers trickle in; the body comes at once behind them. */
export const slowHeaders = declareFault({
  name: 'slow-headers',
  title: 'headers that trickle in',
  read: 'yes',
  answer: 'damaged',
  settings: ['bytes_per_second'],
  play: (delivery) => trickle(delivery, '', honestHeadOf(delivery), delivery.answer.body),
});
