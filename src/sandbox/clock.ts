import { nearest } from '../problem.js';
import type { Refuse } from '../sandbox-error.js';
import type { Duration, MachineMs, Moment, WallMoment } from '../time/moments.js';

export type ClockMode = 'real' | 'paced' | 'manual';

/** What a person sets a clock to. */
export interface ClockSetting {
  mode: ClockMode;
  /** Durations are divided by it; only a paced clock has one other than 1. */
  pace?: number;
  /** The moment that a manual clock shows; left out: the present one. */
  now?: Moment;
}

/** A session's time: every moment that a client sees comes from here. */
export interface Clock {
  readonly mode: ClockMode;
  readonly pace: number;
  now(): Moment;
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

const MODES: readonly ClockMode[] = ['real', 'paced', 'manual'];

/** Every way to set a clock asks here whether it can be set so. @throws what `refuse` makes */
export function checkClock({ mode, pace, now }: ClockSetting, refuse: Refuse): void {
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
  return Object.assign(time, { notBefore });
}

/** The machine's time, as somebody has seen it. */
export interface ForwardTime {
  (): WallMoment;
  /** This moment has been shown: time goes on from there. */
  notBefore(moment: WallMoment): void;
}

/** @param wall the machine's time, as it never goes back */
export function makeClock(setting: ClockSetting, wall: () => WallMoment): Clock | ManualClock {
  // Where nobody stops it, a session's time is the machine's.
  const shown: () => number = wall;
  if (setting.mode !== 'manual') {
    return {
      mode: setting.mode,
      pace: setting.mode === 'paced' ? (setting.pace ?? 1) : 1,
      now: shown,
    };
  }
  return standStill(setting.now ?? shown());
}

function standStill(moment: Moment): ManualClock {
  return {
    mode: 'manual',
    pace: 1,
    now: () => moment,
    advanced: (by) => standStill(moment + by),
  };
}

export function isManual(clock: Clock): clock is ManualClock {
  return clock.mode === 'manual';
}
