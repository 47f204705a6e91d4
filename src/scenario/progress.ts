import type { Duration, SessionTime } from '../time/moments.js';
import { type Cursor, DEFAULT_ETA, type Life } from './play.js';
import type { Step } from './scenario.js';

/**
 * How much of a job's life is over, from 0 to 1: by time where its steps last a time, by polls where they last so many.
 * It never falls, and is 1 once the job is done and never before.
 */
export function progressAt(life: Life, cursor: Cursor, time: SessionTime): number {
  if (cursor.done !== undefined) return 1;
  const end = lastOpen(life);
  const weights = life.slice(0, end + 1).map(weightOf);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (cursor.step > end || total === 0) return MOST;
  const passed = weights.slice(0, cursor.step).reduce((sum, weight) => sum + weight, 0);
  const within =
    shareOf(life[cursor.step] as Step, cursor, time) * (weights[cursor.step] as number);
  return Math.min(MOST, (passed + within) / total);
}

/** Progress as a whole number of hundredths: 100 once the job is done and never before. */
export function percent(progress: number): number {
  return Math.floor(progress * 100 + 1e-9);
}

/** The most that is told of a job that is not done; one that has failed stays there. */
const MOST = 0.99;

/** The last step in front of the life's first end, or of all. */
function lastOpen(life: Life): number {
  const end = life.findIndex(({ response: says }) => 'state' in says && says.outcome !== 'open');
  return (end === -1 ? life.length : end) - 1;
}

/** How long a step lasts among others: a poll, a release and what nobody knows count as so much time. */
function weightOf({ duration: lasts }: Step): Duration {
  if (lasts.kind === 'time') return lasts.time;
  return lasts.kind === 'polls' ? lasts.polls * DEFAULT_ETA : DEFAULT_ETA;
}

/** How much of the present step is over, below 1. */
function shareOf(
  { duration: lasts }: Step,
  { polls, since }: Cursor,
  { now, pace }: SessionTime,
): number {
  if (lasts.kind === 'polls') return Math.min(polls, lasts.polls) / (lasts.polls + 1);
  const gone = Math.max(0, now - since) * pace;
  // Of what ends nobody knows when, half is over after as long as it counts for.
  return lasts.kind === 'time' ? gone / Math.max(lasts.time, 1) : gone / (gone + DEFAULT_ETA);
}
