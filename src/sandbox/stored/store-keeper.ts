import type { Group } from '../../store/group.js';
import type { RecordStore } from '../../store/store.js';
import type { Change } from '../change.js';
import { exchangeFact } from '../facts/exchange-fact.js';
import type { Fact } from '../facts/fact.js';
import { factsOf } from '../facts/told-facts.js';
import type { Exchange } from '../journal.js';
import type { Keeper } from '../keeper.js';
import type { SessionState } from '../state.js';

/** What a keeper needs of where it keeps. */
export interface KeptIn {
  group: Group<string>;
  store: RecordStore;
  /** Told when something could not be kept: what sessions hold has run ahead of the store. */
  lost(error: Error): void;
}

/**
 * Keeps a session in a store: its facts, as JSON, in the order in which it gains them. Those of one turn of the event
 * loop go together.
 */
export class StoreKeeper implements Keeper {
  readonly atOnce = false;
  #pending: string[] = [];
  #failure: Error | undefined;
  #stopped = false;

  /**
   * @param position how many facts it has had
   * @param told hashes of the scenarios that facts have told
   */
  constructor(
    private readonly state: SessionState,
    private readonly kept: KeptIn,
    private position: number,
    private readonly told: Set<string>,
  ) {}

  changed(changes: readonly Change[]): void {
    const { compressor } = this.state.setup;
    for (const change of changes) {
      for (const fact of factsOf(change, compressor, this.told)) this.note(fact);
    }
  }

  wrote(exchange: Exchange): void {
    this.note(exchangeFact(exchange, this.state.setup.compressor));
  }

  ended({ seq, endedAt, durationMs, aborted }: Exchange): void {
    this.note({ k: 'ended', seq, endedAt, durationMs, aborted });
  }

  saved(then: (error?: Error) => void): void {
    if (this.#failure) then(this.#failure);
    else if (this.#pending.length > 0) this.#add(then);
    else this.kept.group.saved((failure) => then(this.#failure ?? failure));
  }

  async *facts(): AsyncGenerator<readonly Fact[]> {
    await new Promise<void>((done) => this.saved(() => done()));
    for await (const slice of this.kept.store.read(this.state.name, 0)) {
      yield slice.map((fact) => JSON.parse(fact) as Fact);
    }
  }

  /** Nothing of it is kept any more. */
  lose(error: Error): void {
    this.#failure ??= error;
    this.#pending = [];
  }

  /** The session is deleted: what it still gains is of no account. */
  stop(): void {
    this.#stopped = true;
    this.#pending = [];
  }

  note(fact: Fact): void {
    if (this.#stopped || this.#failure) return;
    if (this.#pending.length === 0) queueMicrotask(() => this.#add());
    this.#pending.push(JSON.stringify(fact));
  }

  #add(then?: (error?: Error) => void): void {
    const facts = this.#pending;
    if (facts.length === 0) return;
    this.#pending = [];
    const append = { session: this.state.name, expected: this.position, facts };
    this.position += facts.length;
    this.kept.group.add(append, (failure, missed) => {
      const error = failure ?? (missed && new Error('somebody else has written to this session'));
      if (error) this.kept.lost(error);
      then?.(this.#failure ?? error);
    });
  }
}
