import { withText } from '../contract/message.js';
import { declareFault } from './declare.js';

/** RFC 8259 §8.1: a byte order mark must not be sent, and may be forgiven. */
export const bom = declareFault({
  name: 'bom',
  title: 'JSON behind a byte order mark',
  read: 'maybe',
  answer: 'damaged',
  settings: [],
  corrupt: (message) => withText(message, `\uFEFF${message.body}`),
});
