import { formatMoment } from '../time/format-moment.js';
import type { Moment } from '../time/moments.js';
import { declareFault } from './declare.js';
import { otherEta } from './other-eta.js';

export const etaLocal = declareFault({
  name: 'eta-local',
  title: 'eta in the time of Kyiv',
  read: 'yes',
  answer: 'damaged',
  settings: [],
  corrupt: otherEta(kyivTime),
  spellEta: kyivTime,
});

/** RFC 3339 with an offset: the same moment, by the clock on the wall in Kyiv. */
function kyivTime(moment: Moment): string {
  const timeZone = 'Europe/Kyiv';
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const zone = format.formatToParts(moment).find(({ type }) => type === 'timeZoneName');
  const offset = zone?.value.slice('GMT'.length) || '+00:00';
  const [hours = 0, minutes = 0] = offset.split(':').map(Number);
  const wall = moment + (hours * 60 + minutes) * 60_000;
  return formatMoment(wall).slice(0, -1) + offset;
}
