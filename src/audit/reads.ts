import type { MachineMs } from '../time/moments.js';
import { addTo } from './add-to.js';
import { type Call, endedMono } from './call.js';
import type { JobAttempt } from './job-attempt.js';

/** Requests that read something other than a job, found by what they name. */
export class Reads {
  readonly #byName = new Map<string, Call[]>();
  /** By ids in the bodies of their answers; made when first asked for. */
  #byContent: Map<string, Call[]> | undefined;

  constructor(readonly calls: readonly Call[]) {
    for (const call of calls) {
      for (const name of new Set(segments(call))) addTo(this.#byName, name, call);
    }
  }

  /** Those whose path names an id. */
  naming(id: string): readonly Call[] {
    return this.#byName.get(id.toLowerCase()) ?? [];
  }

  /** Those whose answer holds an id. */
  holding(id: string): readonly Call[] {
    this.#byContent ??= this.#readContents();
    return this.#byContent.get(id.toLowerCase()) ?? [];
  }

  /** Those that began after one moment and ended before another, of the machine's steady clock. */
  between(since: MachineMs, until: MachineMs): Call[] {
    const { calls } = this;
    let from = 0;
    for (let to = calls.length; from < to; ) {
      const middle = (from + to) >> 1;
      if ((calls[middle] as Call).exchange.startedMono > since) to = middle;
      else from = middle + 1;
    }
    const found: Call[] = [];
    for (let call = calls[from]; call && call.exchange.startedMono < until; call = calls[from]) {
      if (endedMono(call) <= until) found.push(call);
      from += 1;
    }
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

/** Parts of the path, in small letters: ids are the same in any case. */
export function segments({ exchange: { path } }: Call): string[] {
  return (path.split('?', 1)[0] as string).toLowerCase().split('/').filter(Boolean);
}

/** Does the final answer say where the result is? Its body or its Location names it. */
export function isLinked({ finalPoll: end, resource }: JobAttempt): boolean {
  if (!end || resource === undefined) return false;
  const { responseBody, responseHeaders } = end.exchange;
  return [responseBody, ...Object.values(responseHeaders)].some((text) => text.includes(resource));
}

/** Calls that began when the client had read the case's end. */
export function afterEnd({ finalPoll: end }: JobAttempt, calls: readonly Call[]): Call[] {
  return end ? calls.filter(({ exchange }) => exchange.startedMono >= endedMono(end)) : [];
}

/** What the client read of the result, once the job was done: good answers and others. */
export function resultReads(one: JobAttempt, reads: Reads): { good: Call[]; bad: Call[] } {
  const { resource } = one;
  if (resource === undefined) return { good: [], bad: [] };
  const named = afterEnd(one, reads.naming(resource));
  const good = named.filter(isGood);
  // Without a link the client has to search, and what it finds is the result.
  if (good.length === 0 && !isLinked(one)) {
    good.push(...afterEnd(one, reads.holding(resource)).filter(isGood));
    good.push(...afterEnd(one, reads.calls).filter(({ exchange }) => exchange.chance));
  }
  return { good, bad: named.filter((call) => !isGood(call)) };
}

/** What chance took from a client that asked rightly is not held against it. */
function isGood({ exchange: { status, chance } }: Call): boolean {
  return chance || (status >= 200 && status < 300);
}
