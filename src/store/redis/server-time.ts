import type { Connection } from './connection.js';

/** How often the clock of the server is asked for, in milliseconds of the machine. */
const EVERY = 10_000;

/** Asked so many times in a row, of which the quickest answer counts: it is the nearest to the truth. */
const TIMES = 5;

/** The clock of the server, as it is known here: all who share a store see one time. */
export class ServerTime {
  #ahead = 0;
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
  now = (): number => this.steady() + this.#ahead;

  end(): void {
    clearInterval(this.#timer);
  }

  async #ask(): Promise<void> {
    let quickest = Number.POSITIVE_INFINITY;
    let ahead = this.#ahead;
    for (let i = 0; i < TIMES; i++) {
      const sent = this.steady();
      const [seconds, micros] = await this.connection.ask((redis) => redis.time());
      const took = this.steady() - sent;
      if (took >= quickest) continue;
      quickest = took;
      ahead = Number(seconds) * 1000 + Number(micros) / 1000 - (sent + took / 2);
    }
    this.#ahead = ahead;
  }
}
