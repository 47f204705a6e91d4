import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Group } from '../../store/group.js';
import type { RecordStore, StoredRecord } from '../../store/store.js';
import type { Change } from '../change.js';
import type { ColdJobs } from '../cold-jobs.js';
import { exchangeFact } from '../facts/exchange-fact.js';
import { ExchangeTexts, FactReader } from '../facts/exchange-texts.js';
import type { Fact } from '../facts/fact.js';
import type { Fold } from '../facts/fold.js';
import { jobsIn } from '../facts/jobs-in.js';
import { stateFacts } from '../facts/state-facts.js';
import { factsOf } from '../facts/told-facts.js';
import { factText } from '../facts/write-fact.js';
import type { Ending, Exchange } from '../journal.js';
import type { Keeper } from '../keeper.js';
import { MovedOn } from '../moved-on.js';
import type { SessionParts } from '../session-parts.js';
import { nothingWanted, type Wants } from '../wants.js';
import type { ColdReader } from './cold-reader.js';
import type { Mark, SessionRecords } from './session-records.js';

/** What a keeper needs of where it keeps. */
export interface KeptIn {
  group: Group<string>;
  store: RecordStore;
  storing: Storing;
  /** Told when something could not be kept: what sessions hold has run ahead of the store. */
  lost(error: Error): void;
  /** Told when others have changed a session; undefined: nobody else does. */
  movedOn?: ((session: string) => void) | undefined;
}

/** How a session is spread over memory and store. */
export interface Storing {
  /** So many jobs stay in memory; those that have not been asked for lie in the store alone. */
  inMemory: number;
  /** After so many facts records are written anew; a session that is found again reads no more than these. */
  recordEvery: number;
  /**
   * The same once what has changed weighs as much as so many jobs: their records are one batch, and hold others up. Fewer
   * would have each poll of a thousand jobs write all of them again and again.
   */
  recordMost: number;
}

export const STORING: Storing = { inMemory: 10_000, recordEvery: 16_000, recordMost: 4_000 };

/** How far a session has been kept. */
export interface Standing {
  /** How many facts it has had. */
  position: number;
  /** Which of the sessions of its name it is, where others may begin one anew. */
  birth?: string | undefined;
  /** The facts up to here are in its records. */
  recorded: number;
  marks: Mark[];
}

/** Facts that are told at a time: nobody else waits for long. */
const SLICE = 500;
/** Records that are made at a time, at least. */
const RECORDS = 100;

/** Exchanges from one mark to the next. */
const MARK_EVERY = 1000;

/** All who write a session begin anew at these exchanges. */
export function isMark(seq: number): boolean {
  return seq % MARK_EVERY === 1;
}

/** Notes where the fact of an exchange stands, of some; whoever reads may begin there. @returns whether it has */
export function markExchange({ marks }: Standing, seq: number, position: number): boolean {
  if (!isMark(seq)) return false;
  marks.push([seq, position]);
  return true;
}

/**
 * Keeps a session in a store: its facts, as JSON, in the order in which it gains them, those of one turn of the event
 * loop together; and behind them, what they come to.
 */
export class StoreKeeper implements Keeper {
  readonly atOnce = false;
  readonly shared: boolean;
  #pending: string[] = [];
  #failure: Error | undefined;
  #stopped = false;
  #recording: Promise<void> | undefined;
  #repacing: Promise<void> | undefined;
  readonly #exchanges: ExchangeTexts;
  /** Told of the newest append that is under way. */
  #newest: ((error?: Error) => void)[] | undefined;
  /** What others were heard to do meanwhile. */
  #early: [birth: string, after: number, facts: readonly string[]][] = [];

  /** @param told hashes of the scenarios that facts have told */
  constructor(
    private readonly parts: SessionParts,
    private readonly kept: KeptIn,
    private readonly standing: Standing,
    private readonly told: Set<string>,
    private readonly cold: ColdJobs,
    private readonly records: SessionRecords,
    private readonly reader: ColdReader,
    private readonly fold: Fold,
    private readonly written = new FactReader(),
  ) {
    this.#exchanges = new ExchangeTexts(parts.state.setup.compressor);
    this.shared = kept.movedOn !== undefined;
  }

  get stale(): boolean {
    return this.#failure !== undefined;
  }

  /** Nothing is under way to the store. */
  get idle(): boolean {
    return this.#pending.length === 0 && this.#newest === undefined;
  }

  /** How far it knows its session. */
  get known(): Pick<Standing, 'position' | 'birth'> {
    return this.standing;
  }

  changed(changes: readonly Change[]): void {
    const { compressor } = this.parts.state.setup;
    for (const change of changes) {
      this.records.note(change);
      if (change.kind === 'scheduled') {
        for (const fact of factsOf(change, compressor, this.told)) {
          if (fact.k === 'scenario') this.fold.add(fact);
          this.note(fact);
        }
      } else this.#keep(factText(change, compressor));
    }
  }

  wrote(exchange: Exchange): void {
    const { standing } = this;
    const position = standing.position + this.#pending.length;
    if (markExchange(standing, exchange.seq, position)) this.#beginAnew();
    const text = this.#exchanges.textOf(exchange);
    // Others may write theirs by one that was written here.
    if (this.shared) this.written.note(exchange.seq, text);
    this.#keep(text);
  }

  /** All servers do so at the same exchanges: none of what follows is written by what stands before. */
  #beginAnew(): void {
    this.#exchanges.beginAnew();
    this.written.beginAnew();
  }

  ended({ seq }: Exchange, end: Ending): void {
    this.note({ k: 'ended', seq, ...end });
  }

  saved(then: (error?: Error) => void): void {
    if (this.#pending.length > 0) this.#add(then);
    else if (this.#newest) this.#newest.push(then);
    else then(this.#failure);
  }

  async fetch({ jobs, due, all, journal }: Wants): Promise<void> {
    if (jobs.size > 0) await this.reader.jobs([...jobs]);
    if (due) {
      await this.#recording;
      while (this.cold.outdated > 0 && !this.#stopped) await this.#repaceOnce();
      await this.reader.due(this.parts.state.clock.now());
    }
    if (all) await this.reader.newest();
    if (journal) await this.reader.journal(this.standing.recorded);
  }

  /** Once the journal has let exchanges go, those that it has, and then what all of it has come to. */
  async *facts(): AsyncGenerator<readonly Fact[]> {
    const { state, journal } = this.parts;
    const { store } = this.kept;
    await new Promise<void>((done) => this.saved(() => done()));
    const { trimmed = 0 } = (await store.find(state.name)) ?? {};
    if (trimmed === 0) {
      const written = new FactReader();
      for await (const slice of store.read(state.name, 0)) {
        yield slice.map((text) => written.read(text));
      }
      return;
    }
    await this.fetch({ ...nothingWanted(), all: true, journal: true });
    const { compressor } = state.setup;
    const exchanges = journal.read().map((one) => exchangeFact(one, compressor));
    const [began, ...others] = stateFacts(state, journal.dropped, compressor, new Set());
    yield [knownFrom(began as Fact, journal.dropped + journal.size)];
    for (const all of [exchanges, others]) {
      for (let from = 0; from < all.length; from += SLICE) yield all.slice(from, from + SLICE);
    }
  }

  /** Others have changed the session: what it has gained here since is to be decided again. */
  moveOn(): void {
    const { movedOn } = this.kept;
    if (!movedOn) this.kept.lost(new Error('somebody else has written to this session'));
    else if (!this.#failure && !this.#stopped) {
      this.lose(new MovedOn());
      movedOn(this.parts.state.name);
    }
  }

  /**
   * Takes in what others have done, where it goes on from what is known here; else the session is read again.
   * @param birth empty: the session was deleted, or nobody knows what was done
   */
  hear(birth: string, after: number, facts: readonly string[]): void {
    const { standing } = this;
    if (this.#failure || this.#stopped) return;
    const isSame = birth === standing.birth;
    // What was done here is told as well; and what is under way will be found to have missed it.
    if (isSame && after < standing.position) return;
    if (this.#newest || this.#pending.length > 0) this.#early.push([birth, after, facts]);
    else if (!isSame || after > standing.position || !this.#takeIn(facts)) this.moveOn();
  }

  /** What came while something of the session was under way. */
  #hearEarly(): void {
    if (this.#early.length === 0 || this.#newest || this.#pending.length > 0) return;
    for (const [birth, after, facts] of this.#early.splice(0)) this.hear(birth, after, facts);
  }

  /** False: it cannot be taken in one by one. */
  #takeIn(facts: readonly string[]): boolean {
    const { standing, parts } = this;
    const heard: NonNullable<ReturnType<Fold['add']>>[] = [];
    try {
      for (const text of facts) {
        const fact = this.written.readBriefly(text);
        if (jobsIn(fact).some((key) => parts.state.jobs.misses(key))) return false;
        if (fact.k === 'exchange' && markExchange(standing, fact.exchange.seq, standing.position)) {
          this.#beginAnew();
          this.written.read(text);
        }
        if (fact.k === 'scenario') this.told.add(fact.hash);
        const gained = this.fold.add(fact);
        this.records.noteFact(fact);
        standing.position += 1;
        if (gained !== undefined && fact.k !== 'ended') heard.push(gained);
      }
    } catch {
      return false;
    }
    // Whoever is told looks at the session: all that was done at once has to be there by then.
    for (const gained of heard) parts.onHeard(gained);
    return true;
  }

  /** Nothing of it is kept any more. */
  lose(error: Error): void {
    this.#failure ??= error;
    this.#pending = [];
    this.#early = [];
  }

  /** The session is deleted: what it still gains is of no account. */
  stop(): void {
    this.#stopped = true;
    this.#pending = [];
  }

  note(fact: Fact): void {
    this.#keep(JSON.stringify(fact));
  }

  #keep(fact: string): void {
    if (this.#stopped || this.#failure) return;
    if (this.#pending.length === 0) queueMicrotask(() => this.#add());
    this.#pending.push(fact);
  }

  #add(then?: (error?: Error) => void): void {
    this.#flush(then);
    const { position, recorded } = this.standing;
    const { recordEvery, recordMost } = this.kept.storing;
    const isMuch = position - recorded >= recordEvery || this.records.weight >= recordMost;
    if (isMuch && !this.#recording && !this.#stopped) this.#recording = this.#record();
  }

  #flush(then?: (error?: Error) => void): void {
    const facts = this.#pending;
    if (facts.length === 0) return;
    this.#pending = [];
    const { standing } = this;
    const { position: expected, birth } = standing;
    const append = { session: this.parts.state.name, birth, expected, facts };
    standing.position += facts.length;
    const waiting = then ? [then] : [];
    this.#newest = waiting;
    this.kept.group.add(append, (failure, missed) => {
      if (this.#newest === waiting) this.#newest = undefined;
      if (missed) this.moveOn();
      else if (failure) this.kept.lost(failure);
      const error = missed ? this.#failure : failure;
      for (const each of waiting) each(error);
      this.#hearEarly();
    });
  }

  /** Nobody waits for it. What fails is told by the next append. */
  async #record(): Promise<void> {
    const { standing, kept, parts } = this;
    const { name } = parts.state;
    // Records have all that has happened.
    this.#flush();
    const { position } = standing;
    const taken = this.records.take(position, standing.marks);
    // Whoever reads may begin here: what follows takes nothing for known that was told before.
    this.#exchanges.beginAnew();
    this.told.clear();
    try {
      const records = await this.#made(taken);
      await new Promise<void>((done, fail) =>
        kept.group.saved((error) => (error ? fail(error) : done())),
      );
      if (this.#stopped) return;
      const recorded = kept.store.record(name, position, records);
      this.cold.haveLeft();
      await recorded;
      standing.recorded = position;
      this.#putAway();
      await this.#trim();
    } catch (error) {
      if (!this.#stopped) kept.lost(error as Error);
    } finally {
      this.#recording = undefined;
    }
  }

  /** In each turn of the event loop more than come due in it, however many clients there are: else it would never end. */
  async #made(taken: Iterable<StoredRecord>): Promise<StoredRecord[]> {
    const made: StoredRecord[] = [];
    let until = RECORDS;
    for (const record of taken) {
      if (made.push(record) < until) continue;
      const before = this.records.weight;
      await nextTurn();
      until = made.length + Math.max(RECORDS, this.records.weight - before);
    }
    return made;
  }

  #repaceOnce(): Promise<void> {
    this.#repacing ??= this.#repace().finally(() => {
      this.#repacing = undefined;
    });
    return this.#repacing;
  }

  /** Records that tell moments of another pace get those of the present one, no more at a time than stay in memory. */
  async #repace(): Promise<void> {
    const { cold, records, reader } = this;
    const { outdated } = cold;
    let noted = 0;
    for await (const keys of reader.outdated()) {
      for (const key of keys) records.noteJob(key);
      noted += keys.length;
      if (noted < this.kept.storing.inMemory) continue;
      noted = 0;
      await this.#recording;
      this.#recording ??= this.#record();
      await this.#recording;
    }
    if (cold.outdated === outdated) cold.bringUpToDate();
  }

  #putAway(): void {
    const { jobs } = this.parts.state;
    let over = this.cold.filed.size - this.kept.storing.inMemory;
    if (over <= 0 || this.parts.pinned()) return;
    for (const [key, { stored }] of this.cold.filed) {
      if (over <= 0) break;
      if (!stored || this.records.isChanged(key) || jobs.at(key)?.webhooks) continue;
      jobs.putAway(key);
      over -= 1;
    }
  }

  /** Facts of exchanges that the journal has let go are of no use any more. */
  async #trim(): Promise<void> {
    const { standing, parts, kept } = this;
    const { marks, recorded } = standing;
    // Whoever reads behind the records may need what stands since the mark before them.
    const past = marks.findLastIndex(
      ([seq, position]) => seq <= parts.journal.dropped + 1 && position <= recorded,
    );
    const mark = marks[past];
    if (!mark || past === 0) return;
    marks.splice(0, past);
    await kept.store.trim(parts.state.name, mark[1]);
  }
}

/** What a session begins with whose states stand behind its exchanges. */
function knownFrom(began: Fact, exchanges: number): Fact {
  if (began.k !== 'began' || !began.dropped) return began;
  return { ...began, dropped: { ...began.dropped, states: exchanges } };
}
