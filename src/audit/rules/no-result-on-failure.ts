import { addTo } from '../add-to.js';
import type { Call } from '../call.js';
import type { History } from '../history.js';
import type { JobAttempt } from '../job-attempt.js';
import { endKnownSince, endOf, segments, shownEnd } from '../reads.js';
import { judgeAttempts, type Rule } from '../rule.js';
import { SOURCES } from './sources.js';

export const noResultOnFailure: Rule = {
  name: 'no-result-on-failure',
  title: 'When the job has failed no result is read',
  why: 'A failed job has made nothing: what a client reads then is not there, or is not its result.',
  severity: 'error',
  sources: [SOURCES.job, SOURCES.aip],
  advice:
    'tell a failed job from a done one before you follow any link; show the error, and read nothing',
  judge: (history) => {
    const inline = history.reads.results === 'inline';
    const wanting = inline
      ? 'results stand in the answer that says that the job is done'
      : 'no job was told to be failed';
    if (inline || !history.attempts.some(hasMadeNothing))
      return { tested: 0, breaches: [], wanting };
    const blind = blindReads(history);
    return judgeAttempts(history, wanting, (one) => {
      const end = shownEnd(one);
      if (!end || !hasMadeNothing(one)) return undefined;
      const reads = blind.get(one) ?? [];
      const first = reads[0]?.exchange;
      const message = first
        ? `the job was ${wordOf(end)}, and yet a result was asked for: ${first.path} answers ${first.status}`
        : undefined;
      return { message, calls: [end, ...reads] };
    });
  },
};

/** An answer that a scenario has written word for word is none of the state that the job is in. */
function wordOf({ told, reply, exchange: { state } }: Call): string {
  return told === undefined ? reply : (state ?? reply);
}

/** Its client was told that it has failed, or was cancelled. */
function hasMadeNothing(one: JobAttempt): boolean {
  const reply = endOf(one)?.reply;
  return reply === 'failed' || reply === 'cancelled';
}

/**
 * Reads that go for the result of a failed job. One whose id is missing counts for the job whose failure the
 * client had just read, as long as it has scheduled nothing since; one of something else counts for none.
 */
function blindReads({ calls, attempts: cases, reads }: History): Map<JobAttempt, Call[]> {
  const submissions = new Set(cases.map(({ submission }) => submission));
  const reading = new Set(reads.calls);
  const ends = new KnownEnds(cases);
  const found = new Map<JobAttempt, Call[]>();
  for (const call of calls) {
    ends.readOn(call.startedMono);
    if (submissions.has(call)) ends.newest = undefined;
    if (!reading.has(call)) continue;
    const owner = ownerOf(call, ends.owners) ?? (isAstray(call) ? ends.newest : undefined);
    if (owner && hasMadeNothing(owner) && goesForResult(call, owner)) addTo(found, owner, call);
  }
  return found;
}

/** The ends of jobs that a client had read by a certain time, which only goes on. */
class KnownEnds {
  readonly owners = new Map<string, JobAttempt>();
  newest: JobAttempt | undefined;
  readonly #coming: { one: JobAttempt; at: number }[];
  #next = 0;

  constructor(cases: readonly JobAttempt[]) {
    this.#coming = cases
      .flatMap((one) => (endOf(one) ? [{ one, at: endKnownSince(one) }] : []))
      .toSorted((a, b) => a.at - b.at);
  }

  readOn(began: number): void {
    for (let end = this.#coming[this.#next]; end && end.at <= began; ) {
      this.newest = end.one;
      for (const id of [end.one.job, end.one.resource]) {
        if (id) this.owners.set(id.toLowerCase(), end.one);
      }
      this.#next += 1;
      end = this.#coming[this.#next];
    }
  }
}

/** What languages make of an id that is not there: `/things/undefined`, `/things/None`, `/things/`, `/things/{id}`. */
const NO_ID =
  /[^/]\/(undefined|null|nan|none|nil|\[object object\]|%5bobject%20object%5d|(\{|%7b)[^/]*(\}|%7d))?(\/|\?|$)/i;

/** The answer to a request for something that has no id. */
function isAstray({ exchange: { status, path } }: Call): boolean {
  return (status === 404 || status === 400) && NO_ID.test(path);
}

function ownerOf(read: Call, owners: ReadonlyMap<string, JobAttempt>): JobAttempt | undefined {
  for (const segment of segments(read).toReversed()) {
    const owner = owners.get(segment);
    if (owner) return owner;
  }
  return undefined;
}

/** What was there before the job may be read at any time. */
function goesForResult(read: Call, { createsResource: makes, resource }: JobAttempt): boolean {
  return makes || resource === undefined || !segments(read).includes(resource.toLowerCase());
}
