import type { Mark } from '../../audit/verdict.js';
import { say } from '../../say.js';
import type { Scale } from './scale.js';

/** What a reply looks like; 4xx and 5xx, not what the auditor makes of them. */
export type Shape = 'circle' | 'stroke' | 'diamond' | 'square' | 'cross' | 'start';

/** @param dense among so many others that a circle would hide its neighbours */
export function shapeOf({ reply, status }: Mark, dense: boolean): Shape {
  if (reply === 'lost' || status === 0) return 'cross';
  if (status >= 500 || reply === 'unreadable') return 'square';
  if (status >= 400) return 'diamond';
  return dense ? 'stroke' : 'circle';
}

/** What the client was told, in a word: its state, `404`, `no answer`. */
export function toldBy({ reply, state, status }: Mark): string {
  if (reply === 'lost' || status === 0) return say`no answer`;
  if (state) return state;
  return status >= 400 ? String(status) : reply;
}

/** One or more polls that are drawn in one place. */
export interface Spot {
  /** Of the first one, in per cent. */
  from: number;
  /** Where its answer came; the same as `from` when it came at once. */
  to: number;
  shape: Shape;
  first: Mark;
  last: Mark;
  count: number;
  /** Polls that are under way at the same time are drawn below each other. */
  row: number;
  breaks: boolean;
}

/** With more polls than this, those that fall on one spot are drawn once. */
export const MOST_MARKS = 300;
const MOST_ROWS = 4;
/** Shorter waits cannot be seen, in per cent. */
const VISIBLE = 0.7;
/** So near to each other marks hide each other, in per cent. */
const NEAR = 0.25;

export function spotsOf(polls: readonly Mark[], scale: Scale, most = MOST_MARKS): Spot[] {
  const dense = polls.length > most;
  const spots = polls.map((poll): Spot => {
    const from = scale.at(poll.at);
    const to = poll.until === undefined ? 100 : scale.at(poll.until);
    const breaks = poll.breaks.length > 0;
    const shown = to - from >= VISIBLE ? to : from;
    return {
      from,
      to: shown,
      shape: shapeOf(poll, dense),
      first: poll,
      last: poll,
      count: 1,
      row: 0,
      breaks,
    };
  });
  if (dense) return gather(spots, scale);
  spread(spots);
  return spots;
}

/** Polls that break rules stay apart from others on their spot; what is unusual is drawn on top. */
function gather(spots: readonly Spot[], scale: Scale): Spot[] {
  const found = new Map<string, Spot>();
  for (const spot of spots) {
    const { from, shape, first, breaks } = spot;
    const key = `${scale.spot(from)} ${shape} ${first.reply} ${breaks}`;
    const same = found.get(key);
    if (!same) {
      found.set(key, spot);
      continue;
    }
    same.count += 1;
    same.last = first;
    same.to = Math.max(same.to, spot.to);
  }
  return [...found.values()].sort(
    (a, b) => Number(b.shape === 'stroke') - Number(a.shape === 'stroke'),
  );
}

function spread(spots: readonly Spot[]): void {
  // The first row begins with the request itself.
  const busyUntil = [NEAR];
  for (const spot of spots) {
    const free = busyUntil.findIndex((until) => until <= spot.from);
    spot.row = free >= 0 ? free : Math.min(busyUntil.length, MOST_ROWS - 1);
    busyUntil[spot.row] = Math.max(spot.to, spot.from + NEAR);
  }
}
