import { withText } from '../contract/message.js';
import { declareFault } from './declare.js';

export const malformedJson = declareFault({
  name: 'malformed-json',
  title: 'JSON without its last brace',
  read: 'no',
  answer: 'damaged',
  settings: [],
  drawn: true,
  corrupt: (message) => withText(message, message.body.slice(0, -1)),
});
