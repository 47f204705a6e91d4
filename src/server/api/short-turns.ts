/** Milliseconds of work in one turn of the event loop: about forty bodies that are read and checked. */
const MOST = 10;

/**
 * Does pieces of work in the order in which they come, and in one turn of the event loop no more of them than fit into
 * some milliseconds. Hundreds of clients that send at the same time would otherwise be served in a single turn, in which
 * nothing else has its: no timer, no answer that is ready, no other client.
 */
export class ShortTurns {
  readonly #waiting: (() => void)[] = [];
  /** When the turn began that is under way; undefined: nothing has been done in it. */
  #since: number | undefined;

  /** @param now milliseconds that only grow */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** @param work is called at once where there is time left in this turn */
  do(work: () => void): void {
    if (this.#since === undefined) {
      this.#since = this.now();
      setImmediate(() => this.#next());
      work();
    } else if (this.#waiting.length === 0 && this.now() - this.#since < MOST) work();
    else this.#waiting.push(work);
  }

  #next(): void {
    // Its time is used up: the rest is for turns to come, in which what comes then stands behind it.
    if (this.#waiting.length > 0) setImmediate(() => this.#goOn());
    else this.#since = undefined;
  }

  #goOn(): void {
    this.#since = this.now();
    while (this.#waiting.length > 0 && this.now() - this.#since < MOST) this.#waiting.shift()?.();
    this.#next();
  }
}
