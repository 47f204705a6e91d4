import type { Json } from '../contract/json.js';
import type { Outcome } from '../outcome.js';
import type { Duration, WallMoment } from '../time/moments.js';

/** What one poll was told, in the words of a scenario's step. */
export interface Said {
  /** The same for two answers that say the same. */
  key: string;
  outcome: Outcome | 'none';
  /** `{ state }` or `{ answer }` with what belongs to it. */
  step: Json;
  /** A state that is none of the binding. */
  strange: boolean;
  /** For a title: a state, `503`, `reset`. */
  words: string;
}

/** One answer of a job's life. Moments are the recorder's; eta and doneAt are as the answer tells them. */
export interface Observation {
  at: WallMoment;
  said: Said;
  eta: WallMoment | undefined;
  doneAt: WallMoment | undefined;
  /** How late the answer came, in whole seconds' milliseconds; less than a second is none. */
  delay: Duration;
}
