import type { Duration } from './moments.js';

const UNITS: Record<string, Duration> = {
  ms: 1,
  s: 1000,
  sec: 1000,
  second: 1000,
  seconds: 1000,
  m: 60_000,
  min: 60_000,
  minute: 60_000,
  minutes: 60_000,
  h: 3_600_000,
  hour: 3_600_000,
  hours: 3_600_000,
  d: 86_400_000,
  day: 86_400_000,
  days: 86_400_000,
};

/** A hundred years: longer would leave the range of dates. */
const MAX_DURATION: Duration = 100 * 366 * 86_400_000;

/** What {@link parseDuration} takes, in words for an error's hint. */
export const DURATION_HINT = 'write a number and a unit: 500ms, 3s, 10min, 2h, 1d';

/** `3s`, `10 min`, `1.5h`, `-5s` → milliseconds; undefined when it is none of these. */
export function parseDuration(text: string): Duration | undefined {
  const match = /^(-?\d{1,12}(?:\.\d{1,6})?) ?([a-z]{1,7})$/.exec(text.trim());
  const unit = UNITS[match?.[2] ?? ''];
  if (!match || unit === undefined) return undefined;
  const length = Math.round(Number(match[1]) * unit);
  return Math.abs(length) <= MAX_DURATION ? length : undefined;
}

/** Milliseconds → the shortest text that {@link parseDuration} reads back. */
export function formatDuration(length: Duration): string {
  for (const unit of ['d', 'h', 'min', 's'] as const) {
    const size = UNITS[unit] as Duration;
    if (length !== 0 && length % size === 0) return `${length / size}${unit}`;
  }
  return Math.abs(length) >= 1000 ? `${length / 1000}s` : `${length}ms`;
}
