import { keyField } from '../../contract/idempotency.js';
import { isEnd } from '../../outcome.js';
import type { RequestContent } from '../../sandbox/request-content.js';
import type { MachineMs } from '../../time/moments.js';
import type { Call } from '../call.js';
import { headerReader } from '../credentials.js';
import type { History } from '../history.js';
import type { JobAttempt } from '../job-attempt.js';
import { isMishap, isPointlessToRepeat } from '../reply.js';
import type { Breach, Judgement, Message, Rule } from '../rule.js';
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
      tested: 0,
      breaches: [],
      wanting: 'no job was open when its client could have sent the request again',
    };
    for (const one of history.attempts) if (isTempting(one)) judgement.tested += 1;
    const compare = comparer(history);
    for (const alike of byOperationAndPath(history)) {
      const comparable = overlapping(alike);
      if (comparable.length > 1) findBreaches(comparable, compare, history, judgement.breaches);
    }
    judgement.tested = Math.max(judgement.tested, judgement.breaches.length);
    return judgement;
  },
};

/** The client had to wait, or could not know whether its request had arrived. */
function isTempting(one: JobAttempt): boolean {
  return isInDoubt(one) || one.pollsBeforeFinal.some(isNoEnd);
}

function isNoEnd({ reply }: Call): boolean {
  return !isEnd(reply);
}

/** Its answer was lost, or could not be read; the job may be there all the same. */
function isInDoubt({ job, submission }: JobAttempt): boolean {
  if (submission.reply === 'lost') return true;
  return job === undefined && submission.job !== undefined && submission.status < 400;
}

function byOperationAndPath({ attempts }: History): Iterable<JobAttempt[]> {
  const found = new Map<string, JobAttempt[]>();
  let before: { operation: string; path: string; alike: JobAttempt[] } | undefined;
  for (const one of attempts) {
    const { operation, submission } = one;
    const { path } = submission;
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
  const found: JobAttempt[] = [];
  let busyUntil = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < alike.length; i += 1) {
    const one = alike[i] as JobAttempt;
    const next = alike[i + 1]?.submission.startedMono ?? NEVER;
    const until = busyFor(one);
    if (busyUntil > one.submission.startedMono || until > next) found.push(one);
    busyUntil = Math.max(busyUntil, until);
  }
  return found;
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
  tell: Tellings;
}

function comparer({ bodyOf, keyOf, api: { idempotency, ownId } }: History): Comparer {
  const headers = headerReader(['content-type']);
  const fields = { ofSending: keyField(idempotency), ownId };
  const known = new Map<JobAttempt, RequestContent>();
  const same: Compare = (before, again) =>
    isSameRequest(
      contentOf(before),
      before.submission.exchange,
      contentOf(again),
      again.submission.exchange,
    );
  const contentOf = (one: JobAttempt): RequestContent => {
    const { exchange, content } = one.submission;
    const found = content ?? known.get(one);
    if (found) return found;
    const read = readContent(bodyOf(exchange), headers(exchange).get('content-type'), fields);
    known.set(one, read);
    return read;
  };
  return {
    contentOf,
    same,
    tell: tellings(same),
    isOneRequest: (before, again) => {
      const { job } = before.submission;
      if (job !== undefined && job === again.submission.job) return true;
      const key = keyOf(before.submission.exchange);
      return key !== undefined && key === keyOf(again.submission.exchange);
    },
  };
}

/** Of requests by one operation and path: each is compared with the newest one that it may repeat. */
function findBreaches(
  alike: readonly JobAttempt[],
  { contentOf, same, isOneRequest, tell }: Comparer,
  history: History,
  breaches: Breach[],
): void {
  const earlier = new Map<number, JobAttempt[]>();
  for (const again of alike) {
    const { digest } = contentOf(again);
    const known = earlier.get(digest);
    const before = known && newestAlike(known, again, same);
    if (before && !isOneRequest(before, again)) {
      const found = judgeRepeat(before, again, tell, history);
      if (found) breaches.push(found);
    }
    // One that was refused has made no job, and is rightly sent again.
    if (again.job === undefined && !isInDoubt(again)) continue;
    if (!known) earlier.set(digest, [again]);
    else putNewest(known, again);
  }
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
  tell: Tellings,
  history: History,
): Breach | undefined {
  const { startedMono: began } = again.submission;
  if (isInDoubt(before)) {
    if (isParallel(before, began) || hasLooked(before, before.submission, again, history)) {
      return undefined;
    }
    return breach(before, again, tell.inDoubt);
  }
  if (overSince(before) <= began) return undefined;
  const last = lastBefore(before.polls, began);
  if (isFollowed(before, began) && !isDropped(again)) {
    if (!last) return undefined;
    return { ...breach(before, again, tell.polledOn), severity: 'note' };
  }
  // Its next poll may still come.
  if (history.run === 'running') return undefined;
  if (last && isWithoutState(last) && hasLooked(before, last, again, history)) return undefined;
  return breach(before, again, tell.sentAgain);
}

function breach(before: JobAttempt, again: JobAttempt, message: Message): Breach {
  again.repeats = before;
  return { case: again, message, calls: [before.submission, again.submission] };
}

function lastBefore(polls: readonly Call[], began: MachineMs): Call | undefined {
  if (polls.length === 0) return undefined;
  return polls.findLast((poll) => poll.startedMono < began);
}

/** What is said of any request that repeats another one: there are thousands, and they share it. */
type Tellings = Record<'inDoubt' | 'sentAgain' | 'polledOn', (again: JobAttempt) => string>;

function tellings(same: Compare): Tellings {
  const sentAgain = (again: JobAttempt) => {
    const before = again.repeats as JobAttempt;
    const last = lastBefore(before.polls, again.submission.startedMono);
    const how = tellHow(same(before, again));
    return `the same request${how} was sent again ${circumstance(last, before.job)}`;
  };
  return {
    inDoubt: (again) => tellInDoubt(again.repeats as JobAttempt, again, same),
    sentAgain,
    polledOn: (again) => `${sentAgain(again)}; both jobs were polled on`,
  };
}

function tellInDoubt(before: JobAttempt, again: JobAttempt, same: Compare): string {
  const how = tellHow(same(before, again));
  return before.submission.reply === 'lost'
    ? `the request${how} was sent again although its first answer was lost, so that a job may be there`
    : `the request${how} was sent again although its first answer was only not readable, so that a job is there`;
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
  if (polls.length === 0) return false;
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
  const { job } = submission;
  const lists = (look: Call) => look.exchange.listed?.some((one) => one.job === job) === true;
  return looks.length > 0 && !looks.some((look) => found.includes(look) || lists(look));
}
