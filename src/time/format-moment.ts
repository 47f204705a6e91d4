import type { Duration, Moment, WallMoment } from './moments.js';

const DAY = 86_400_000;
const MINUTE = 60_000;
const MILLISECONDS = Array.from({ length: 1000 }, (_, i) => `${String(i).padStart(3, '0')}Z`);
const SECONDS = Array.from({ length: 60 }, (_, i) => `${two(i)}.`);
/** What was last written: moments of one journal are of one day or a few, and those in a row often of one minute. */
let ofDay = { day: Number.NaN, text: '' };
let ofMinute = { minute: Number.NaN, text: '' };
/** An eta is told, and looked for in what was told; polls of one millisecond are often told the same. */
let newest = Number.NaN;
let newestText = '';

/**
 * RFC 3339 in UTC, as `toISOString` writes it, at a quarter of its cost: each answer and each line of a
 * verdict writes some. Of the years 0001 to 9999.
 */
export function formatMoment(moment: Moment | WallMoment): string {
  if (moment === newest) return newestText;
  const minute = Math.floor(moment / MINUTE);
  if (minute !== ofMinute.minute) ofMinute = { minute, text: upToMinute(minute) };
  const time: Duration = moment - minute * MINUTE;
  const second = Math.floor(time / 1000);
  newest = moment;
  newestText = ofMinute.text + SECONDS[second] + MILLISECONDS[Math.floor(time - second * 1000)];
  return newestText;
}

/** `2026-02-02T12:00:` */
function upToMinute(minute: number): string {
  const day = Math.floor((minute * MINUTE) / DAY);
  if (day !== ofDay.day) {
    ofDay = { day, text: new Date(day * DAY).toISOString().slice(0, 11) };
  }
  const since = minute - (day * DAY) / MINUTE;
  return `${ofDay.text}${two(Math.floor(since / 60))}:${two(since % 60)}:`;
}

/** RFC 9110 §5.6.7, an IMF-fixdate: `Sun, 06 Nov 1994 08:49:37 GMT`. It has whole seconds; the rest is left out. */
export function wholeHttpDate(moment: Moment): string {
  return new Date(moment).toUTCString();
}

function two(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}
