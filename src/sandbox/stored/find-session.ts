import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kept, RecordStore } from '../../store/store.js';
import type { Moment } from '../../time/moments.js';
import { ColdJobs } from '../cold-jobs.js';
import { type BriefFact, FactReader, UnreadBefore } from '../facts/exchange-texts.js';
import { Fold } from '../facts/fold.js';
import { jobsIn } from '../facts/jobs-in.js';
import type { Resource } from '../resources.js';
import { beginParts, type SessionParts } from '../session-parts.js';
import type { Setup } from '../setup.js';
import { ColdReader } from './cold-reader.js';
import { HEAD, RESOURCES } from './record-keys.js';
import { type Head, SessionRecords } from './session-records.js';
import { isMark, type KeptIn, markExchange, type Standing, StoreKeeper } from './store-keeper.js';

/** Facts that are folded at a time: nobody else waits for long. */
const SLICE = 500;

/** Brings a session back: what its records have, and the facts behind them. */
export async function findSession(
  name: string,
  setup: Setup,
  kept: Kept,
  within: KeptIn,
): Promise<{ parts: SessionParts; keeper: StoreKeeper }> {
  const { store } = within;
  const parts = beginParts(name, setup);
  const fold = new Fold(parts);
  const [text] = kept.recorded > 0 ? await store.get(name, [HEAD]) : [];
  const head = text === undefined ? undefined : (JSON.parse(text) as Head);
  const { jobs: count = 0, numbered = 0, outdated = 0 } = head ?? {};
  const cold = new ColdJobs({ count, numbered, outdated });
  parts.state.jobs.useStore(cold, head?.order ?? 0);
  const records = new SessionRecords(parts, cold);
  const reader = new ColdReader(store, parts, cold, fold.scenarios, fold.open);
  if (head) await takeHead(head, { parts, fold, records, reader }, within);
  const { position: recorded = kept.recorded } = head ?? {};
  const marks = [...(head?.marks ?? [])] as Standing['marks'];
  const standing: Standing = { position: recorded, recorded, marks, birth: kept.birth };
  const written = new FactsBehind(name, store, recorded, head?.marks.at(-1)?.[1] ?? kept.trimmed);
  for await (const texts of store.read(name, recorded)) {
    for (let from = 0; from < texts.length; from += SLICE) {
      const facts = await written.read(texts.slice(from, from + SLICE));
      await reader.scenarios(facts.flatMap(scenarioIn));
      await reader.jobs(facts.flatMap(jobsIn).filter((key) => parts.state.jobs.misses(key)));
      for (const fact of facts) {
        if (fact.k === 'exchange') markExchange(standing, fact.exchange.seq, standing.position);
        fold.add(fact);
        records.noteFact(fact);
        standing.position += 1;
      }
      await nextTurn();
    }
  }
  cold.until = await untilOf(cold, reader);
  const told = new Set(fold.scenarios.hashes());
  const keeper = new StoreKeeper(
    parts,
    within,
    standing,
    told,
    cold,
    records,
    reader,
    fold,
    written.reader,
  );
  return { parts, keeper };
}

/** Reads the facts behind the records of a session. */
class FactsBehind {
  reader = new FactReader();
  #hasReadBefore = false;

  /** @param mark position of an exchange at which all who wrote began anew */
  constructor(
    private readonly name: string,
    private readonly store: RecordStore,
    private readonly recorded: number,
    private readonly mark: number,
  ) {}

  /** A server that did not know yet that another one had written records goes by what stands before them. */
  async read(texts: readonly string[]): Promise<BriefFact[]> {
    try {
      return texts.map((each) => this.#fact(each));
    } catch (error) {
      if (!(error instanceof UnreadBefore) || this.#hasReadBefore) throw error;
      this.#hasReadBefore = true;
      await this.#readBefore();
      return texts.map((each) => this.#fact(each));
    }
  }

  #fact(text: string): BriefFact {
    const fact = this.reader.readBriefly(text);
    if (fact.k !== 'exchange' || !isMark(fact.exchange.seq)) return fact;
    this.reader.beginAnew();
    return this.reader.readBriefly(text);
  }

  async #readBefore(): Promise<void> {
    let position = this.mark;
    for await (const texts of this.store.read(this.name, position)) {
      for (const text of texts.slice(0, this.recorded - position)) this.reader.read(text);
      position += texts.length;
      if (position >= this.recorded) return;
    }
  }
}

async function untilOf({ count, outdated }: ColdJobs, reader: ColdReader): Promise<Moment> {
  if (outdated > 0) return Number.NEGATIVE_INFINITY;
  return count > 0 ? reader.soonest() : Number.POSITIVE_INFINITY;
}

/** Takes what is not in the facts behind the records; jobs stay where they are, but for those with news to send. */
async function takeHead(
  head: Head,
  {
    parts,
    fold,
    records,
    reader,
  }: { parts: SessionParts; fold: Fold; records: SessionRecords; reader: ColdReader },
  within: KeptIn,
): Promise<void> {
  await takeResources(parts, records, within);
  for (const fact of head.facts) fold.add(fact);
  parts.journal.beginBehind(head.exchanges, head.exchanges - head.dropped);
  records.countFrom(head.resources);
  await reader.jobs(head.news);
  for (const key of head.news) {
    const webhooks = parts.state.jobs.at(key)?.webhooks;
    if (webhooks) fold.add({ k: 'subscribed', job: key, webhooks });
  }
}

/** Hash of the scenario that a fact takes for known. */
function scenarioIn(fact: BriefFact): string[] {
  return fact.k === 'scheduled' ? [fact.job.scenario] : [];
}

async function takeResources(
  { state }: SessionParts,
  records: SessionRecords,
  { store }: KeptIn,
): Promise<void> {
  const found: { world: string; number: number; resource: Resource }[] = [];
  for (let from = RESOURCES.from; ; ) {
    const slice = await store.range(state.name, { ...RESOURCES, from, limit: SLICE });
    for (const { value } of slice) found.push(JSON.parse(value));
    const last = slice.at(-1);
    if (!last || slice.length < SLICE) break;
    from = `${last.key}!`;
  }
  found.sort((a, b) => a.number - b.number);
  for (const { world, number, resource } of found) {
    state.resources.of(world).put(resource);
    records.found(world, resource.key ?? resource.id, number);
  }
}
