/** Keeps the newest `limit` items in order of arrival and counts what it let go. */
export class Bounded<T> {
  #items: T[] = [];
  #head = 0;
  #dropped = 0;

  constructor(readonly limit: number) {}

  /** Adds an item; returns the one that had to go, if any. */
  push(item: T): T | undefined {
    this.#items.push(item);
    if (this.size <= this.limit) return undefined;
    const gone = this.#items[this.#head] as T;
    this.#items[this.#head] = undefined as T;
    this.#head += 1;
    this.#dropped += 1;
    if (this.#head > 1024 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return gone;
  }

  /** Notes how many were let go before. */
  hasDropped(count: number): void {
    this.#dropped = count;
  }

  /** Puts an item in the place of the one there is. */
  put(place: number, item: T): void {
    if (place >= 0 && place < this.size) this.#items[this.#head + place] = item;
  }

  copy(): Bounded<T> {
    const copy = new Bounded<T>(this.limit);
    copy.#items = this.#items.slice(this.#head);
    copy.#dropped = this.#dropped;
    return copy;
  }

  get size(): number {
    return this.#items.length - this.#head;
  }

  get dropped(): number {
    return this.#dropped;
  }

  /** The item at a place, 0 for the oldest that is kept. */
  at(place: number): T | undefined {
    return place < 0 ? undefined : this.#items[this.#head + place];
  }
}
