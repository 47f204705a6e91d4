import type { Problem } from '../problem.js';
import type { Duration } from '../time/moments.js';
import type { ProcessStep } from './process.js';
import type { Tolerance } from './scenario.js';

/** What a session plays of a suite. */
export interface SuitePart {
  suite: string;
  /** A scenario of it, as queues know it. */
  course: string;
  tolerances: Suite['tolerances'];
}

/** A suite file: scenarios that are played one after the other, and how much their rules give way. */
export interface Suite {
  name: string;
  title: string;
  /** Whom it is for, in one sentence; may be empty. */
  about: string;
  file: string;
  scenarios: readonly string[];
  /** How many times faster than real time it is meant to be played; undefined: as it is. */
  pace: number | undefined;
  /** How long the client's command may take for one scenario, in the API's time. */
  timeout: Duration | undefined;
  /** The same for a scenario whose job stays open for ever. */
  timeoutEndless: Duration | undefined;
  tolerances: Readonly<Record<string, Tolerance>>;
  /** What a client does in it, one after the other; undefined: it is no suite by process. */
  steps?: readonly ProcessStep[];
  /** Lived by jobs that the played scenario is not for; undefined: by what lives otherwise. */
  otherwise?: string;
  /** Settings of the pack that its sessions begin with. */
  settings?: Readonly<Record<string, string | number | boolean>>;
  /** What is wrong with the file although it can be played. */
  problems: readonly Problem[];
  /** Of one that is derived from a binding: what this API cannot have, and why. */
  leftOut?: readonly { name: string; why: string }[];
}
