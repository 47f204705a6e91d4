import type { Duration } from '../time/moments.js';
import type { Tolerance } from './scenario.js';

/** A suite file: scenarios that are played one after the other, and how much their rules give way. */
export interface Suite {
  name: string;
  title: string;
  /** Whom it is for, in one sentence; may be empty. */
  about: string;
  file: string;
  scenarios: readonly string[];
  /** How many times faster than the API a client can be played that divides its own pauses; undefined: a usual pace. */
  pace: number | undefined;
  /** How long the client's command may take for one scenario, in the API's time. */
  timeout: Duration | undefined;
  tolerances: Readonly<Record<string, Tolerance>>;
}
