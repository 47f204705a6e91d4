import type { Duration, Moment } from '../../time/moments.js';

/** From a moment to its place on a timeline, in per cent of its width. */
export interface Scale {
  start: Moment;
  end: Moment;
  /** How many times faster than the API's its time ran: ticks count the API's. */
  pace: number;
  at(moment: Moment): number;
  /** Places with the same number are too near to each other to be drawn apart. */
  spot(percent: number): number;
}

/** Free space behind the last event, in per cent: the answer that ended it must be seen. */
const REST = 3;

/** @param spots how many marks can be told apart */
export function scaleOf(start: Moment, last: Moment, spots: number, pace = 1): Scale {
  const span = Math.max(1, last - start) / (1 - REST / 100);
  return {
    start,
    end: start + span,
    pace,
    at: (moment) => round(Math.min(100, Math.max(0, ((moment - start) / span) * 100))),
    spot: (percent) => Math.round((percent * spots) / 100),
  };
}

/** Hundredths of a per cent are finer than any screen. */
export function round(percent: number): number {
  return Math.round(percent * 100) / 100;
}

export interface Tick {
  /** In per cent. */
  at: number;
  label: string;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const UNITS: readonly [size: number, name: string][] = [
  [DAY, 'd'],
  [HOUR, 'h'],
  [MINUTE, 'min'],
  [SECOND, 's'],
  [1, 'ms'],
];
/** Steps that people count in. */
const STEPS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map((n) => n * DAY),
];
/** So many labels stand side by side on a phone. */
const MOST_TICKS = 6;

/** 0.2 s, 0.4 s is read with ease, and so is 0.5 h, 1 h; 0.25 min is not. */
function suits(size: Duration, step: Duration, largest: Duration): boolean {
  return size === SECOND ? largest >= size : largest >= size * 2 && step >= size / 2;
}

/** Round lengths of time since the start, all in one unit. */
export function ticksOf({ start, end, pace, at }: Scale): Tick[] {
  const span = (end - start) * pace;
  const step = STEPS.find((size) => span / size <= MOST_TICKS) ?? span / MOST_TICKS;
  const largest = Math.floor(span / step) * step;
  const [size, unit] = UNITS.find(([size]) => suits(size, step, largest)) ?? [1, 'ms'];
  const ticks: Tick[] = [];
  for (let passed = 0; passed <= span; passed += step) {
    const number = Math.round((passed / size) * 100) / 100;
    ticks.push({ at: at(start + passed / pace), label: passed === 0 ? '0' : `${number} ${unit}` });
  }
  return ticks;
}
