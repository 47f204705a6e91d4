import { type Call, endOf } from '../call.js';
import type { Case } from '../case.js';
import type { History } from '../history.js';
import { segments } from '../reads.js';
import { judgeCases, type Rule } from '../rule.js';
import { SOURCES } from './sources.js';

/** A failed job has made nothing: what a client reads then is not there, or is not its result. */
export const noResultOnFailure: Rule = {
  name: 'no-result-on-failure',
  title: 'After FAILED no result is read',
  severity: 'error',
  sources: [SOURCES.job, SOURCES.aip],
  advice: 'tell FAILED from DONE before you follow any link; show the error, and read nothing',
  judge: (history) => {
    const blind = blindReads(history);
    return judgeCases(history, 'no job was told to be FAILED', (one) => {
      if (one.end?.reply !== 'failed') return undefined;
      const reads = blind.get(one) ?? [];
      const first = reads[0]?.exchange;
      const message = first
        ? `the job was FAILED, and yet a result was asked for: ${first.path} answers ${first.status}`
        : undefined;
      return { message, calls: [one.end, ...reads] };
    });
  },
};

/** Reads that go for the result of a failed job. One that names no known id counts for the newest end. */
function blindReads({ cases, reads }: History): Map<Case, Call[]> {
  const ended = cases
    .filter(({ end }) => end !== undefined)
    .toSorted((a, b) => endOf(a.end as Call) - endOf(b.end as Call));
  const owners = new Map<string, Case>();
  const found = new Map<Case, Call[]>();
  let next = 0;
  let newest: Case | undefined;
  for (const read of reads.calls) {
    while (next < ended.length && endOf(ended[next]?.end as Call) <= read.exchange.began) {
      newest = ended[next] as Case;
      next += 1;
      if (newest.job) owners.set(newest.job.toLowerCase(), newest);
      // What was there before may be read at any time; what a failed job was to make is not there.
      if (newest.resource) owners.set(newest.resource.toLowerCase(), newest);
    }
    const named = ownerOf(read, owners);
    const { status } = read.exchange;
    const owner = named ?? (status === 404 || status === 400 ? newest : undefined);
    if (owner?.end?.reply !== 'failed') continue;
    if (named && !goesForResult(read, named)) continue;
    found.set(owner, [...(found.get(owner) ?? []), read]);
  }
  return found;
}

function ownerOf(read: Call, owners: ReadonlyMap<string, Case>): Case | undefined {
  for (const segment of segments(read).toReversed()) {
    const owner = owners.get(segment);
    if (owner) return owner;
  }
  return undefined;
}

function goesForResult(read: Call, { job, makes }: Case): boolean {
  return makes || segments(read).includes(job?.toLowerCase() ?? '');
}
