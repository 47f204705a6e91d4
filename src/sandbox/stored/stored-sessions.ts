import { ControlProblem } from '../../sandbox-error.js';
import { Group } from '../../store/group.js';
import type { Elsewhere, RecordStore, SharedStore } from '../../store/store.js';
import { ColdJobs } from '../cold-jobs.js';
import type { DroppedFact } from '../facts/fact.js';
import { Fold, NewerFacts, UnservedApi } from '../facts/fold.js';
import { begunFact } from '../facts/write-fact.js';
import type { Keeper } from '../keeper.js';
import type { SessionParts } from '../session-parts.js';
import type { FoundSession, SessionStore, StoreView } from '../session-store.js';
import type { Setup } from '../setup.js';
import { ColdReader } from './cold-reader.js';
import { findSession } from './find-session.js';
import { SessionRecords } from './session-records.js';
import { type KeptIn, STORING, StoreKeeper, type Storing } from './store-keeper.js';

/** Sessions whose facts lie in a store. */
export class StoredSessions implements SessionStore {
  readonly #group: Group<string>;
  readonly #keepers = new Map<string, StoreKeeper>();
  readonly #kept: KeptIn;
  readonly #unwatch: (() => void) | undefined;

  /** @param onLoss told when what sessions hold in memory has run ahead of what could be kept */
  constructor(
    private readonly store: RecordStore,
    private readonly setup: Setup,
    private readonly view: Omit<StoreView, 'since' | 'opened'>,
    private readonly onLoss: (error: Error) => void,
    /** Where others append to the same sessions: how one that they have changed is read again. */
    private readonly shared?: { store: SharedStore; renew(session: string): void },
    storing: Partial<Storing> = {},
  ) {
    this.#group = new Group(store);
    this.#kept = {
      group: this.#group,
      store,
      storing: { ...STORING, ...storing },
      lost: (error) => this.#lose(error),
      movedOn: shared && ((session) => shared.renew(session)),
    };
    this.#unwatch = shared?.store.watch((done) => this.#hear(done));
  }

  /** Has a session more than what is known of it here? */
  async isBehind(name: string): Promise<boolean> {
    if (!this.shared) return false;
    await this.#allKept();
    const keeper = this.#keepers.get(name);
    if (!keeper) return false;
    const kept = await this.store.find(name);
    const { position, birth } = keeper.known;
    if (!kept) return position > 0;
    return kept.birth !== birth || kept.position > position;
  }

  #hear(done: Elsewhere): void {
    if (done.kind === 'gap') for (const keeper of this.#keepers.values()) keeper.hear('', 0, []);
    else if (done.kind === 'ended') this.#keepers.get(done.session)?.hear('', 0, []);
    else this.#keepers.get(done.session)?.hear(done.birth, done.after, done.facts);
  }

  async find(name: string): Promise<FoundSession | undefined> {
    await this.#allKept();
    const kept = await this.store.find(name);
    if (!kept) return undefined;
    try {
      const { parts, keeper } = await findSession(name, this.setup, kept, this.#kept);
      this.#keepers.set(name, keeper);
      return { parts, keeper };
    } catch (error) {
      throw problemOf(error as Error, name);
    }
  }

  begin(name: string, parts: SessionParts, dropped?: DroppedFact): Keeper {
    const cold = new ColdJobs();
    parts.state.jobs.useStore(cold);
    const records = new SessionRecords(parts, cold);
    const reader = new ColdReader(this.store, parts, cold);
    const birth = this.shared?.store.newBirth();
    const standing = { position: 0, recorded: 0, marks: [], birth };
    const [kept, fold] = [this.#kept, new Fold(parts)];
    const keeper = new StoreKeeper(parts, kept, standing, new Set(), cold, records, reader, fold);
    this.#keepers.set(name, keeper);
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
    return { ...this.view, ...this.store.life };
  }

  async close(): Promise<void> {
    await new Promise<void>((done) => this.#group.saved(() => done()));
    this.#unwatch?.();
    await this.store.close();
  }

  #allKept(): Promise<void> {
    return new Promise((done, fail) =>
      this.#group.saved((error) => (error ? fail(error) : done())),
    );
  }

  /** What was decided since cannot be true: sessions are read again from what is kept. */
  #lose(error: Error): void {
    if (this.#keepers.size === 0) return;
    for (const keeper of this.#keepers.values()) keeper.lose(error);
    // Each is read again when it is asked for.
    if (this.shared) return;
    this.#keepers.clear();
    this.onLoss(error);
  }
}

function problemOf(error: Error, session: string): Error {
  if (error instanceof NewerFacts) {
    const what = `session "${session}" was kept by a newer version: ${error.message}`;
    return new ControlProblem(409, 'SESSION_NEWER', what, 'open it with that version');
  }
  if (!(error instanceof UnservedApi)) return error;
  const what = `session "${session}" has a job of the API "${error.api}", which is not served now`;
  const hint = 'serve it as before (--pack, --binding), or DELETE the session';
  return new ControlProblem(409, 'SESSION_UNSERVED_API', what, hint);
}
