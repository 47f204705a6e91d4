import type { StoredRecord } from '../../store/store.js';
import type { Change } from '../change.js';
import type { ColdJobs, Filed } from '../cold-jobs.js';
import type { BriefFact } from '../facts/exchange-texts.js';
import type { Fact } from '../facts/fact.js';
import { writeScenario } from '../facts/scenario-book.js';
import { headFacts } from '../facts/state-facts.js';
import type { Job } from '../job.js';
import { keyOf } from '../resources.js';
import type { SessionParts } from '../session-parts.js';
import { type ChangedJob, changedJob, recordsOf, recordsOfGone } from './job-records.js';
import { HEAD, resourceKeyOf, scenarioKeyOf } from './record-keys.js';

/** What a session is found by, beside its jobs and resources. */
export interface Head {
  /** The facts up to here; another server may have written it since the session was looked for. */
  position?: number;
  /** So many exchanges had been written down, and so many of them let go. */
  exchanges: number;
  dropped: number;
  /** Jobs there are, and jobs there ever were. */
  jobs: number;
  numbered: number;
  /** Moments noted at which time alone ends a step. */
  order: number;
  /** Keys of jobs whose news goes somewhere. */
  news: readonly string[];
  /** So many resources were put there ever. */
  resources: number;
  /** See {@link ColdJobs.outdated}. */
  outdated?: number | undefined;
  /** Exchanges at every thousandth, with the positions of their facts. */
  marks: readonly Mark[];
  facts: readonly Fact[];
}

export type Mark = readonly [exchange: number, position: number];

/** A resource that has changed, by the key of its record; undefined: it is no more. */
interface ChangedResource {
  key: string;
  kept: object | undefined;
}

/** What has changed, as it stood at one moment. */
interface Taken {
  changed: readonly ChangedJob[];
  gone: readonly (readonly [key: string, filed: Filed | undefined])[];
  resources: readonly ChangedResource[];
  head: Head;
}

/** The body of a request is written with the job that it has begun, and never again: so much more a new job weighs. */
const NEW = 4;

/** What has changed of a session since its records were written. */
export class SessionRecords {
  readonly #jobs = new Set<string>();
  /** So many of them are new. */
  #begun = 0;
  /** By their worlds, keys of resources. */
  readonly #resources = new Map<string, Set<string>>();
  /** Numbers of resources by the keys of their records, in the order in which they came. */
  readonly #numbers = new Map<string, number>();
  #numbered = 0;
  readonly #scenarios = new Set<string>();

  constructor(
    private readonly parts: SessionParts,
    private readonly cold: ColdJobs,
  ) {}

  get numbered(): number {
    return this.#numbered;
  }

  /** What the records to be written weigh, in jobs that were there before. */
  get weight(): number {
    let weight = this.#jobs.size + (NEW - 1) * this.#begun;
    for (const keys of this.#resources.values()) weight += keys.size;
    return weight;
  }

  /** Is a job otherwise than its record has it? */
  isChanged(job: string): boolean {
    return this.#jobs.has(job);
  }

  /** Its record is to be written anew. */
  noteJob(job: string): void {
    this.#jobs.add(job);
  }

  /** Notes a resource that was found in its record. */
  found(world: string, key: string, number: number): void {
    this.#numbers.set(resourceKeyOf(world, key), number);
  }

  /** Goes on counting resources behind those that were found. */
  countFrom(numbered: number): void {
    this.#numbered = numbered;
  }

  note(change: Change): void {
    switch (change.kind) {
      case 'resource':
        this.#noteResource(change.api, keyOf(change.resource));
        break;
      case 'removed':
        this.#noteResource(change.api, change.key);
        // One that is put there again comes behind the others.
        this.#numbers.delete(resourceKeyOf(change.api, change.key));
        break;
      case 'scheduled':
        this.#noteNew(change.job.key);
        break;
      case 'moved':
        this.#jobs.add(change.job.key);
        break;
      case 'polled':
      case 'settled':
      case 'subscribed':
        this.#jobs.add(change.job);
        break;
      default:
    }
  }

  /** The same of a fact that was found behind the records. */
  noteFact(fact: BriefFact): void {
    switch (fact.k) {
      case 'resource':
        this.#noteResource(fact.api, keyOf(fact.resource));
        break;
      case 'removed':
        this.note({ kind: 'removed', api: fact.api, key: fact.key });
        break;
      case 'scheduled':
        this.#noteNew(fact.job.key);
        break;
      case 'polled':
      case 'moved':
      case 'settled':
      case 'subscribed':
        this.#jobs.add(fact.job);
        break;
      default:
    }
  }

  /**
   * The records of all that has changed, as it stands; from now on it counts as written.
   * @returns records that are made one after the other, whatever becomes of the session meanwhile
   */
  take(position: number, marks: readonly Mark[]): Iterable<StoredRecord> {
    const { state, journal } = this.parts;
    const { jobs, setup } = state;
    const { compressor } = setup;
    const changed: ChangedJob[] = [];
    for (const key of this.#jobs) {
      const job = jobs.at(key);
      const filed = this.cold.filed.get(key);
      if (job && filed) changed.push(changedJob(job, filed));
    }
    this.#jobs.clear();
    this.#begun = 0;
    const gone = this.cold.takeGone();
    const resources = this.#takeResources();
    const exchanges = journal.dropped + journal.size;
    const head: Head = {
      position,
      exchanges,
      dropped: journal.dropped,
      jobs: jobs.size,
      numbered: this.cold.numbered,
      order: jobs.order,
      outdated: this.cold.outdated || undefined,
      news: [...this.cold.filed.keys()].filter((key) => jobs.at(key)?.webhooks),
      resources: this.#numbered,
      marks: [...marks],
      facts: [...headFacts(state, exchanges, compressor)],
    };
    return this.#recordsOf({ changed, gone, resources, head });
  }

  *#recordsOf({ changed, gone, resources, head }: Taken): Iterable<StoredRecord> {
    const { compressor } = this.parts.state.setup;
    for (const one of changed) {
      yield* this.#scenarioOf(one.job);
      yield* recordsOf(one, compressor);
    }
    for (const [key, filed] of gone) yield* recordsOfGone(key, filed);
    for (const { key, kept } of resources) {
      yield { key, value: kept && JSON.stringify(kept) };
    }
    yield { key: HEAD, value: JSON.stringify(head) };
  }

  #noteNew(job: string): void {
    this.#begun += 1;
    this.#jobs.add(job);
  }

  #noteResource(world: string, key: string): void {
    const noted = this.#resources.get(world);
    if (noted) noted.add(key);
    else this.#resources.set(world, new Set([key]));
  }

  #scenarioOf({ scenario }: Job): StoredRecord[] {
    const { hash, text } = writeScenario(scenario);
    if (this.#scenarios.has(hash)) return [];
    this.#scenarios.add(hash);
    return [{ key: scenarioKeyOf(hash), value: text }];
  }

  #takeResources(): ChangedResource[] {
    const { resources } = this.parts.state;
    const changed: ChangedResource[] = [];
    for (const [world, keys] of this.#resources) {
      for (const key of keys) {
        const at = resourceKeyOf(world, key);
        const resource = resources.of(world).get(key);
        if (!resource) this.#numbers.delete(at);
        else if (!this.#numbers.has(at)) this.#numbers.set(at, ++this.#numbered);
        const number = this.#numbers.get(at);
        changed.push({ key: at, kept: resource && { world, number, resource } });
      }
    }
    this.#resources.clear();
    return [...changed, ...this.#takeDropped()];
  }

  /** Resources that had to go, or went with their world. */
  #takeDropped(): ChangedResource[] {
    const { resources } = this.parts.state;
    if (resources.size === this.#numbers.size) return [];
    const there = new Set<string>();
    for (const [world, kept] of resources.worlds()) {
      for (const resource of kept.all()) there.add(resourceKeyOf(world, keyOf(resource)));
    }
    const gone = [...this.#numbers.keys()].filter((key) => !there.has(key));
    for (const key of gone) this.#numbers.delete(key);
    return gone.map((key) => ({ key, kept: undefined }));
  }
}
