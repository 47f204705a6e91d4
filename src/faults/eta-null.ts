import { declareFault } from './declare.js';
import { otherEta } from './other-eta.js';

export const etaNull = declareFault({
  name: 'eta-null',
  title: 'eta that is null',
  read: 'maybe',
  answer: 'damaged',
  settings: [],
  corrupt: otherEta(() => null),
});
