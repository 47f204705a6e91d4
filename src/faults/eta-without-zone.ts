import { formatMoment } from '../time/format-moment.js';
import { declareFault } from './declare.js';
import { otherEta } from './other-eta.js';

export const etaWithoutZone = declareFault({
  name: 'eta-without-zone',
  title: 'eta without a time zone',
  read: 'maybe',
  answer: 'damaged',
  settings: [],
  corrupt: otherEta((eta) => formatMoment(eta).slice(0, -1)),
});
