import type { Connection } from './connection.js';

/** How often the clock of the server is asked for, in milliseconds of the machine. */
const EVERY = 10_000;

/** Asked at least so many times in a row, of which the quickest answer counts: it is the nearest to the truth. */
const TIMES = 5;

/** Asked on, up to so many times, while no answer has come within a millisecond: a busy machine answers late. */
const MOST_TIMES = 40;
const QUICK = 1;

/** Clocks of two machines go apart by less than this share of the time. */
const DRIFT = 1e-4;

/** A clock that was put back by more than this, in milliseconds, was set; by less, it is known better now. */
const SET_BACK = 1_000;

/**
 * The clock of the server, as it is known here: all who share a store see one time. It never goes back when it becomes
 * known better, but stands still until it is caught up with: what came first is not later than what came of it.
 */
export class ServerTime {
  #ahead = 0;
  #last = 0;
  /** How long the answer took that it is known by, and when it came. */
  #known = { took: Number.POSITIVE_INFINITY, at: 0 };
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly steady: () => number = () => performance.now(),
  ) {}

  /** Asks, and goes on asking. @throws StoreUnavailable when it cannot be reached */
  async begin(): Promise<void> {
    await this.#ask();
    this.#timer = setInterval(() => void this.#ask().catch(() => {}), EVERY).unref();
  }

  /** Milliseconds since 1970, and parts of them. */
  now = (): number => {
    const now = this.steady() + this.#ahead;
    const isBehind = now < this.#last && now > this.#last - SET_BACK;
    this.#last = isBehind ? this.#last : now;
    return this.#last;
  };

  end(): void {
    clearInterval(this.#timer);
  }

  async #ask(): Promise<void> {
    let quickest = Number.POSITIVE_INFINITY;
    let ahead = this.#ahead;
    for (let i = 0; i < TIMES || (i < MOST_TIMES && quickest > QUICK); i++) {
      const sent = this.steady();
      const [seconds, micros] = await this.connection.ask((redis) => redis.time());
      const took = this.steady() - sent;
      if (took >= quickest) continue;
      quickest = took;
      ahead = Number(seconds) * 1000 + Number(micros) / 1000 - (sent + took / 2);
    }
    // What was known before may still be nearer to the truth.
    const now = this.steady();
    const error = this.#known.took / 2 + (now - this.#known.at) * DRIFT;
    if (error < quickest / 2) return;
    this.#ahead = ahead;
    this.#known = { took: quickest, at: now };
  }
}
