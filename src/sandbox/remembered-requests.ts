/** What is known of a request that has scheduled a job. */
export interface Remembered {
  job: string;
  /** Bits of what it asked for: another request with its name has others. */
  content: number;
}

/** Requests of a session by their names, the newest `limit` of them. */
export class RememberedRequests {
  #byName = new Map<string, Remembered>();

  constructor(readonly limit: number) {}

  copy(): RememberedRequests {
    const copy = new RememberedRequests(this.limit);
    copy.#byName = new Map(this.#byName);
    return copy;
  }

  get(name: string): Remembered | undefined {
    return this.#byName.get(name);
  }

  /** Oldest first. */
  all(): IterableIterator<[string, Remembered]> {
    return this.#byName.entries();
  }

  remember(name: string, { job, content }: Remembered): void {
    this.#byName.delete(name);
    this.#byName.set(name, { job, content });
    if (this.#byName.size <= this.limit) return;
    const [oldest] = this.#byName.keys();
    if (oldest !== undefined) this.#byName.delete(oldest);
  }
}
