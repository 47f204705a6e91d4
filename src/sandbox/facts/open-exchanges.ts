import { type Ending, type Exchange, endExchange } from '../journal.js';

/**
 * Exchanges that were read while they were open, and ends that were read before their exchanges were: whichever comes
 * first waits for the other.
 */
export class OpenExchanges {
  readonly #open = new Map<number, Exchange>();
  readonly #ends = new Map<number, Ending>();

  /** Notes an exchange that has just been read; one whose end is known has ended. */
  note(exchange: Exchange): void {
    const { seq, endedAt } = exchange;
    const end = this.#ends.get(seq);
    if (end) {
      endExchange(exchange, end);
      this.#ends.delete(seq);
    } else if (endedAt === undefined) this.#open.set(seq, exchange);
  }

  /** @returns the exchange that has ended, as it was while it was open; undefined: it has not been read yet */
  end(seq: number, end: Ending): Exchange | undefined {
    const exchange = this.#open.get(seq);
    if (exchange) this.#open.delete(seq);
    else this.#ends.set(seq, end);
    return exchange;
  }

  copy(): OpenExchanges {
    const copy = new OpenExchanges();
    for (const [seq, exchange] of this.#open) copy.#open.set(seq, exchange);
    for (const [seq, end] of this.#ends) copy.#ends.set(seq, end);
    return copy;
  }
}
