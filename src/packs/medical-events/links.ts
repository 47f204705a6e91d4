import type { FinishedJob } from '../../sandbox/pack.js';
import { factsOf, type Kind } from './kinds.js';
import type { Owned } from './resource.js';

/** Where a resource of a patient is read, below the API. */
function pathOf({ kind, id, facts }: Owned): string {
  const { collection } = factsOf(kind as Kind);
  const parent = kind === 'activity' ? `/care_plans/${facts.care_plan}` : '';
  return `/patients/${facts.patient}${parent}/${collection}/${id}`;
}

/** Lets the answers of a job lead to what it has made or changed, in this order. */
export function tellMade(job: FinishedJob, made: readonly Owned[], data?: unknown): void {
  const links = made.map((one) => ({
    entity: factsOf(one.kind as Kind).entity ?? one.kind,
    path: pathOf(one),
  }));
  job.tell({ links, data: data === undefined ? made[0]?.document : data });
}
