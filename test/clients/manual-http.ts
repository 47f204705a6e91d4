import http from 'node:http';
import { setImmediate } from 'node:timers/promises';
import type { ExchangeView, SessionControl } from '../../src/index.js';

/** What a client reads of an answer. */
export interface Answer {
  status: number;
  retryAfter: number | undefined;
  /** Undefined when it is no JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: bodies of many shapes
  body: any;
}

export interface Asked {
  headers: Record<string, string>;
  body?: unknown;
  /** Longest to wait for the answer, in milliseconds of the session's clock. */
  timeout: number;
}

const STEP = 1000;

/**
 * HTTP for a client whose time is the manual clock of its session. While the sandbox holds an answer back the clock
 * is moved on, a second at a time; while a request or an answer is only on its way it stands still, however long
 * the machine takes. Nothing else may use the session meanwhile.
 */
export class ManualHttp {
  readonly #session: SessionControl;
  #lastSeq = 0;
  #inFlight = 0;
  /** Requests sent since the last moment at which none was in flight, and what there was before them. */
  #sent = 0;
  #before = { seq: 0, polls: 0 };

  /** @param url where its requests go, if not to the session itself */
  constructor(
    session: SessionControl,
    private readonly url: string = session.url,
  ) {
    this.#session = session;
  }

  /** Undefined: no answer came in time, or none that is whole. */
  async ask(method: string, path: string, asked: Asked): Promise<Answer | undefined> {
    if (this.#inFlight === 0) {
      this.#sent = 0;
      this.#lastSeq = this.#writtenAfter(this.#lastSeq).at(-1)?.seq ?? this.#lastSeq;
      this.#before = { seq: this.#lastSeq, polls: this.#polls() };
    }
    this.#sent += 1;
    this.#inFlight += 1;
    try {
      return await this.#waitFor(method, path, asked);
    } finally {
      this.#inFlight -= 1;
    }
  }

  async #waitFor(method: string, path: string, asked: Asked): Promise<Answer | undefined> {
    const abort = new AbortController();
    let over = false;
    const sent = send(method, this.url + path, asked, abort.signal).finally(() => {
      over = true;
    });
    for (let waited = 0; ; ) {
      await Promise.race([sent, setImmediate()]);
      if (over) return sent;
      if (!this.#isHeldBack()) continue;
      if (waited < asked.timeout) {
        this.#session.clock.advance(STEP);
        waited += STEP;
        continue;
      }
      abort.abort();
      await sent;
      // The next request would overlap with this one as long as the sandbox does not know that the client has left.
      while (this.#isHeldBack()) await setImmediate();
      return undefined;
    }
  }

  /** Whether all that was sent has come to the sandbox, and some of it has no answer yet. */
  #isHeldBack(): boolean {
    const { seq, polls } = this.#before;
    const written = this.#writtenAfter(seq);
    const open = written.filter(({ took }) => took === undefined).length;
    // A poll counts when it comes and is written when its answer goes; one that hangs is written at once.
    const delayed = this.#polls() - polls - written.filter(({ step }) => step !== undefined).length;
    return open + delayed > 0 && written.length + delayed >= this.#sent;
  }

  #writtenAfter(seq: number): ExchangeView[] {
    return this.#session.journal({ after: seq, limit: 1_000_000 });
  }

  #polls(): number {
    return this.#session.jobs().reduce((sum, job) => sum + job.polls, 0);
  }
}

/** One request on a connection of its own, which a fault can break without breaking others. */
function send(
  method: string,
  url: string,
  { headers, body }: Asked,
  signal: AbortSignal,
): Promise<Answer | undefined> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const typed =
    text === undefined
      ? headers
      : {
          ...headers,
          'Content-Type': 'application/json',
          'Content-Length': String(Buffer.byteLength(text)),
        };
  return new Promise((done) => {
    const request = http.request(
      url,
      { method, agent: false, headers: typed, signal },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', () => done(undefined));
        answer.on('end', () => done(readAnswer(answer, Buffer.concat(parts).toString('utf8'))));
      },
    );
    request.on('error', () => done(undefined));
    request.end(text);
  });
}

/** RFC 9110 §10.2.3, seconds or a date, and what some servers send besides: a moment as a number. */
function readRetryAfter(said: string, date: string): number {
  const number = Number(said);
  if (Number.isNaN(number)) return Math.max(0, Date.parse(said) - Date.parse(date));
  if (number < 1e9) return number * 1000;
  return Math.max(0, (number < 1e12 ? number * 1000 : number) - Date.parse(date));
}

function readAnswer({ statusCode = 0, headers }: http.IncomingMessage, text: string): Answer {
  const retry = headers['retry-after'];
  const retryAfter = retry === undefined ? undefined : readRetryAfter(retry, headers.date ?? '');
  try {
    return { status: statusCode, retryAfter, body: JSON.parse(text) };
  } catch {
    return { status: statusCode, retryAfter, body: undefined };
  }
}
