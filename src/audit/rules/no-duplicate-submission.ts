import { keyField } from '../../contract/idempotency.js';
import { isEnd } from '../../outcome.js';
import type { RequestContent } from '../../sandbox/request-content.js';
import type { MachineMs } from '../../time/moments.js';
import type { Call } from '../call.js';
import { headerReader } from '../credentials.js';
import type { History } from '../history.js';
import type { JobAttempt } from '../job-attempt.js';
import { isMishap, isPointlessToRepeat } from '../reply.js';
import type { Breach, Judgement, Rule } from '../rule.js';
import { isSameRequest, readContent } from '../same-request.js';
import { SOURCES } from './sources.js';

/** With so many earlier requests of one content a new one is compared, the newest first. */
const COMPARED = 8;
/** Who sends again while the first request has no answer yet has waited for it; parallel ones do not, in milliseconds. */
const PARALLEL = 500;

export const noDuplicateSubmission: Rule = {
  name: 'no-duplicate-submission',
  title: 'The same request is not sent again while its job is open',
  why: 'Two requests make two jobs, and two sick leaves for one patient.',
  severity: 'error',
  sources: [SOURCES.idempotent],
  advice:
    'poll the job that you have, after a 401 with a new token; when its answer was lost or it is not found any more, look (search) whether the first request has worked before you send it again',
  judge: (history) => {
    const judgement: Judgement = {
      tested: history.attempts.filter(isTempting).length,
      breaches: [],
      wanting: 'no job was open when its client could have sent the request again',
    };
    const compare = comparer(history);
    for (const alike of byOperationAndPath(history)) {
      const comparable = overlapping(alike);
      if (comparable.length > 1) {
        judgement.breaches.push(...breachesIn(comparable, compare, history));
      }
    }
    judgement.tested = Math.max(judgement.tested, judgement.breaches.length);
    return judgement;
  },
};

/** The client had to wait, or could not know whether its request had arrived. */
function isTempting(one: JobAttempt): boolean {
  return isInDoubt(one) || one.pollsBeforeFinal.some(({ reply }) => !isEnd(reply));
}

/** Its answer was lost, or could not be read; the job may be there all the same. */
function isInDoubt({ job, submission: { reply, exchange } }: JobAttempt): boolean {
  if (reply === 'lost') return true;
  return job === undefined && exchange.job !== undefined && exchange.status < 400;
}

function byOperationAndPath({ attempts }: History): Iterable<JobAttempt[]> {
  const found = new Map<string, JobAttempt[]>();
  let before: { operation: string; path: string; alike: JobAttempt[] } | undefined;
  for (const one of attempts) {
    const { operation } = one;
    const { path } = one.submission.exchange;
    if (before?.operation !== operation || before.path !== path) {
      const key = `${operation} ${path}`;
      const alike = found.get(key) ?? [];
      found.set(key, alike);
      before = { operation, path, alike };
    }
    before.alike.push(one);
  }
  return found.values();
}

/**
 * Of requests in the order in which they began: those that an earlier one still bears upon, and such earlier ones.
 * Where each job has its end before the next begins there are none, and no body has to be read.
 */
function overlapping(alike: readonly JobAttempt[]): JobAttempt[] {
  let busyUntil = Number.NEGATIVE_INFINITY;
  return alike.filter((one, i) => {
    const began = one.submission.startedMono;
    const next = alike[i + 1]?.submission.startedMono ?? NEVER;
    const until = busyFor(one);
    const repeats = busyUntil > began;
    busyUntil = Math.max(busyUntil, until);
    return repeats || until > next;
  });
}

/** Until when a repeat would be one: its client knows the end then. One that was refused has made nothing. */
function busyFor(one: JobAttempt): MachineMs {
  if (one.job === undefined && !isInDoubt(one)) return Number.NEGATIVE_INFINITY;
  return overSince(one);
}

const NEVER = Number.POSITIVE_INFINITY;

/** When its client knew that it is at its end, or had cancelled or deleted it. */
function overSince({ end, asides: { dismissals } }: JobAttempt): MachineMs {
  return Math.min(end?.call.endedMono ?? NEVER, dismissals[0]?.endedMono ?? NEVER);
}

/** How a request repeats an earlier one; undefined: it is another. */
type Compare = (before: JobAttempt, again: JobAttempt) => ReturnType<typeof isSameRequest>;

interface Comparer {
  contentOf(one: JobAttempt): RequestContent;
  same: Compare;
  /** Both got one job, or by the binding's key both are one request, so that the service makes one job of them. */
  isOneRequest(before: JobAttempt, again: JobAttempt): boolean;
}

function comparer({ bodyOf, keyOf, api: { idempotency, ownId } }: History): Comparer {
  const headers = headerReader(['content-type']);
  const fields = { ofSending: keyField(idempotency), ownId };
  const known = new Map<JobAttempt, RequestContent>();
  const contentOf = (one: JobAttempt): RequestContent => {
    const { exchange } = one.submission;
    const found = exchange.content ?? known.get(one);
    if (found) return found;
    const read = readContent(bodyOf(exchange), headers(exchange).get('content-type'), fields);
    known.set(one, read);
    return read;
  };
  return {
    contentOf,
    same: (before, again) =>
      isSameRequest(
        contentOf(before),
        before.submission.exchange,
        contentOf(again),
        again.submission.exchange,
      ),
    isOneRequest: (before, again) => {
      const { job } = before.submission.exchange;
      if (job !== undefined && job === again.submission.exchange.job) return true;
      const key = keyOf(before.submission.exchange);
      return key !== undefined && key === keyOf(again.submission.exchange);
    },
  };
}

/** Of requests by one operation and path: each is compared with the newest one that it may repeat. */
function breachesIn(
  alike: readonly JobAttempt[],
  { contentOf, same, isOneRequest }: Comparer,
  history: History,
): Breach[] {
  const earlier = new Map<number, JobAttempt[]>();
  const breaches: Breach[] = [];
  for (const again of alike) {
    const { digest } = contentOf(again);
    const known = earlier.get(digest);
    const before = known && newestAlike(known, again, same);
    if (before && !isOneRequest(before, again)) {
      const found = judgeRepeat(before, again, same, history);
      if (found) breaches.push(found);
    }
    // One that was refused has made no job, and is rightly sent again.
    if (again.job === undefined && !isInDoubt(again)) continue;
    if (!known) earlier.set(digest, [again]);
    else putNewest(known, again);
  }
  return breaches;
}

function newestAlike(
  known: readonly JobAttempt[],
  again: JobAttempt,
  same: Compare,
): JobAttempt | undefined {
  for (let i = known.length - 1; i >= 0; i -= 1) {
    const one = known[i] as JobAttempt;
    if (same(one, again) !== undefined) return one;
  }
  return undefined;
}

/** Behind the others; of too many the oldest goes. */
function putNewest(known: JobAttempt[], newest: JobAttempt): void {
  if (known.length === COMPARED) known.shift();
  known.push(newest);
}

/**
 * A duplicate comes from a client that doubts its first job or drops it: its answer was lost, it was told
 * 404, 401 or a failure, or it never asks for one of both jobs again. Jobs that are both followed, whoever does so,
 * are two by intent, though more than a note nobody can say when the first one was polled before.
 */
function judgeRepeat(
  before: JobAttempt,
  again: JobAttempt,
  same: Compare,
  history: History,
): Breach | undefined {
  const { startedMono: began } = again.submission;
  const calls = [before.submission, again.submission];
  if (isInDoubt(before)) {
    if (isParallel(before, began) || hasLooked(before, before.submission, again, history)) {
      return undefined;
    }
    return { case: again, message: inDoubt(before, same), calls };
  }
  if (overSince(before) <= began) return undefined;
  const last = before.polls.length > 0 ? lastBefore(before.polls, began) : undefined;
  if (isFollowed(before, began) && !isDropped(again)) {
    if (!last) return undefined;
    const message = polledOn(before, same, last);
    return { case: again, message, severity: 'note', calls };
  }
  // Its next poll may still come.
  if (history.run === 'running') return undefined;
  if (last && isWithoutState(last) && hasLooked(before, last, again, history)) return undefined;
  return { case: again, message: sentAgain(before, same, last), calls };
}

function lastBefore(polls: readonly Call[], began: MachineMs): Call | undefined {
  return polls.findLast((poll) => poll.startedMono < began);
}

// Each keeps what it is made from, and no more: there are thousands.
const inDoubt = (before: JobAttempt, same: Compare) => (again: JobAttempt) =>
  tellInDoubt(before, again, same);
const sentAgain = (before: JobAttempt, same: Compare, last?: Call) => (again: JobAttempt) =>
  tell(before, again, same, last);
const polledOn = (before: JobAttempt, same: Compare, last: Call) => (again: JobAttempt) =>
  `${tell(before, again, same, last)}; both jobs were polled on`;

function tellInDoubt(before: JobAttempt, again: JobAttempt, same: Compare): string {
  const how = tellHow(same(before, again));
  return before.submission.reply === 'lost'
    ? `the request${how} was sent again although its first answer was lost, so that a job may be there`
    : `the request${how} was sent again although its first answer was only not readable, so that a job is there`;
}

function tell(before: JobAttempt, again: JobAttempt, same: Compare, last?: Call): string {
  const how = tellHow(same(before, again));
  return `the same request${how} was sent again ${circumstance(last, before.job)}`;
}

function tellHow(alike: ReturnType<Compare>): string {
  return alike === 'same' ? '' : ', built anew with other ids or moments,';
}

function circumstance(last: Call | undefined, job: string | undefined): string {
  if (last && isWithoutState(last)) {
    const told = last.reply === 'lost' ? 'was lost' : `was ${last.exchange.status}`;
    return `after the answer to a poll ${told}, although job ${job} may be there`;
  }
  return `while job ${job} was open`;
}

/** It was told nothing about the job, or that there is none. */
function isWithoutState({ reply }: Call): boolean {
  return isMishap(reply) || isPointlessToRepeat(reply);
}

/** A poll of the first job got its answer after the second request, so that somebody still cares for it. */
function isFollowed({ polls }: JobAttempt, began: number): boolean {
  return polls.some((poll) => poll.reply !== 'lost' && poll.endedMono > began);
}

/** Its client was told of the job, and never asked for it. */
function isDropped({ job, polls }: JobAttempt): boolean {
  return job !== undefined && polls.length === 0;
}

/** Both were sent before anybody could know that the first one was lost. */
function isParallel({ submission }: JobAttempt, began: number): boolean {
  return submission.endedMono > began && began - submission.startedMono < PARALLEL;
}

/** Before it sent the request again the client read something, and did not find there what the job has made. */
function hasLooked(
  { resource, submission }: JobAttempt,
  doubt: Call,
  again: JobAttempt,
  { reads }: History,
): boolean {
  const since = doubt.startedMono;
  const until = again.submission.startedMono;
  const looks = reads
    .between(since, until)
    .filter(({ exchange: { status } }) => status >= 200 && status < 300);
  const found = resource === undefined ? [] : reads.holding(resource);
  const { job } = submission.exchange;
  const lists = (look: Call) => look.exchange.listed?.some((one) => one.job === job) === true;
  return looks.length > 0 && !looks.some((look) => found.includes(look) || lists(look));
}
