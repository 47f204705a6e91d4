import type { Millis } from '../scenario/duration.js';

export type ClockMode = 'real' | 'paced' | 'manual';

/** What a person sets a clock to. */
export interface ClockSetting {
  mode: ClockMode;
  /** Durations are divided by it; only a paced clock has one other than 1. */
  pace?: number;
  /** The moment that a manual clock shows; left out: the present one. */
  now?: Millis;
}

/** A session's time: every moment that a client sees comes from here. */
export interface Clock {
  readonly mode: ClockMode;
  readonly pace: number;
  now(): Millis;
}

/** Stands still; another one takes its place when it is moved on. */
export interface ManualClock extends Clock {
  readonly mode: 'manual';
  advanced(by: Millis): ManualClock;
}

/** Clocks end here: every eta after it must still be a date-time with a year of four digits. */
export const LAST_MOMENT: Millis = Date.UTC(9000, 0, 1);

/** @param wall the machine's time */
export function makeClock(setting: ClockSetting, wall: () => Millis): Clock | ManualClock {
  if (setting.mode !== 'manual') {
    return {
      mode: setting.mode,
      pace: setting.mode === 'paced' ? (setting.pace ?? 1) : 1,
      now: wall,
    };
  }
  return standStill(setting.now ?? wall());
}

function standStill(moment: Millis): ManualClock {
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
