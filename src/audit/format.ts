import { formatMoment } from '../time/format-moment.js';
import type { Duration, Moment } from '../time/moments.js';

/** `2.4 s`, `350 ms`, `12 min`: a length of time for people. */
export function formatLength(time: Duration): string {
  const ms = Math.abs(time);
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${Math.round(ms / 100) / 10} s`;
  return `${Math.round(ms / 6000) / 10} min`;
}

/** A length by a session's clock, told in the API's own time, as scenarios and pages have it: a pace divides that. */
export function formatApiLength(time: Duration, { pace }: { pace: number }): string {
  return formatLength(time * pace);
}

/** `12:00:03.000`: a moment of a day, in UTC. */
export function formatClockTime(moment: Moment): string {
  return formatMoment(moment).slice(11, 23);
}

/** `1 poll`, `3 polls`. */
export function formatCount(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
