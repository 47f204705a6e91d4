import { nearest } from '../problem.js';
import type { Refuse } from '../sandbox-error.js';
import type { Duration, MachineMs, Moment, WallMoment } from '../time/moments.js';
import { atRate, type Origin, shownAt } from '../time/origin.js';

export type ClockMode = 'real' | 'paced' | 'fast' | 'manual';

/** What a person sets a clock to. */
export interface ClockSetting {
  mode: ClockMode;
  /** Durations are divided by it; only a paced clock has one other than 1. */
  pace?: number;
  /** How many times as fast as the machine's a fast clock runs. */
  rate?: number;
  /** The moment that a manual clock shows, or that a fast one begins with; left out: the present one. */
  now?: Moment;
  /** When a fast clock began by the machine's clock; left out: at present. */
  since?: WallMoment;
}

/** A session's time: every moment that a client sees comes from here. */
export interface Clock {
  readonly mode: ClockMode;
  readonly pace: number;
  /** How much of its time goes by in one of the machine's; only a fast clock has one other than 1. */
  readonly rate: number;
  now(): Moment;
}

/** Runs by itself: `origin.at + (the machine's time − origin.since) · rate`. */
export interface FastClock extends Clock {
  readonly mode: 'fast';
  readonly origin: Origin;
}

/** Stands still; another one takes its place when it is moved on. */
export interface ManualClock extends Clock {
  readonly mode: 'manual';
  advanced(by: Duration): ManualClock;
}

/** Clocks begin and end here: what lies around them must still be a date-time with a year of four digits. */
const FIRST_MOMENT: Moment = Date.parse('0001-01-01T00:00:00Z');
export const LAST_MOMENT: Moment = Date.UTC(9000, 0, 1);

/**
 * Least and greatest pace. A thousand times as slow makes hours of seconds; with a pace near zero no
 * length is finite any more. Above the greatest every length is a millisecond already.
 */
export const PACES = { least: 0.001, most: 1_000_000 } as const;

/** Least and greatest rate. Beyond the greatest no client keeps up: a minute would be less than a timer's millisecond. */
const RATES = { least: 1, most: 1000 } as const;

const MODES: readonly ClockMode[] = ['real', 'paced', 'fast', 'manual'];

/** Every way to set a clock asks here whether it can be set so. @throws what `refuse` makes */
export function checkClock({ mode, pace, rate, now }: ClockSetting, refuse: Refuse): void {
  if (!MODES.includes(mode)) {
    throw refuse(
      'CLOCK_UNKNOWN_MODE',
      `unknown clock mode "${mode}"`,
      nearest(String(mode), MODES),
    );
  }
  if (pace !== undefined && !(pace >= PACES.least && pace <= PACES.most)) {
    const hint = `give a number from ${PACES.least} to ${PACES.most}, 60 makes a minute a second`;
    throw refuse('CLOCK_WRONG_PACE', `"pace" is ${pace}`, hint);
  }
  const needed = mode === 'fast' || rate !== undefined;
  if (needed && !(rate !== undefined && rate >= RATES.least && rate <= RATES.most)) {
    const hint = `give a number from ${RATES.least} to ${RATES.most}, 20 makes 20 s of one`;
    const what = rate === undefined ? 'a fast clock needs "rate"' : `"rate" is ${rate}`;
    throw refuse('CLOCK_WRONG_RATE', what, hint);
  }
  if (now !== undefined && !(now >= FIRST_MOMENT && now < LAST_MOMENT)) {
    const said = Number.isNaN(new Date(now).getTime()) ? String(now) : new Date(now).toISOString();
    const hint = 'give a moment in the years 0001 to 8999, such as 2026-01-31T08:00:00Z';
    throw refuse('CLOCK_WRONG_MOMENT', `"now" is ${said}`, hint);
  }
}

/**
 * The machine's time, as it never goes back. NTP and people set the machine's clock: forward it is
 * followed (after a laptop's sleep its jobs are due), but time that has been shown stays past, and goes
 * on by the clock that nobody can set.
 * @param wall the machine's time
 * @param steady milliseconds of a clock that only goes on
 */
export function onlyForward(wall: () => WallMoment, steady: () => MachineMs): ForwardTime {
  let ahead = Number.NEGATIVE_INFINITY;
  let latest = Number.NEGATIVE_INFINITY;
  const time = () => {
    const shown = wall();
    const passed = steady();
    ahead = Math.max(ahead, shown - passed);
    // The sum may be rounded down to below what the machine shows.
    latest = Math.max(latest, shown, Math.floor(passed + ahead));
    return latest;
  };
  const notBefore = (moment: WallMoment) => {
    ahead = Math.max(ahead, moment - steady());
    latest = Math.max(latest, moment);
  };
  const exact = () => {
    const least = time();
    return Math.max(least, steady() + ahead);
  };
  return Object.assign(time, { notBefore, exact });
}

/** The machine's time, as somebody has seen it. */
export interface ForwardTime {
  (): WallMoment;
  /** This moment has been shown: time goes on from there. */
  notBefore(moment: WallMoment): void;
  /** The same with parts of a millisecond. */
  exact(): WallMoment;
}

/** @param wall the machine's time, as it never goes back */
export function makeClock(
  setting: ClockSetting,
  wall: (() => WallMoment) & Partial<Pick<ForwardTime, 'exact'>>,
): Clock | FastClock | ManualClock {
  // Where nobody stops it, a session's time is the machine's.
  const shown: () => number = wall;
  if (setting.mode === 'manual') return standStill(setting.now ?? shown());
  if (setting.mode === 'fast') return runFast(setting, wall.exact ?? wall);
  const pace = setting.mode === 'paced' ? (setting.pace ?? 1) : 1;
  return { mode: setting.mode, pace, rate: 1, now: shown };
}

/** The same clock, by another sight of the machine's time. */
export function copyClock(clock: Clock, wall: ForwardTime): Clock {
  if (isManual(clock)) return clock;
  const { mode, pace, rate } = clock;
  if (!isFast(clock)) return makeClock({ mode, pace }, wall);
  const { at, since } = clock.origin;
  return makeClock({ mode, rate, now: at, since }, wall);
}

function runFast(
  { rate = 1, now, since }: Pick<ClockSetting, 'rate' | 'now' | 'since'>,
  wall: () => WallMoment,
): FastClock {
  const began = since ?? Math.floor(wall());
  const origin = { at: now ?? Number(began), since: began };
  return { mode: 'fast', pace: 1, rate, origin, now: () => atRate(origin, rate, wall()) };
}

function standStill(moment: Moment): ManualClock {
  return {
    mode: 'manual',
    pace: 1,
    rate: 1,
    now: () => moment,
    advanced: (by) => standStill(moment + by),
  };
}

/** Whether it shows another time than the machine, which what this machine writes by itself does not know. */
export function isOwnTime(mode: ClockMode): boolean {
  return mode === 'manual' || mode === 'fast';
}

/** How long the machine needs until so much of a clock's time has gone by. */
export function machineTime({ rate }: Clock, length: Duration): MachineMs {
  return Number(length) / rate;
}

/** When by the machine's clock a moment is shown; undefined: a person decides that. */
export function wallAt(clock: Clock, moment: Moment): WallMoment | undefined {
  if (isManual(clock)) return undefined;
  return isFast(clock) ? shownAt(clock.origin, clock.rate, moment) : Number(moment);
}

export function isFast(clock: Clock): clock is FastClock {
  return clock.mode === 'fast';
}

export function isManual(clock: Clock): clock is ManualClock {
  return clock.mode === 'manual';
}
