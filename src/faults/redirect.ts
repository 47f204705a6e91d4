import { emptyMessage } from '../contract/message.js';
import { declareFault } from './declare.js';

/** RFC 9110 §15.4: names another place, which is the same one. */
export const redirect = declareFault({
  name: 'redirect',
  title: 'redirect to the job itself',
  read: 'no',
  answer: 'own',
  settings: [],
  statuses: [301, 302, 303, 307, 308],
  corrupt: (_, { http = 303 }, { url }) => emptyMessage(http, { Location: url }),
});
