import type { Moment, WallMoment } from './moments.js';

/** Where time that runs at a rate of its own begins: one moment, by its clock and by the machine's. */
export interface Origin {
  readonly at: Moment;
  readonly since: WallMoment;
}

/** What a clock that runs `rate` times as fast as the machine's shows: whole milliseconds. */
export function atRate({ at, since }: Origin, rate: number, wall: WallMoment): Moment {
  return Math.floor(at + (wall - since) * rate);
}

/** When by the machine's clock it shows a moment: whole milliseconds, and not before that moment is shown. */
export function shownAt({ at, since }: Origin, rate: number, moment: Moment): WallMoment {
  return Math.ceil(since + (moment - at) / rate);
}
