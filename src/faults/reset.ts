import { declareFault } from './declare.js';

/** RFC 9293 §3.5.2: a reset, where closing would look like an empty answer. */
export const reset = declareFault({
  name: 'reset',
  title: 'connection reset',
  read: 'no',
  answer: 'none',
  settings: [],
  drawn: true,
  play: (delivery) => {
    delivery.nothingSent();
    delivery.reset();
  },
});
