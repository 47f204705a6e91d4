import { ControlProblem } from '../../sandbox-error.js';
import { Group } from '../../store/group.js';
import type { Elsewhere, RecordStore, SharedStore } from '../../store/store.js';
import { ColdJobs } from '../cold-jobs.js';
import type { DroppedFact } from '../facts/fact.js';
import { Fold, NewerFacts, UnservedApi } from '../facts/fold.js';
import { begunFact } from '../facts/write-fact.js';
import type { Keeper } from '../keeper.js';
import type { SessionParts } from '../session-parts.js';
import type { FoundSession, Others, SessionStore, StoreView } from '../session-store.js';
import type { Setup } from '../setup.js';
import { ColdReader } from './cold-reader.js';
import { findSession } from './find-session.js';
import { OtherServers } from './other-servers.js';
import { SessionRecords } from './session-records.js';
import { type KeptIn, STORING, StoreKeeper, type Storing } from './store-keeper.js';

/** Where others append to the same sessions. */
export interface Shared {
  store: SharedStore;
  /** Others have changed a session: it is to be read again. */
  renew(session: string): void;
  /** Others have kept facts of a session that is not known here. */
  heard(session: string, facts: readonly string[]): void;
  /** Nobody knows what others have done meanwhile. */
  gap(): void;
  /** The store may have forgotten the last of what it was told. */
  restarted(): void;
  /** A server says something to all. */
  said(text: string): void;
}

/** Sessions whose facts lie in a store. */
export class StoredSessions implements SessionStore {
  readonly #group: Group<string>;
  readonly #keepers = new Map<string, StoreKeeper>();
  readonly #kept: KeptIn;
  readonly #unwatch: (() => void) | undefined;
  readonly #others: OtherServers | undefined;

  /** @param onLoss told when what sessions hold in memory has run ahead of what could be kept */
  constructor(
    private readonly store: RecordStore,
    private readonly setup: Setup,
    private readonly view: Omit<StoreView, 'since' | 'opened'>,
    private readonly onLoss: (error: Error) => void,
    private readonly shared?: Shared,
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
    this.#others = shared && new OtherServers(shared.store, setup);
    this.#unwatch = shared?.store.watch((done) => this.#hear(done));
  }

  leave(name: string): void {
    this.#keepers.delete(name);
  }

  /** Has a session something else than what is known of it here? */
  async isBehind(name: string): Promise<boolean> {
    if (!this.shared) return false;
    await this.#allKept();
    const keeper = this.#keepers.get(name);
    if (!keeper) return false;
    const before = keeper.known.position;
    const kept = await this.store.find(name);
    const { position, birth } = keeper.known;
    if (!kept) return position > 0;
    // The store has forgotten, unless facts are just on their way there.
    const isLess = kept.position < position && position === before && keeper.idle;
    return kept.birth !== birth || kept.position > position || isLess;
  }

  #hear(done: Elsewhere): void {
    if (done.kind === 'gap') {
      for (const keeper of this.#keepers.values()) keeper.hear('', 0, []);
      this.shared?.gap();
    } else if (done.kind === 'restarted') this.shared?.restarted();
    else if (done.kind === 'said') this.shared?.said(done.text);
    else if (done.kind === 'ended') this.#keepers.get(done.session)?.hear('', 0, []);
    else {
      const keeper = this.#keepers.get(done.session);
      if (keeper) keeper.hear(done.birth, done.after, done.facts);
      else this.shared?.heard(done.session, done.facts);
    }
  }

  async answers(): Promise<void> {
    await this.shared?.store.answers();
  }

  get others(): Others | undefined {
    return this.#others;
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
    return { ...this.view, ...this.store.life, ...this.#others?.describe() };
  }

  async close(): Promise<void> {
    await new Promise<void>((done) => this.#group.saved(() => done()));
    this.#unwatch?.();
    this.#others?.end();
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
