import { readFileSync } from 'node:fs';
import { transformSync } from 'esbuild';
import type { SessionControl } from '../../src/index.js';

type Snippet = (...args: unknown[]) => Promise<unknown>;

/** A client is stopped after so many requests, or when it has waited so long for an answer. */
const MOST_REQUESTS = 120;
const LONGEST = 5 * 60_000;
/** What a request takes. */
const ROUND_TRIP = 20;
const STEP = 1000;

/**
 * The world in which a piece of client code from docs/rules runs: its requests are real, its time is that of
 * the session, which moves on when the code waits.
 */
export class SnippetWorld {
  #requests = 0;
  #ticking = 0;
  /** The client would still go on. */
  stopped = false;

  constructor(private readonly session: SessionControl) {}

  /**
   * The one function that a file exports.
   * @param instead takes the place of what the world itself has under that name
   */
  load(file: string, instead: { fetch?: unknown; sleep?: unknown } = {}): Snippet {
    const { code } = transformSync(readFileSync(file, 'utf8'), { format: 'cjs' });
    const names = ['fetch', 'sleep', 'Date', 'setInterval', 'clearInterval', 'AbortSignal'];
    const module = { exports: {} as Record<string, Snippet> };
    const values = [
      instead.fetch ?? this.fetch,
      instead.sleep ?? this.#sleep,
      this.#date(),
      this.#setInterval,
      (timer: { over: boolean }) => {
        timer.over = true;
      },
      { timeout: (limit: number) => ({ limit }) },
    ];
    new Function('module', ...names, code)(module, ...values);
    const [snippet] = Object.values(module.exports);
    if (!snippet) throw new Error(`${file} exports nothing`);
    return snippet;
  }

  readonly fetch = async (
    url: string,
    init: { signal?: { limit: number } } & Record<string, unknown> = {},
  ): Promise<Response> => {
    this.#requests += 1;
    if (this.#requests > MOST_REQUESTS) this.#stop();
    const { signal, ...rest } = init;
    const abort = new AbortController();
    this.session.clock.advance(ROUND_TRIP);
    const sent = fetch(url, { ...rest, signal: abort.signal }).then(readWhole);
    for (let waited = 0; ; waited += STEP) {
      if (await settles(sent, () => this.#isHeld())) return sent;
      if (waited >= (signal?.limit ?? LONGEST)) {
        this.stopped ||= !signal;
        abort.abort();
        // That a client has left may reach the server after its next request.
        while (this.#isHeld()) await turn();
        return sent;
      }
      // Where a timer of the client moves the time on, nobody else does.
      if (this.#ticking === 0) this.session.clock.advance(STEP);
      else await turn();
    }
  };

  #stop(): never {
    this.stopped = true;
    throw new Error('stopped');
  }

  /** Is a request waiting for its answer? While an answer is delayed, the journal does not have it. */
  #isHeld(): boolean {
    const exchanges = this.session.journal({ limit: 2 * MOST_REQUESTS });
    const answered = exchanges.filter(
      ({ operation, took }) => operation === 'getAsyncJobStatus' && took !== undefined,
    ).length;
    return exchanges.some(({ took }) => took === undefined) || this.#received() > answered;
  }

  /** Polls that have reached the server. */
  #received(): number {
    return this.session.jobs().reduce((sum, { polls }) => sum + polls, 0);
  }

  readonly #sleep = async (time: number) => {
    if (time > 0) this.session.clock.advance(Math.ceil(time));
  };

  readonly #setInterval = (tick: () => Promise<void>, period: number) => {
    const timer = { over: false };
    const run = async () => {
      this.#ticking += 1;
      for (let i = 0; !timer.over && i < 20; i += 1) {
        this.session.clock.advance(period);
        const received = this.#received();
        tick().catch(() => undefined);
        while (this.#received() === received && !timer.over) await turn();
      }
      this.#ticking -= 1;
    };
    void run();
    return timer;
  };

  #now(): number {
    return this.session.clock.now().getTime();
  }

  #date() {
    const now = () => this.#now();
    return { now, parse: Date.parse };
  }
}

async function readWhole(answer: Response): Promise<Response> {
  const text = await answer.text();
  return new Response(text, { status: answer.status, headers: answer.headers });
}

/** True once the answer is there; false when it is held back. */
async function settles(sent: Promise<unknown>, isHeld: () => boolean): Promise<boolean> {
  const done = sent.then(
    () => true,
    () => true,
  );
  for (;;) {
    if (await Promise.race([done, turn().then(() => false)])) return true;
    if (isHeld()) return Promise.race([done, turn().then(() => false)]);
  }
}

function turn(): Promise<void> {
  return new Promise((wake) => setTimeout(wake, 2));
}
