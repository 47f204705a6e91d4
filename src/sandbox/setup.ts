import type { Problem } from '../problem.js';
import type { MachineMs, WallMoment } from '../time/moments.js';
import type { Apis } from './api.js';
import type { ChaosSetting } from './chaos.js';
import type { ClockSetting } from './clock.js';
import type { Compressor } from './compressed-text.js';
import type { Masking } from './masking.js';
import type { Quota } from './quota.js';
import type { Routes } from './routes.js';
import type { Auth, Rules } from './settings.js';

/** How much a sandbox holds before it lets the oldest go. */
export interface Limits {
  /** Exchanges in a session's journal. */
  journal: number;
  /** Finished jobs of a session. */
  jobs: number;
  /** Resources of a session, of each API. */
  resources: number;
  /** Sessions; for one more, the one that has not been used for the longest gives way. */
  sessions: number;
}

export const LIMITS: Limits = { journal: 10_000, jobs: 10_000, resources: 10_000, sessions: 1000 };

/**
 * `on`: a request that breaks the contract is refused; `warn`: it goes through, and journal and verdict say what is wrong;
 * `off`: it goes through. Credentials are asked for all the same, and what cannot be read at all is refused.
 */
export const VALIDATE = ['on', 'warn', 'off'] as const;
export type Validate = (typeof VALIDATE)[number];
/** RFC 9110 §15.5.14: longer bodies are refused with 413, in bytes. */
export const MAX_BODY = 1024 * 1024;

/** What all sessions of a sandbox share. */
export interface Setup {
  /** Whose sessions these are, where a server is shared by teams. */
  team?: string;
  /** In the order in which they were named. */
  apis: Apis;
  /** Replaced when a contract changes. */
  routes: Routes;
  clock: ClockSetting;
  /** What sessions begin with; undefined: no faults by chance. */
  chaos: ChaosSetting | undefined;
  /** What sessions begin with. */
  rules: Rules;
  /** What sessions begin with. */
  auth: Auth;
  /** What sessions begin with; undefined: requests are not counted. */
  quota: Quota | undefined;
  /** What becomes of a request that breaks its contract. */
  validate: Validate;
  seed: number | undefined;
  limits: Limits;
  /** Longer bodies of requests are refused, in bytes. */
  maxBody: number;
  compressor: Compressor;
  /** Hides what the contract calls credentials from whoever looks on. */
  masking: Masking;
  /** The machine's time; NTP and people set it. */
  wall: () => WallMoment;
  /** A clock that nobody can set. */
  steady: () => MachineMs;
  /** What is found wrong in the files although they are used. */
  problems: readonly Problem[];
}
