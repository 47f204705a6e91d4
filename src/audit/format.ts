import type { Duration, Moment } from '../time/moments.js';

/** `2.4 s`, `350 ms`, `12 min`: a length of time for people. */
export function formatLength(time: Duration): string {
  const ms = Math.abs(time);
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${Math.round(ms / 100) / 10} s`;
  return `${Math.round(ms / 6000) / 10} min`;
}

const DAY = 86_400_000;
const DIGITS = Array.from({ length: 1000 }, (_, i) => String(i).padStart(3, '0'));
/** The date that was last written: moments of one journal are of one day or a few. */
let written = { day: Number.NaN, date: '' };

/** RFC 3339 in UTC, as `toISOString` writes it, at a quarter of its cost: a verdict writes thousands. */
export function formatMoment(moment: Moment): string {
  const day = Math.floor(moment / DAY);
  if (day !== written.day) {
    written = { day, date: new Date(day * DAY).toISOString().slice(0, 11) };
  }
  return `${written.date}${timeOfDay(moment - day * DAY)}Z`;
}

/** `12:00:03.000`: a moment of a day, in UTC. */
export function formatClockTime(moment: Moment): string {
  return formatMoment(moment).slice(11, 23);
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

/** `1 poll`, `3 polls`. */
export function formatCount(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
