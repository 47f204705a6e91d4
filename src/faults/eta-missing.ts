import { declareFault } from './declare.js';
import { otherEta } from './other-eta.js';

export const etaMissing = declareFault({
  name: 'eta-missing',
  title: 'no eta',
  read: 'maybe',
  answer: 'damaged',
  settings: [],
  corrupt: otherEta(() => undefined),
});
