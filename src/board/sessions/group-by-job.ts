import type { LightExchange } from '../../sandbox/control/views.js';

export type ByJob = ReadonlyMap<string, readonly LightExchange[]>;

/**
 * Exchanges by the job that they are about. What has not changed since before is the same list, so that only those
 * jobs are drawn anew of which something has come.
 */
export function groupByJob(exchanges: readonly LightExchange[], before: ByJob): ByJob {
  const groups = new Map<string, LightExchange[]>();
  for (const one of exchanges) {
    if (one.job === undefined) continue;
    const group = groups.get(one.job);
    if (group) group.push(one);
    else groups.set(one.job, [one]);
  }
  const kept = new Map<string, readonly LightExchange[]>();
  for (const [job, group] of groups) {
    const known = before.get(job);
    kept.set(job, known && isSame(known, group) ? known : group);
  }
  return kept;
}

function isSame(a: readonly LightExchange[], b: readonly LightExchange[]): boolean {
  return a.length === b.length && a.every((one, i) => one === b[i]);
}
