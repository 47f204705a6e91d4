import { availableParallelism } from 'node:os';
import { UsageError } from '../../sandbox-error.js';
import type { Lane } from './play-all.js';

/** More commands at a time than this help nobody. */
const MOST_JOBS = 64;

/** How many scenarios are played side by side. @throws UsageError */
export function readJobs(text: string | undefined): number {
  if (text === undefined) return 1;
  if (text === 'auto') return availableParallelism();
  const jobs = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (jobs >= 1 && jobs <= MOST_JOBS) return jobs;
  const hint = `write a whole number from 1 to ${MOST_JOBS}, or auto`;
  throw new UsageError('USAGE_WRONG_OPTION', `--jobs ${text} cannot be`, hint);
}

/**
 * Opens as many lanes as are wanted and needed, the first of which is there.
 * @throws what opening one throws; none is left open then
 */
export async function openLanes(
  first: Lane,
  jobs: number,
  open: () => Promise<Lane>,
): Promise<[Lane, ...Lane[]]> {
  const more = Math.min(jobs, first.scenarios.length) - 1;
  const opened = await Promise.allSettled(Array.from({ length: Math.max(0, more) }, open));
  const lanes = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failed = opened.find((one) => one.status === 'rejected');
  if (failed) {
    await closeLanes(lanes);
    throw failed.reason;
  }
  return [first, ...lanes];
}

export async function closeLanes(lanes: readonly Lane[]): Promise<void> {
  await Promise.all(lanes.map(({ server }) => server.close()));
}
