/** Lets so many through in a second, and after a pause as many at once. */
export class Rate {
  #left: number;
  #at: number;

  /** @param now milliseconds by a clock that nobody can set */
  constructor(
    private readonly perSecond: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#left = perSecond;
    this.#at = now();
  }

  take(): boolean {
    const now = this.now();
    const gained = ((now - this.#at) * this.perSecond) / 1000;
    this.#at = now;
    this.#left = Math.min(this.perSecond, this.#left + gained);
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
