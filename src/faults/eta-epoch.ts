import { declareFault } from './declare.js';
import { otherEta } from './other-eta.js';

export const etaEpoch = declareFault({
  name: 'eta-epoch',
  title: 'eta as seconds since 1970',
  read: 'maybe',
  answer: 'damaged',
  settings: [],
  corrupt: otherEta((eta) => Math.ceil(eta / 1000)),
});
