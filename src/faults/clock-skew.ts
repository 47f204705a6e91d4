import { withHeader } from '../contract/message.js';
import { declareFault } from './declare.js';

/** RFC 9110 §6.6.1: the moment at which the answer was made, by a clock that is wrong. */
export const clockSkew = declareFault({
  name: 'clock-skew',
  title: 'Date of a clock that is wrong',
  read: 'yes',
  answer: 'damaged',
  settings: ['skew'],
  corrupt: (message, { skew }, { now }) =>
    withHeader(message, 'Date', new Date(now + skew).toUTCString()),
});
