import { jobOf } from '../contract/job-place.js';
import { endedAt } from '../scenario/play.js';
import type { Api } from './api.js';
import type { Draft } from './draft.js';
import { handlePoll } from './handle-poll.js';
import { handleRead } from './handle-read.js';
import type { Handled, HandlerRequest } from './handled.js';
import type { Job } from './job.js';

/** Operations that read what jobs of the API make, and are polled until it is there. */
export function appearing({ binding, pack }: Api): readonly string[] {
  return (binding.report.reads ?? []).filter((id) => pack && Object.hasOwn(pack.reads, id));
}

/**
 * Answers an operation that reads what jobs make: it is a poll while its client waits for that, and once to learn that
 * it is there; any other time it is a read as others are.
 */
export function handleAppearing(draft: Draft, request: HandlerRequest): Handled {
  draft.settle();
  const id = jobOf(draft.api.binding.report, request);
  const job = id === undefined ? undefined : draft.job(id);
  return job && !isEndTold(job) ? handlePoll(draft, request) : handleRead(draft, request);
}

function isEndTold({ cursor }: Job): boolean {
  return endedAt(cursor) !== undefined && cursor.polls > 0;
}
