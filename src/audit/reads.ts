import type { MachineMs } from '../time/moments.js';
import { addTo } from './add-to.js';
import type { Call } from './call.js';
import type { ApiFacts } from './evidence.js';
import type { JobAttempt, ResultReads } from './job-attempt.js';
import { type Links, linksOf, targetOf } from './links.js';

const NONE: readonly Call[] = [];

/** Requests that read something other than a job, found by what they name. */
export class Reads {
  /** By parts of their paths; made when first asked for. */
  #byName: Map<string, Call[]> | undefined;
  readonly #ofJobs = new Map<string, Call[]>();
  /** By ids in the bodies of their answers; made when first asked for. */
  #byContent: Map<string, Call[]> | undefined;

  /** By where they lead, as {@link targetOf} writes it; made when first asked for. */
  #byTarget: Map<string, Call[]> | undefined;
  readonly #links = new Map<Call, Links>();
  #anyGood: boolean | undefined;
  readonly #prefixes: readonly string[];
  /** Where the API has the results of its jobs. */
  readonly results: ApiFacts['result'];

  constructor(
    readonly calls: readonly Call[],
    { result, roles, prefixes = [] }: Pick<ApiFacts, 'result' | 'roles' | 'prefixes'>,
  ) {
    this.results = result;
    this.#prefixes = prefixes;
    if (!roles || roles.size === 0) return;
    for (const call of calls) {
      const { job, operation = '' } = call;
      if (job !== undefined && roles.get(operation) === 'result') {
        addTo(this.#ofJobs, job.toLowerCase(), call);
      }
    }
  }

  /** Was any answered well? Else nobody has followed a link to a result, and no answer has to be read for links. */
  get anyGood(): boolean {
    this.#anyGood ??= this.calls.some(isGood);
    return this.#anyGood;
  }

  /** Those of operations that read the result of a job by its own id, as the binding names them. */
  ofJob(job: string): readonly Call[] {
    if (this.#ofJobs.size === 0) return NONE;
    return this.#ofJobs.get(job.toLowerCase()) ?? NONE;
  }

  /** The links of an answer. */
  linksOf(answer: Call): Links {
    const known = this.#links.get(answer);
    if (known) return known;
    const found = linksOf(answer, this.#prefixes);
    this.#links.set(answer, found);
    return found;
  }

  /** Those that follow a link of an answer, in the order in which they came. */
  behind(answer: Call): readonly Call[] {
    if (this.calls.length === 0) return NONE;
    this.#byTarget ??= this.#readTargets();
    const targets = this.#byTarget;
    const { here } = this.linksOf(answer);
    let found = NONE;
    for (const target of here) {
      const there = targets.get(target);
      if (there) found = found === NONE ? there : inOrder(found, there);
    }
    return found;
  }

  /** Those whose path names an id. */
  naming(id: string): readonly Call[] {
    if (this.calls.length === 0) return NONE;
    this.#byName ??= this.#readNames();
    return this.#byName.get(id.toLowerCase()) ?? NONE;
  }

  /** Those whose answer holds an id. */
  holding(id: string): readonly Call[] {
    this.#byContent ??= this.#readContents();
    return this.#byContent.get(id.toLowerCase()) ?? NONE;
  }

  /** Those that began after one moment and ended before another, of the machine's steady clock. */
  between(since: MachineMs, until: MachineMs): Call[] {
    const { calls } = this;
    let from = 0;
    for (let to = calls.length; from < to; ) {
      const middle = (from + to) >> 1;
      if ((calls[middle] as Call).startedMono > since) to = middle;
      else from = middle + 1;
    }
    const found: Call[] = [];
    for (let call = calls[from]; call && call.startedMono < until; call = calls[from]) {
      if (call.endedMono <= until) found.push(call);
      from += 1;
    }
    return found;
  }

  #readNames(): Map<string, Call[]> {
    const found = new Map<string, Call[]>();
    for (const call of this.calls) {
      for (const name of segments(call)) {
        // A path may have one part twice.
        if (found.get(name)?.at(-1) !== call) addTo(found, name, call);
      }
    }
    return found;
  }

  #readTargets(): Map<string, Call[]> {
    const found = new Map<string, Call[]>();
    for (const call of this.calls) addTo(found, targetOf(call.path, this.#prefixes), call);
    return found;
  }

  #readContents(): Map<string, Call[]> {
    const found = new Map<string, Call[]>();
    for (const call of this.calls) {
      const ids = call.exchange.responseBody.toLowerCase().match(/[a-z0-9-]{8,64}/g) ?? [];
      for (const id of new Set(ids)) addTo(found, id, call);
    }
    return found;
  }
}

function inOrder(some: readonly Call[], others: readonly Call[]): readonly Call[] {
  return [...some, ...others].sort((a, b) => a.startedMono - b.startedMono);
}

/** Parts of the path, in small letters: ids are the same in any case. */
export function segments({ path }: Call): string[] {
  const small = path.toLowerCase();
  const mark = small.indexOf('?');
  const end = mark === -1 ? small.length : mark;
  const parts: string[] = [];
  for (let from = 0; from < end; ) {
    const slash = small.indexOf('/', from);
    const to = slash === -1 || slash > end ? end : slash;
    if (to > from) parts.push(small.slice(from, to));
    from = to + 1;
  }
  return parts;
}

/** Does the final answer say where the result is? Its body or its Location names it. */
export function isLinked(one: JobAttempt): boolean {
  const { resource } = one;
  const end = endOf(one);
  if (!end || resource === undefined) return false;
  const { responseBody, responseHeaders } = end.exchange;
  if (responseBody.includes(resource)) return true;
  return Object.values(responseHeaders).some((text) => text.includes(resource));
}

/** Where the result of a job is that is done: where the answer that says so has it, else where the API has. */
export function placeOfResult(one: JobAttempt, reads: Reads): ApiFacts['result'] {
  return endOf(one)?.exchange.resultPlace ?? reads.results;
}

/** The answer to a poll that told the end, or the webhook that did where no answer has, read as one. */
export function endOf({ finalPoll, news, end }: JobAttempt): Call | undefined {
  return finalPoll ?? (end ? undefined : news?.answer);
}

/** The same as it is shown. */
export function shownEnd({ finalPoll, news, end }: JobAttempt): Call | undefined {
  return finalPoll ?? (end ? undefined : news?.sent.call);
}

/** When the client knew the end, by answer or webhook; never: plus infinity. */
export function endKnownSince({ finalPoll, news }: JobAttempt): MachineMs {
  const polled = finalPoll?.endedMono ?? Number.POSITIVE_INFINITY;
  return news ? Math.min(polled, news.answer.endedMono) : polled;
}

/** Calls that began when the client had read the case's end. */
export function afterEnd(one: JobAttempt, calls: readonly Call[]): readonly Call[] {
  if (calls.length === 0 || !endOf(one)) return NONE;
  const since = endKnownSince(one);
  const [first] = calls;
  if (first && calls.length === 1) return first.startedMono >= since ? calls : NONE;
  return calls.filter(({ startedMono }) => startedMono >= since);
}

/**
 * What the client read of the result, once the job was done: good answers and others. `unseen`: all that it was
 * told leads to another server, so nobody knows what it has read there.
 */
export function resultReads(one: JobAttempt, reads: Reads): ResultReads {
  one.resultReads ??= findResultReads(one, reads);
  return one.resultReads;
}

const NOTHING_READ: ResultReads = { good: [], bad: [], unseen: false };

function findResultReads(one: JobAttempt, reads: Reads): ResultReads {
  const { resource, job } = one;
  const end = endOf(one);
  const own = job === undefined ? NONE : reads.ofJob(job);
  if (!end && own.length === 0) return NOTHING_READ;
  const named = resource === undefined ? NONE : afterEnd(one, reads.naming(resource));
  const asked = own.length === 0 ? named : [...named, ...afterEnd(one, own)];
  const bad = those(asked, isBad);
  const byJob = those(own, isGood);
  if (byJob.length > 0) return { good: byJob, bad, unseen: false };
  const good = [...those(named, isGood)];
  if (end && placeOfResult(one, reads) === 'link') {
    const linked = readsOfLinks(one, end, named, reads);
    if (linked) return linked;
    // It gives no link: the client reads the body, which nobody sees, or asks by an id.
    const byId = job === undefined ? NONE : afterEnd(one, reads.naming(job)).filter(isGood);
    good.push(...byId.filter((call) => !good.includes(call)));
    if (good.length === 0 && !isLinked(one) && hasContent(end)) {
      return { good, bad, unseen: bad.length === 0 };
    }
  }
  if (end && good.length === 0 && reads.anyGood) {
    good.push(...those(afterEnd(one, reads.behind(end)), isGood));
  }
  if (good.length === 0 && !isLinked(one)) good.push(...found(one, reads));
  return { good, bad, unseen: false };
}

/** Without a link the client has to search, and what it finds is the result. */
function found(one: JobAttempt, reads: Reads): Call[] {
  const { resource } = one;
  // Of a system of others nobody knows what a job has made that no answer names: whatever is read then may be that.
  const candidates = resource === undefined ? reads.calls : reads.holding(resource);
  return [
    ...afterEnd(one, candidates).filter(isGood),
    ...afterEnd(one, reads.calls).filter(({ exchange }) => exchange.chance),
  ];
}

/** What the client read where the links of the final answer lead; undefined: it has none. */
function readsOfLinks(
  one: JobAttempt,
  end: Call,
  named: readonly Call[],
  reads: Reads,
): ResultReads | undefined {
  const { here, elsewhere } = reads.linksOf(end);
  if (here.length === 0 && !elsewhere) return undefined;
  const followed = afterEnd(one, reads.behind(end));
  const good = followed.filter(isAnswered);
  const others = [...followed, ...named].filter((call) => !good.includes(call));
  const bad = others.length > 1 ? [...new Set(others)] : others;
  return { good, bad, unseen: elsewhere && bad.length === 0 };
}

/** A status alone leaves nothing to read. */
function hasContent({ exchange: { responseBody } }: Call): boolean {
  return responseBody.trim() !== '';
}

/** What chance took from a client that asked rightly is not held against it. */
function isGood({ status, exchange }: Call): boolean {
  return (status >= 200 && status < 300) || exchange.chance;
}

/** Of most jobs there are none, or one. */
function those(calls: readonly Call[], isWanted: (call: Call) => boolean): readonly Call[] {
  if (calls.length === 0) return NONE;
  return calls.length === 1 && isWanted(calls[0] as Call) ? calls : calls.filter(isWanted);
}

function isBad(call: Call): boolean {
  return !isGood(call);
}

/** Who follows the link that was written has asked rightly, whether or not this server has something there. */
function isAnswered({ status, exchange }: Call): boolean {
  const answered = status >= 200 && status < 500 && status !== 401 && status !== 403;
  return answered || exchange.chance;
}
