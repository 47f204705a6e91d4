import type { JobVerdict } from '../../audit/verdict.js';
import type { LivedStep } from '../../sandbox/job-view.js';
import type { Duration, Moment } from '../../time/moments.js';
import { lastOf } from '../../view/timeline/timeline.js';

/** So much further than the last event the present may be to be drawn, in lengths of the time line. */
const REACH = 4;
const LEAST: Duration = 5000;

/**
 * Up to where a time line is drawn: a round length, so that it stays as it is for a while although time goes on.
 * @param now while the job lives
 */
export function drawnTo(
  job: JobVerdict,
  steps: readonly LivedStep<Moment>[],
  now: Moment | undefined,
): Moment {
  const { at: start } = job.submission;
  const told = lastOf(job, start);
  const last = Math.max(told, ...steps.map(({ from }) => from));
  const limit = start + Math.max(LEAST, last - start) * REACH;
  const present = now === undefined ? last : Math.min(now, limit);
  const ends = steps.at(-1)?.until;
  const planned = ends !== undefined && ends <= limit ? ends : last;
  return start + roundUp(Math.max(present, planned, last) - start);
}

const ROUND = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** The next length that grows by steps of about a quarter. */
function roundUp(length: Duration): Duration {
  const size = 10 ** Math.floor(Math.log10(Math.max(length, 100)));
  return (ROUND.find((step) => step * size >= length * 1.02) ?? 12) * size;
}
