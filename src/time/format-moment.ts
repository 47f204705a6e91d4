import type { Duration, Moment, WallMoment } from './moments.js';

const DAY = 86_400_000;
const DIGITS = Array.from({ length: 1000 }, (_, i) => String(i).padStart(3, '0'));
/** The date that was last written: moments of one journal are of one day or a few. */
let written = { day: Number.NaN, date: '' };

/**
 * RFC 3339 in UTC, as `toISOString` writes it, at a quarter of its cost: each answer and each line of a
 * verdict writes some. Of the years 0001 to 9999.
 */
export function formatMoment(moment: Moment | WallMoment): string {
  const day = Math.floor(moment / DAY);
  if (day !== written.day) {
    written = { day, date: new Date(day * DAY).toISOString().slice(0, 11) };
  }
  return `${written.date}${timeOfDay(moment - day * DAY)}Z`;
}

/** RFC 9110 §5.6.7, an IMF-fixdate: `Sun, 06 Nov 1994 08:49:37 GMT`. It has whole seconds; the rest is left out. */
export function wholeHttpDate(moment: Moment): string {
  return new Date(moment).toUTCString();
}

function timeOfDay(time: Duration): string {
  const seconds = Math.floor(time / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = two(Math.floor(minutes / 60));
  return `${hours}:${two(minutes % 60)}:${two(seconds % 60)}.${DIGITS[Math.floor(time % 1000)]}`;
}

function two(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}
