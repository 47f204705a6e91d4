import { endedAt } from '../scenario/play.js';
import type { Moment, SessionTime } from '../time/moments.js';
import type { Job } from './job.js';

/** When the API forgets a job by itself: `expires` of its binding, from its end or its start; undefined: never, as it stands. */
export function expiresAt({ api, cursor }: Job, pace: number): Moment | undefined {
  const { expires } = api.binding;
  if (!expires) return undefined;
  const from = expires.from === 'start' ? cursor.start : endedAt(cursor);
  return from === undefined ? undefined : Math.ceil(from + expires.after / pace);
}

export function isExpired(job: Job, { now, pace }: SessionTime): boolean {
  const at = expiresAt(job, pace);
  return at !== undefined && at <= now;
}
