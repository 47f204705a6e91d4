import type { Scenario } from '../../scenario/scenario.js';
import type { RecordStore } from '../../store/store.js';
import type { Moment } from '../../time/moments.js';
import type { Api } from '../api.js';
import type { ColdJobs } from '../cold-jobs.js';
import type { Compressor } from '../compressed-text.js';
import { FactReader } from '../facts/exchange-texts.js';
import { servedApi } from '../facts/fold.js';
import { readJob } from '../facts/job-fact.js';
import { OpenExchanges } from '../facts/open-exchanges.js';
import { readExchange } from '../facts/read-fact.js';
import { ScenarioBook } from '../facts/scenario-book.js';
import { type Exchange, endExchange } from '../journal.js';
import type { SessionParts } from '../session-parts.js';
import { filedOf, type JobRecord } from './job-records.js';
import {
  bodyKeyOf,
  dueKeyOf,
  jobKeyOf,
  momentOf,
  numberKeyOf,
  orderOf,
  scenarioKeyOf,
} from './record-keys.js';

/** Jobs that are read at a time: nobody else waits for long. */
const SLICE = 500;

/** So many jobs anybody is shown, of a session that has more. */
const SHOWN = 20_000;

const FIRST_DUE = 'due/';
const LAST_DUE = 'due0';

/** Takes jobs and exchanges of a session out of its store. */
export class ColdReader {
  readonly #apis: ReadonlyMap<string, Api>;
  /** Keys of jobs that are being read. */
  readonly #reading = new Map<string, Promise<void>>();
  readonly #book: ScenarioBook;
  /** Where to look next for what is due; it holds as long as nothing has been put away. */
  #from = FIRST_DUE;
  #seen = 0;
  #looking: Promise<void> | undefined;

  constructor(
    private readonly store: RecordStore,
    private readonly parts: SessionParts,
    private readonly cold: ColdJobs,
    book = new ScenarioBook(),
    private readonly open = new OpenExchanges(),
  ) {
    const { apis } = parts.state.setup;
    this.#apis = new Map(apis.map((api) => [api.name, api]));
    this.#book = book;
  }

  /** Takes jobs out by their keys, those that there are. */
  async jobs(keys: readonly string[]): Promise<void> {
    const { jobs } = this.parts.state;
    const wanted = keys.filter((key) => !jobs.at(key));
    for (let from = 0; from < wanted.length; from += SLICE) {
      const slice = wanted.slice(from, from + SLICE);
      await Promise.all(slice.map((key) => this.#reading.get(key)));
      const missing = slice.filter((key) => !jobs.at(key));
      const reading = this.#read(missing);
      for (const key of missing) this.#reading.set(key, reading);
      try {
        await reading;
      } finally {
        for (const key of missing) this.#reading.delete(key);
      }
    }
  }

  /** Takes out those that time alone moves next, as many as one turn bears; once for all who ask meanwhile. */
  due(now: Moment): Promise<void> {
    this.#looking ??= this.#lookForDue(now).finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #lookForDue(now: Moment): Promise<void> {
    const { cold } = this;
    // What has been put away meanwhile may be due before those that were seen.
    const isUnknown = cold.until === Number.NEGATIVE_INFINITY;
    if (isUnknown || this.#seen !== cold.putAwayEver) this.#from = FIRST_DUE;
    this.#seen = cold.putAwayEver;
    const before = dueKeyOf({ at: now + 1, order: 0 });
    const range = { from: this.#from, before, limit: SLICE };
    const due = await this.store.range(this.parts.state.name, range);
    await this.jobs(due.map(({ value }) => value));
    const last = due.at(-1);
    this.#from = last === undefined || due.length < SLICE ? before : `${last.key}!`;
    const next = await this.#soonest(this.#from);
    if (this.#seen === cold.putAwayEver) cold.until = next;
  }

  /** Takes those out whose records tell moments of another pace, and tells their keys, some at a time. */
  async *outdated(): AsyncGenerator<readonly string[]> {
    const { cold } = this;
    for (let from = FIRST_DUE; ; ) {
      const range = { from, before: LAST_DUE, limit: SLICE };
      const due = await this.store.range(this.parts.state.name, range);
      const old = due.filter(({ key }) => cold.isOutdated({ order: orderOf(key) }));
      const keys = old.map(({ value }) => value);
      await this.jobs(keys);
      if (keys.length > 0) yield keys;
      const last = due.at(-1);
      if (last === undefined || due.length < SLICE) return;
      from = `${last.key}!`;
    }
  }

  /** When time alone ends a step of a job next, by what the store has. */
  soonest(): Promise<Moment> {
    return this.#soonest(FIRST_DUE);
  }

  async #soonest(from: string): Promise<Moment> {
    const [first] = await this.store.range(this.parts.state.name, {
      from,
      before: LAST_DUE,
      limit: 1,
    });
    return first ? momentOf(first.key) : Number.POSITIVE_INFINITY;
  }

  /** Takes out the newest, as many as anybody is shown. */
  async newest(): Promise<void> {
    const { cold } = this;
    const before = cold.putAwayEver;
    const from = numberKeyOf(Math.max(0, cold.numbered - SHOWN));
    const found = await this.store.range(this.parts.state.name, {
      from,
      before: 'number0',
      limit: SHOWN,
    });
    await this.jobs(found.map(({ value }) => value));
    // One that was in memory when these were looked for may have been put away since.
    if (cold.putAwayEver === before) cold.shown = true;
    else await this.newest();
  }

  /** Takes the exchanges out that the journal has not read. @param recorded facts behind it have been read */
  async journal(recorded: number): Promise<void> {
    const { journal, state } = this.parts;
    if (journal.unread === 0) return;
    const { trimmed = 0 } = (await this.store.find(state.name)) ?? {};
    // What was written down since the session was found is there.
    const read = new ReadExchanges(state.setup.compressor, this.open, journal.firstRead);
    let position = trimmed;
    for await (const texts of this.store.read(state.name, trimmed)) {
      const wanted = texts.slice(0, recorded - position);
      for (const text of wanted) read.add(text);
      position += texts.length;
      if (position >= recorded) break;
    }
    journal.fill(read.exchanges);
  }

  async #read(keys: readonly string[]): Promise<void> {
    const { name, jobs, setup } = this.parts.state;
    const asked = keys.flatMap((key) => [jobKeyOf(key), bodyKeyOf(key)]);
    const values = await this.store.get(name, asked);
    const found: { record: JobRecord; body: string | undefined }[] = [];
    keys.forEach((key, i) => {
      const text = values[2 * i];
      if (text === undefined) this.cold.lacks(key);
      else found.push({ record: JSON.parse(text) as JobRecord, body: values[2 * i + 1] });
    });
    await this.scenarios(found.map(({ record }) => record.job.scenario));
    for (const { record, body } of found) {
      const { job, ...rest } = record;
      const reading = {
        apiOf: (name: string) => servedApi(this.#apis, name),
        scenarioOf: (hash: string) => this.#book.get(hash),
        compressor: setup.compressor,
      };
      if (!this.cold.isGone(job.key)) {
        const { pace } = this.parts.state.clock;
        jobs.takeOut(readJob({ ...job, body }, reading), filedOf({ ...rest, job }), pace);
      }
    }
  }

  /** Takes scenarios out that the book does not know, those that there are. */
  async scenarios(hashes: readonly string[]): Promise<void> {
    const unknown = [...new Set(hashes)].filter((hash) => !this.#book.has(hash));
    if (unknown.length === 0) return;
    const texts = await this.store.get(this.parts.state.name, unknown.map(scenarioKeyOf));
    texts.forEach((text, i) => {
      if (text !== undefined) this.#book.note(unknown[i] as string, JSON.parse(text) as Scenario);
    });
  }
}

/** Exchanges among the facts of a session. */
class ReadExchanges {
  readonly exchanges: Exchange[] = [];
  readonly #texts = new FactReader();

  /** @param before number of an exchange: those before it are wanted */
  constructor(
    private readonly compressor: Compressor,
    private readonly open: OpenExchanges,
    private readonly before: number,
  ) {}

  add(text: string): void {
    if (!text.startsWith(EXCHANGE_OR_END)) return;
    const fact = this.#texts.read(text);
    if (fact.k === 'ended') {
      const { k: _, seq, ...end } = fact;
      const exchange = seq < this.before ? this.open.end(seq, end) : undefined;
      if (exchange) endExchange(exchange, end);
    } else if (fact.k === 'exchange' && fact.exchange.seq < this.before) {
      const exchange = readExchange(fact.exchange, this.compressor);
      this.exchanges.push(exchange);
      this.open.note(exchange);
    }
  }
}

/** Both facts begin so; no other is parsed. */
const EXCHANGE_OR_END = '{"k":"e';
