/** Work that must not overlap, in the order in which it was asked for; what is asked for first waits for nothing. */
export class Turns {
  #last: Promise<unknown> | undefined;

  take<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last ? this.#last.then(work, work) : work();
    const settled: Promise<void> = mine.then(
      () => this.#settled(settled),
      () => this.#settled(settled),
    );
    this.#last = settled;
    return mine;
  }

  #settled(settled: Promise<void>): void {
    if (this.#last === settled) this.#last = undefined;
  }
}
