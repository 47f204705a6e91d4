import type { ResultPlace } from '../contract/answer-template.js';
import type { FaultName } from '../faults/index.js';
import type { Outcome } from '../outcome.js';
import type { MachineMs, Moment, WallMoment } from '../time/moments.js';
import { Bounded } from './bounded.js';
import type { WaitingText } from './compressed-text.js';
import type { RequestContent } from './request-content.js';
import { traceIn } from './trace.js';

/** The outcome of a job that a client was told; `unknown`: a state that is none of the binding. */
export type ReportedOutcome = Outcome | 'unknown';

/** A job in a list. */
export interface ListedJob {
  job: string;
  /** Name of its API, where a list is of several kinds of jobs. */
  api?: string;
  scenario: string;
  /** Index of the scenario's step; undefined once it was cancelled. */
  step: number | undefined;
  state: string;
  outcome: ReportedOutcome;
  /** Undefined where the list tells none. */
  eta: Moment | undefined;
}

/** What a webhook's request is, beside request and answer. */
export interface DeliveryFacts {
  /** The same for each attempt and copy. */
  id: string;
  /** What has happened, by the word of the API. */
  event: string;
  /** Which attempt it is of its copy, from 1. */
  attempt: number;
  /** Which copy it is, from 1. */
  copy: number;
  signed: boolean;
  /** What the scenario does to it: it has a wrong signature, or is not sent at all. */
  made?: 'forged' | 'lost' | undefined;
  /** Why no answer came. */
  failed?: 'unreachable' | 'silent' | 'refused' | undefined;
}

/** One request and its answer, with the times of both clocks. */
export interface Exchange {
  /** Counts from 1 within a session. */
  seq: number;
  /** When the request came, by the session's clock. */
  at: Moment;
  /** The same moment by the machine's own clock, also where that was set back meanwhile. */
  wall: WallMoment;
  /** The same by a clock that nobody can set, in milliseconds: it tells which requests overlap. */
  startedMono: MachineMs;
  /** When the answer was sent or the connection ended, by the session's clock; undefined before. */
  endedAt: Moment | undefined;
  /** From request to that end, in milliseconds of the machine. */
  durationMs: MachineMs | undefined;
  method: string;
  /** Path and query as they were sent, without the session's prefix. */
  path: string;
  /** Name of the API that it is for, where there are several; undefined too when no contract knows its path. */
  api?: string | undefined;
  /** Who has answered what no contract knows: such an exchange is never judged. */
  answeredBy?: 'stub' | 'upstream' | undefined;
  /** It is a webhook: the sandbox has sent the request, to the URL in `path`, and its client answered. */
  delivery?: DeliveryFacts | undefined;
  operation: string | undefined;
  job: string | undefined;
  scenario: string | undefined;
  /** Index of the scenario's step that answered. */
  step: number | undefined;
  /** The answer was held until something happened: the step that the job was in when the request came. */
  heldFrom?: number | undefined;
  /** Where the result is, where this answer has it at another place than the API's others. */
  resultPlace?: ResultPlace | undefined;
  /** The job's state after this exchange. */
  state: string | undefined;
  /** What a poll was told; undefined unless a state has answered it. */
  reportedOutcome: ReportedOutcome | undefined;
  /** On an exchange that lists jobs: those of its answer, as it told them. */
  listed?: readonly ListedJob[] | undefined;
  /** Why a job that there was could not be told of any more. */
  forgotten?: 'deleted' | 'expired' | undefined;
  /** On the exchange that schedules: id of what the job makes or changes. */
  resource: string | undefined;
  /** The newest moment that the client was told to come back at; undefined when its answer tells none. */
  eta: Moment | undefined;
  /** 0 when no answer was sent. */
  status: number;
  /** What happened to the answer, or in its place. */
  fault: FaultName | undefined;
  /** It is the session's chaos that brought the fault, and no scenario. */
  chance: boolean;
  /** The client closed the connection before its answer came. */
  aborted: boolean;
  /** As received: names and values in turn, a line each. One text keeps less than twenty. */
  requestHeaders: string;
  /** Behind a proxy that is trusted: the URL at which its clients find this server, `https://mis.example/sandbox`. */
  calledAs?: string | undefined;
  requestBody: WaitingText | undefined;
  /** Of a request that schedules: what it asks for. */
  content?: RequestContent | undefined;
  responseHeaders: Readonly<Record<string, string>>;
  responseBody: string;
  /** Why the request was refused, in one line; it stands in the log. */
  refused?: string | undefined;
  /** What of the contract the request does not keep, although it has gone through. */
  breaches?: readonly string[] | undefined;
  /** What the sandbox wants the reader to know about this exchange. */
  note: string | undefined;
}

/** What is known of an exchange that is about no job and no operation. */
export const UNSAID = {
  operation: undefined,
  job: undefined,
  scenario: undefined,
  step: undefined,
  state: undefined,
  reportedOutcome: undefined,
  resource: undefined,
  eta: undefined,
  fault: undefined,
  chance: false,
} as const satisfies Partial<Exchange>;

/** The journal numbers it. Its place is kept free where many are written: V8 would put it into a list beside. */
/** What is known of an exchange only when it ends, where it was written down before. */
export interface Ending extends Pick<Exchange, 'endedAt' | 'durationMs' | 'aborted'> {
  /** What has gone over the wire, where it is not what was to go. */
  sent?: Pick<Exchange, 'status' | 'responseHeaders' | 'responseBody'> | undefined;
  /** Its client has left, and was told nothing. */
  untold?: true | undefined;
}

const UNTOLD = {
  status: 0,
  fault: undefined,
  reportedOutcome: undefined,
  listed: undefined,
  eta: undefined,
  responseHeaders: {},
  responseBody: '',
} as const;

/** Completes an exchange that was written down while it was open. */
export function endExchange(exchange: Exchange, { sent, untold, ...end }: Ending): void {
  Object.assign(exchange, end, sent, untold && UNTOLD);
}

/** What takes the place of an open exchange once it has ended. */
export function ended(exchange: Exchange, end: Ending): Exchange {
  const copy = { ...exchange };
  endExchange(copy, end);
  return copy;
}

/** An exchange that was made elsewhere: it is read when somebody looks at it. */
export class LaterExchange {
  #read: Exchange | undefined;

  constructor(
    readonly seq: number,
    private make: (() => Exchange) | undefined,
  ) {}

  get exchange(): Exchange {
    const exchange = this.#read ?? (this.make as () => Exchange)();
    exchange.seq = this.seq;
    this.#read = exchange;
    this.make = undefined;
    return exchange;
  }
}

export type NewExchange = Omit<Exchange, 'seq'> & { seq?: number | undefined };

export interface JournalFilter {
  job?: string | undefined;
  operation?: string | undefined;
  status?: number | undefined;
  /** Id of a trace that the client has told. */
  trace?: string | undefined;
  /** Only exchanges with a higher number. */
  after?: number | undefined;
  /** At most so many: the first ones with `after`, the newest without. */
  limit?: number | undefined;
}

/** Longer bodies are cut in the journal; a megabyte a request would fill the memory of a long run. */
const MAX_BODY = 16_384;

export class Journal {
  #kept: Bounded<Exchange | LaterExchange>;
  #seq = 0;
  /** The oldest of those that it keeps lie in a store, so many of them. */
  #unread = 0;

  constructor(readonly limit: number) {
    this.#kept = new Bounded(limit);
  }

  /** Writes an exchange down, its answer `whole` or cut; `true` when the oldest one had to go for it. */
  add(exchange: NewExchange, whole = false): { entry: Exchange; dropped: boolean } {
    const entry = exchange as Omit<Exchange, 'seq'> as Exchange;
    entry.seq = this.#seq + 1;
    if (!whole) entry.responseBody = cut(entry.responseBody);
    return { entry, dropped: this.#push(entry) };
  }

  /** The same of one that is whole, and was made elsewhere. */
  addLater(exchange: LaterExchange): void {
    this.#push(exchange);
  }

  #push(entry: Exchange | LaterExchange): boolean {
    this.#seq += 1;
    const dropped = this.#kept.push(entry) !== undefined;
    if (this.#unread === 0 || this.size <= this.limit) return dropped;
    this.#unread -= 1;
    return true;
  }

  /** Notes that so many were written down before, of which none is there any more. */
  hasDropped(count: number): void {
    this.#seq = count;
    this.#kept.hasDropped(count);
  }

  /** Notes that there were so many, the newest `unread` of which lie in a store. */
  beginBehind(count: number, unread: number): void {
    this.hasDropped(count);
    this.#unread = unread;
  }

  /** How many of those that it keeps have not been read from the store. */
  get unread(): number {
    return this.#unread;
  }

  /** Puts an exchange in the place of the one with its number, where that is kept. */
  replace(exchange: Exchange): void {
    this.#kept.put(exchange.seq - 1 - this.#kept.dropped, exchange);
  }

  copy(): Journal {
    const copy = new Journal(this.limit);
    copy.#kept = this.#kept.copy();
    copy.#seq = this.#seq;
    copy.#unread = this.#unread;
    return copy;
  }

  /** Number of the oldest exchange that has not to be read from the store. */
  get firstRead(): number {
    return this.#kept.dropped + 1;
  }

  /** Takes those that lay in the store, oldest first. */
  fill(exchanges: readonly Exchange[]): void {
    const wanted = this.#unread > 0 ? exchanges.slice(-this.#unread) : [];
    const filled = new Bounded<Exchange | LaterExchange>(this.limit);
    filled.hasDropped(this.#kept.dropped - wanted.length);
    for (const each of wanted) filled.push(each);
    for (let i = 0; i < this.#kept.size; i += 1)
      filled.push(this.#kept.at(i) as Exchange | LaterExchange);
    this.#kept = filled;
    this.#unread = 0;
  }

  read({ job, operation, status, trace, after, limit }: JournalFilter = {}): Exchange[] {
    const wanted = (e: Exchange) =>
      (job === undefined || e.job === job) &&
      (operation === undefined || e.operation === operation) &&
      (status === undefined || e.status === status) &&
      (trace === undefined || traceIn(e.requestHeaders)?.id === trace);
    const found: Exchange[] = [];
    const kept = this.#kept;
    const most = limit ?? Number.POSITIVE_INFINITY;
    // With a limit only as many are looked at as it takes to find them.
    if (after === undefined && limit !== undefined) {
      for (let i = kept.size - 1; i >= 0 && found.length < most; i -= 1) {
        const entry = readIn(kept, i);
        if (wanted(entry)) found.push(entry);
      }
      return found.reverse();
    }
    // Numbers follow each other: the one with `seq` stands at the place `seq - 1 - dropped`.
    const first = Math.max(0, Math.floor(after ?? 0) - kept.dropped);
    for (let i = first; i < kept.size && found.length < most; i += 1) {
      const entry = readIn(kept, i);
      if (wanted(entry)) found.push(entry);
    }
    return found;
  }

  get size(): number {
    return this.#kept.size + this.#unread;
  }

  get dropped(): number {
    return this.#kept.dropped - this.#unread;
  }
}

function readIn(kept: Bounded<Exchange | LaterExchange>, place: number): Exchange {
  const entry = kept.at(place) as Exchange | LaterExchange;
  return entry instanceof LaterExchange ? entry.exchange : entry;
}

/** A body as the journal keeps it. */
export function cut(body: string): string {
  if (body.length <= MAX_BODY) return body;
  // A copy: V8 keeps the whole text alive for a slice of it.
  const start = Buffer.from(body.slice(0, MAX_BODY)).toString();
  return `${start}… (${body.length} characters)`;
}
