import { ControlProblem } from '../../sandbox-error.js';
import { Group } from '../../store/group.js';
import type { RecordStore } from '../../store/store.js';
import type { DroppedFact, Fact } from '../facts/fact.js';
import { Fold, UnservedApi } from '../facts/fold.js';
import { begunFact } from '../facts/write-fact.js';
import type { Keeper } from '../keeper.js';
import { beginParts, type SessionParts } from '../session-parts.js';
import type { FoundSession, SessionStore, StoreView } from '../session-store.js';
import type { Setup } from '../setup.js';
import { type KeptIn, StoreKeeper } from './store-keeper.js';

/** Sessions whose facts lie in a store. */
export class StoredSessions implements SessionStore {
  readonly #group: Group<string>;
  readonly #keepers = new Map<string, StoreKeeper>();
  readonly #kept: KeptIn;

  /** @param onLoss told when what sessions hold in memory has run ahead of what could be kept */
  constructor(
    private readonly store: RecordStore,
    private readonly setup: Setup,
    private readonly view: Pick<StoreView, 'folder' | 'durability'>,
    private readonly onLoss: (error: Error) => void,
  ) {
    this.#group = new Group(store);
    this.#kept = { group: this.#group, store, lost: (error) => this.#lose(error) };
  }

  async find(name: string): Promise<FoundSession | undefined> {
    await this.#allKept();
    if (!(await this.store.find(name))) return undefined;
    const parts = beginParts(name, this.setup);
    const fold = new Fold(parts);
    let position = 0;
    for await (const slice of this.store.read(name, 0)) {
      for (const fact of slice) {
        position += 1;
        addTo(fold, JSON.parse(fact) as Fact, name);
      }
    }
    return { parts, keeper: this.#keep(parts, position, new Set(fold.scenarios.hashes())) };
  }

  begin(_: string, parts: SessionParts, dropped?: DroppedFact): Keeper {
    const keeper = this.#keep(parts, 0, new Set());
    keeper.note({ k: 'began', ...begunFact(parts.state), dropped });
    return keeper;
  }

  async end(name: string): Promise<void> {
    this.#keepers.get(name)?.stop();
    this.#keepers.delete(name);
    await this.#allKept();
    await this.store.end(name);
  }

  names(): AsyncIterable<readonly string[]> {
    return this.store.sessions();
  }

  saved(then: (error?: Error) => void): void {
    this.#group.saved(then);
  }

  describe(): StoreView {
    return { kind: 'file', ...this.view, ...this.store.life };
  }

  async close(): Promise<void> {
    await new Promise<void>((done) => this.#group.saved(() => done()));
    await this.store.close();
  }

  #allKept(): Promise<void> {
    return new Promise((done, fail) =>
      this.#group.saved((error) => (error ? fail(error) : done())),
    );
  }

  #keep(parts: SessionParts, position: number, told: Set<string>): StoreKeeper {
    const keeper = new StoreKeeper(parts.state, this.#kept, position, told);
    this.#keepers.set(parts.state.name, keeper);
    return keeper;
  }

  /** What was decided since cannot be true: sessions are read again from what is kept. */
  #lose(error: Error): void {
    if (this.#keepers.size === 0) return;
    for (const keeper of this.#keepers.values()) keeper.lose(error);
    this.#keepers.clear();
    this.onLoss(error);
  }
}

function addTo(fold: Fold, fact: Fact, session: string): void {
  try {
    fold.add(fact);
  } catch (error) {
    if (!(error instanceof UnservedApi)) throw error;
    const what = `session "${session}" has a job of the API "${error.api}", which is not served now`;
    const hint = 'serve it as before (--pack, --binding), or DELETE the session';
    throw new ControlProblem(409, 'SESSION_UNSERVED_API', what, hint);
  }
}
