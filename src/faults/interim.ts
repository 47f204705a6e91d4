import { declareFault } from './declare.js';

/** RFC 8297: an answer before the answer. */
const EARLY_HINTS = 'HTTP/1.1 103 Early Hints\r\nLink: </>; rel=preconnect\r\n\r\n';

export const interim = declareFault({
  name: 'interim',
  title: '103 before the answer',
  read: 'maybe',
  answer: 'damaged',
  settings: [],
  precede: ({ socket }) => {
    socket.write(EARLY_HINTS);
  },
});
