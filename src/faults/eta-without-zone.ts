import { declareFault } from './declare.js';
import { iso, otherEta } from './other-eta.js';

export const etaWithoutZone = declareFault({
  name: 'eta-without-zone',
  title: 'eta without a time zone',
  read: 'maybe',
  answer: 'damaged',
  settings: [],
  corrupt: otherEta((eta) => iso(eta).slice(0, -1)),
});
