import type { Cause } from '../audit/cause.js';
import type { MachineMs } from '../time/moments.js';
import type { DrawnLife } from './draft.js';
import type { Drafts, Drawing } from './drafts.js';
import type { Kit } from './ingredient.js';
import type { Outcome, Play } from './play.js';
import type { Tried } from './tried.js';

/** With fewer milliseconds left no run is worth beginning. */
export const LAST_RUN: MachineMs = 1500;

/** What a hunt goes by. */
export interface HuntPlan {
  kit: Kit;
  drafts: Drafts;
  play: Play;
  /** So many runs of the client side by side. */
  jobs: number;
  /** Longest that a life may take, in the API's time; longer ones are left out. */
  longest: number;
  /** How many times faster than the API's own times lives are played. */
  pace: number;
  /** Time left, in milliseconds; 0 or less: none. */
  left: () => MachineMs;
  /** Since the hunt began, in milliseconds. */
  elapsed: () => MachineMs;
  /** Goes on after the first cause, until the budget is used up. */
  all: boolean;
  /** Told as it happens. */
  hear(event: HuntEvent): void;
}

export type HuntEvent =
  | { kind: 'played'; lives: number }
  | { kind: 'confirming'; number: number; cause: Cause }
  | { kind: 'flaky'; flaky: Flaky }
  | { kind: 'shrinking'; steps: number }
  | { kind: 'found'; find: Find };

/** A life that breaks the client, shrunk. */
export interface Find {
  cause: Cause;
  /** Number of the life that was drawn, from 1. */
  number: number;
  /** When it had been seen three times, in milliseconds since the hunt began. */
  foundAfter: MachineMs;
  drawn: DrawnLife;
  shrunk: DrawnLife;
  /** What the shrunk one has come to. */
  outcome: Outcome;
  /** Runs that shrinking took. */
  runs: number;
  /** Nothing smaller shows the cause; false: time was up before that was known. */
  smallest: boolean;
}

/** Seen once, and not again when the same life was played again. */
export interface Flaky {
  cause: Cause;
  number: number;
  life: DrawnLife;
  /** How many of how many plays showed it. */
  seen: number;
  of: number;
}

export interface Hunted {
  finds: readonly Find[];
  flaky: readonly Flaky[];
  /** Lives that were played, and runs of the client in all. */
  lives: number;
  runs: number;
  tried: Tried;
}

/** A life that has shown a cause once. */
export interface Seen {
  number: number;
  drawing: Drawing;
  life: DrawnLife;
  cause: Cause;
  outcome: Outcome;
}
