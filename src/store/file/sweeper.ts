import type { Database } from './database.js';
import { type Between, factsBetween, factsPrefix, goneKey, recordKey, under } from './keys.js';
import type { Batch } from './sessions.js';

/** Keys that are deleted at a time: writes of the path wait for no more than that. */
const SLICE = 1_000;

interface Sweep {
  between: Between[];
  /** What is deleted at last. */
  last?: string;
}

/** Deletes, in the background and in small slices, what trimmed and ended sessions have left. */
export class Sweeper {
  #sweeps: Sweep[] = [];
  #working: Promise<void> | undefined;
  #stopped = false;
  /** Facts up to here were deleted since the store was opened, by the id of the session. */
  readonly #trimmed = new Map<string, number>();

  constructor(private readonly database: Database) {}

  /** Goes on with what was left when the store was closed. */
  async begin(): Promise<void> {
    const gone = goneKey('');
    for (const key of await this.database.keys(under(gone), -1)) this.#end(key.slice(gone.length));
    this.#work();
  }

  /** Deletes what is not needed any more now that a batch is written. */
  sweep({ ended, sessions }: Batch): void {
    for (const { id } of ended) this.#end(id);
    for (const [, { head }] of sessions) this.#trim(head.id, head.trimmed);
    this.#work();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#working;
  }

  #end(id: string): void {
    this.#trimmed.delete(id);
    const between = [under(factsPrefix(id)), under(recordKey(id, ''))];
    this.#sweeps.push({ between, last: goneKey(id) });
  }

  #trim(id: string, position: number): void {
    const after = this.#trimmed.get(id) ?? 0;
    if (position <= after) return;
    this.#trimmed.set(id, position);
    this.#sweeps.push({ between: [factsBetween(id, after, position)] });
  }

  #work(): void {
    if (this.#working || this.#sweeps.length === 0) return;
    this.#working = this.#sweepAll()
      // The next batch that is written begins it again.
      .catch(() => {})
      .finally(() => {
        this.#working = undefined;
      });
  }

  async #sweepAll(): Promise<void> {
    for (let sweep = this.#sweeps[0]; sweep && !this.#stopped; sweep = this.#sweeps[0]) {
      for (const between of sweep.between) await this.#delete(between);
      if (this.#stopped) return;
      if (sweep.last) await this.database.write([{ key: sweep.last, value: undefined }], false);
      this.#sweeps.shift();
    }
  }

  async #delete(between: Between): Promise<void> {
    let rest = between;
    while (!this.#stopped) {
      const keys = await this.database.keys(rest, SLICE);
      if (keys.length > 0)
        await this.database.write(
          keys.map((key) => ({ key, value: undefined })),
          false,
        );
      if (keys.length < SLICE) return;
      rest = { gt: keys.at(-1) as string, lt: between.lt };
    }
  }
}
