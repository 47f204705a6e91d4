import { withHeader } from '../contract/message.js';
import { declareFault } from './declare.js';

export const wrongContentType = declareFault({
  name: 'wrong-content-type',
  title: 'JSON that is said to be HTML',
  read: 'maybe',
  answer: 'damaged',
  settings: [],
  corrupt: (message) => withHeader(message, 'Content-Type', 'text/html; charset=utf-8'),
});
