import { duplicateKey } from '../contract/json-edit.js';
import { toldValue } from '../contract/message.js';
import { declareFault } from './declare.js';

/** RFC 8259 §4: what a reader makes of it is unpredictable; most take the last. */
export const duplicateKeys = declareFault({
  name: 'duplicate-keys',
  title: 'JSON with a key twice',
  read: 'maybe',
  answer: 'damaged',
  settings: [],
  corrupt: (message, _, { state }) => ({
    ...message,
    body: duplicateKey(toldValue(message), state) ?? message.body,
  }),
});
