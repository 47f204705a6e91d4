import { currentState, type Job } from '../job.js';
import type { Jobs } from '../jobs.js';

/** The last ones that are wanted, in their order: no more are looked at than it takes to find them. */
export function newestOf<T>(
  items: readonly T[],
  limit = Number.POSITIVE_INFINITY,
  wanted: (item: T) => boolean = () => true,
): T[] {
  const found: T[] = [];
  for (let i = items.length - 1; i >= 0 && found.length < limit; i -= 1) {
    const item = items[i] as T;
    if (wanted(item)) found.push(item);
  }
  return found.reverse();
}

/** The newest jobs in a state, or in any. */
export function newestJobs(
  jobs: Jobs,
  { state, limit }: { state?: string | undefined; limit?: number | undefined },
): Job[] {
  const wanted = (job: Job) => state === undefined || currentState(job) === state;
  return newestOf([...jobs.all()], limit, wanted);
}
