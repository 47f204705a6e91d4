import type { Duration, WallMoment } from '../time/moments.js';

/** Half of what a duration may be: such an eta cannot be written as one. */
const FAREST: Duration = 50 * 366 * 86_400_000;

/**
 * A date-time of RFC 3339 with its zone, as whole milliseconds since 1970; undefined for anything else,
 * and for what lies too far away to be written as a duration.
 */
export function momentOf(value: unknown, near: WallMoment): WallMoment | undefined {
  if (typeof value !== 'string' || !DATE_TIME.test(value)) return undefined;
  const moment = Date.parse(value);
  return Math.abs(moment - near) <= FAREST ? moment : undefined;
}

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/i;
