import { t } from '../texts/spoken.js';
import type { Chapter, FastPlay } from './report.js';

/** How many scenarios were played in fast time, and how fast; undefined where nobody has asked for it. */
export function fastLine(chapters: readonly Chapter[]): string | undefined {
  const plays = chapters.flatMap(({ fast }) => (fast ? [fast] : []));
  if (plays.length === 0) return undefined;
  const fast = plays.filter(({ outcome }) => outcome === 'fast');
  const rates = fast.map(({ rate }) => rate);
  const [least, most] = [Math.min(...rates), Math.max(...rates)];
  const times = least === most ? String(most) : `${least}–${most}`;
  const left = plays.length - fast.length;
  if (fast.length === 0) return t('every scenario was played at true time');
  if (left === 0) return t`time ran ${times} times as fast`;
  return t`time ran ${times} times as fast; ${left} of ${plays.length} scenarios were played at true time`;
}

/** What was played at true time because of what fast time had shown; undefined: nothing was. */
export function describeFast({ rate, outcome }: FastPlay): string | undefined {
  switch (outcome) {
    case 'confirmed':
      return t`found ${rate} times as fast, and confirmed at true time`;
    case 'not-confirmed':
      return t`what was found ${rate} times as fast was not confirmed at true time`;
    case 'stood-still':
      return t`the client stood still ${rate} times as fast, so it was played at true time`;
    default:
      return undefined;
  }
}
