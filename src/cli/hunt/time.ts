import { availableParallelism } from 'node:os';
import type { SandboxError } from '../../sandbox-error.js';
import type { FastTime } from '../exec/fast/fast-time.js';
import { prepareFast } from '../exec/fast/prepare.js';
import { tellError } from '../print-error.js';

/** How lives are played. */
export interface HuntTime {
  /** Undefined: at the API's own times, or at a pace. */
  fast?: FastTime | undefined;
  /** Why not in fast time, where nobody has asked for another. */
  why?: SandboxError | undefined;
  /** So many runs of the client side by side. */
  jobs: number;
}

/** Asked for on the command line. */
interface Asked {
  /** False: at the API's own times; undefined: in fast time where that can be. */
  fast?: number | boolean | undefined;
  pace: number;
  jobs?: number | undefined;
}

/** A client mostly waits: several of them have room on a core. */
const JOBS_PER_CORE = 4;
const MOST_JOBS = 16;

/**
 * Lives are played in fast time where that can be. There a client has as many times less to wait, so that no more of
 * them than there are cores have room beside each other.
 */
export async function prepareTime(argv: readonly string[], asked: Asked): Promise<HuntTime> {
  const cores = Math.min(MOST_JOBS, availableParallelism());
  const slowly = { jobs: asked.jobs ?? Math.min(MOST_JOBS, JOBS_PER_CORE * cores) };
  const { fast: wanted = true, pace, jobs = cores } = asked;
  if (wanted === false || pace !== 1) return slowly;
  const { time, notices } = await prepareFast(argv, wanted, process.env, jobs);
  if (asked.fast !== undefined) for (const notice of notices) tellError(notice);
  // On a machine that is busy, as many lives go side by side at true time as fast time would gain.
  const gains = asked.fast !== undefined || asked.jobs !== undefined || isWorthIt(time?.rate);
  if (time && gains) return { fast: time, jobs };
  if (time) return slowly;
  return { ...slowly, ...(asked.fast === undefined ? { why: notices.at(-1) } : {}) };
}

function isWorthIt(rate = 1): boolean {
  return rate > JOBS_PER_CORE;
}
