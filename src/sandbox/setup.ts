import type { Binding } from '../contract/binding.js';
import type { Contract } from '../contract/contract.js';
import type { Problem } from '../problem.js';
import type { Scenario } from '../scenario/scenario.js';
import type { MachineMs, WallMoment } from '../time/moments.js';
import type { ChaosSetting } from './chaos.js';
import type { ClockSetting } from './clock.js';
import type { Compressor } from './compressed-text.js';
import type { Masking } from './masking.js';
import type { Pack } from './pack.js';
import type { Catalogue } from './select-scenario.js';
import type { Rules, Settings } from './settings.js';

/** How much a sandbox holds before it lets the oldest go. */
export interface Limits {
  /** Exchanges in a session's journal. */
  journal: number;
  /** Finished jobs of a session. */
  jobs: number;
  /** Resources of a session. */
  resources: number;
  /** Sessions; for one more, the one that has not been used for the longest gives way. */
  sessions: number;
}

export const LIMITS: Limits = { journal: 10_000, jobs: 10_000, resources: 10_000, sessions: 1000 };

/** What all sessions of a sandbox share. */
export interface Setup {
  contract: Contract;
  binding: Binding;
  pack: Pack | undefined;
  /** Replaced as a whole when files change. */
  catalogue: Catalogue;
  /** The server's scenario, by name so that a changed file counts. */
  scenario: string;
  /** Plays where neither the files nor the choice offer anything. */
  fallback: Scenario;
  clock: ClockSetting;
  envelope: string;
  /** What sessions begin with; undefined: no faults by chance. */
  chaos: ChaosSetting | undefined;
  /** What sessions begin with. */
  rules: Rules;
  settings: Settings;
  seed: number | undefined;
  limits: Limits;
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
