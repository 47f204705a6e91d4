import type { Millis } from '../scenario/duration.js';
import type { ErrorText } from '../scenario/scenario.js';
import { type Chaos, type ChaosSetting, makeChaos } from './chaos.js';
import type { Queued } from './choose.js';
import { type Clock, type ClockSetting, isManual, makeClock } from './clock.js';
import { completeByPack } from './consult-pack.js';
import { type Ids, makeIds } from './ids.js';
import { type Job, type JobView, viewJob } from './job.js';
import { Jobs } from './jobs.js';
import { type Exchange, Journal, type NewExchange } from './journal.js';
import type { World } from './pack.js';
import { Resources } from './resources.js';
import { changeSettings, type Rules, type SettingChanges, type Settings } from './settings.js';
import type { Setup } from './setup.js';
import { makeWorld } from './world.js';

/** What a session keeps a limited number of. */
export type Droppable = 'exchange' | 'job' | 'resource';

/** What a session tells those who watch it. */
export type SessionEvent =
  | { kind: 'exchange'; exchange: Exchange }
  | { kind: 'dropped'; what: Droppable; id: string }
  /** The clock was set or moved by hand, or the session ends: who waits for the clock looks again. */
  | { kind: 'clock' }
  | { kind: 'end' };

/** An isolated world: clock, jobs, resources, journal, chosen scenarios. */
export class Session {
  readonly jobs: Jobs;
  readonly resources: Resources;
  readonly journal: Journal;
  readonly ids: Ids;
  /** Request ids have a stream of their own, so that a poll more changes no other id. */
  readonly requestIds: Ids;
  readonly queue: Queued[] = [];
  /** Name of the session's scenario. */
  scenario: string | undefined;
  envelope: string;
  /** Faults by chance; undefined: none. */
  chaos: Chaos | undefined;
  rules: Rules;
  #settings: Settings;
  #clock: Clock;
  #ended = false;
  readonly #watchers = new Set<(event: SessionEvent) => void>();

  constructor(
    readonly name: string,
    readonly setup: Setup,
    private readonly log: (session: Session, event: SessionEvent) => void = () => {},
  ) {
    const { limits, seed, clock, wall } = setup;
    this.jobs = new Jobs(
      limits.jobs,
      (job) => this.#complete(job),
      (job) => this.#tell({ kind: 'dropped', what: 'job', id: job.id }),
    );
    this.resources = new Resources(limits.resources, ({ id }) =>
      this.#tell({ kind: 'dropped', what: 'resource', id }),
    );
    this.journal = new Journal(limits.journal);
    this.ids = makeIds(seed, name);
    this.requestIds = makeIds(seed, `${name} requests`);
    this.envelope = setup.envelope;
    this.setChaos(setup.chaos);
    this.rules = setup.rules;
    this.#settings = setup.settings;
    this.#clock = makeClock(clock, wall);
  }

  get clock(): Clock {
    return this.#clock;
  }

  /** The session's time, with every change that is due by now made. */
  settled(): Millis {
    const now = this.#clock.now();
    this.jobs.settle(now, this.#clock.pace);
    return now;
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** @returns why they cannot be changed so; nothing has changed then */
  changeSettings(changes: SettingChanges): string | undefined {
    const { pack, settings } = this.setup;
    const changed = changeSettings(pack?.settings ?? [], this.#settings, changes, settings);
    if (typeof changed === 'string') return changed;
    this.#settings = changed;
    return undefined;
  }

  /** @param note gets what the pack wants to tell the reader of the journal */
  world(now: Millis, note: (text: string) => void = () => {}): World {
    const { resources, ids, settings } = this;
    const { contract } = this.setup;
    const noteDown = (text: string) => note(oneLine(text));
    return makeWorld({ contract, resources, ids, now, settings, note: noteDown });
  }

  /** Sets the clock; a text says why it cannot be set so. Time goes back only in an unused session. */
  setClock(setting: ClockSetting): string | undefined {
    const before = this.settled();
    const clock = makeClock(
      setting.mode === 'manual' && setting.now === undefined
        ? { ...setting, now: before }
        : setting,
      this.setup.wall,
    );
    const used = this.jobs.size > 0 || this.resources.size > 0 || this.journal.size > 0;
    if (clock.now() < before && used) {
      const from = new Date(before).toISOString();
      return `the clock would go back from ${from}, and this session is in use; DELETE the session first`;
    }
    const repace = clock.pace !== this.#clock.pace;
    this.#clock = clock;
    if (repace) this.jobs.repace(clock.pace);
    this.#tell({ kind: 'clock' });
    return undefined;
  }

  /** Faults by chance from now on, from the beginning of their seed; undefined: no more. */
  setChaos(setting: ChaosSetting | undefined): void {
    this.chaos = setting && makeChaos(setting, this.name);
  }

  /** Moves a manual clock on; a text says why it cannot. */
  advance(by: Millis): string | undefined {
    if (!isManual(this.#clock)) {
      const to = '{"clock": {"mode": "manual"}}';
      return `the clock is ${this.#clock.mode} and moves by itself; PUT the session with ${to} first`;
    }
    this.#clock.advance(by);
    this.settled();
    this.#tell({ kind: 'clock' });
    return undefined;
  }

  /** @returns what the journal holds now; that of an open request is completed when it ends */
  write(exchange: NewExchange): Exchange {
    const { entry, dropped } = this.journal.add(exchange);
    this.#tell({ kind: 'exchange', exchange: entry });
    if (dropped) {
      this.#tell({ kind: 'dropped', what: 'exchange', id: String(entry.seq - this.journal.limit) });
    }
    return entry;
  }

  /** @returns a function that ends the watch */
  watch(watcher: (event: SessionEvent) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** An ended session holds nothing back. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Sends what is held back, then tells those who watch that nothing more will come. */
  close(): void {
    this.#ended = true;
    this.#tell({ kind: 'clock' });
    for (const watcher of this.#watchers) watcher({ kind: 'end' });
    this.#watchers.clear();
  }

  viewJob(job: Job): JobView {
    return viewJob(this.setup.binding, job, this.#clock.now(), this.#clock.pace);
  }

  #tell(event: SessionEvent): void {
    this.log(this, event);
    for (const watcher of this.#watchers) watcher(event);
  }

  #complete(job: Job): ErrorText | undefined {
    const { binding, packer } = this.setup;
    const notes: string[] = [];
    const error = completeByPack(
      this.setup,
      this.rules,
      {
        id: job.id,
        operation: job.operation,
        params: job.params,
        body: job.body === undefined ? undefined : JSON.parse(packer.unpack(job.body)),
        resource: job.resource,
        result: job.scenario.result,
      },
      this.world(job.cursor.done ?? job.cursor.since, (text) => notes.push(text)),
    );
    if (notes.length > 0) job.notes = notes;
    job.body = undefined; // it has done its work; the journal keeps what was asked
    if (!error) return undefined;
    const known = binding.errors.get(error.code || (binding.failure ?? ''));
    const code = known?.code ?? error.code;
    const message = error.message ?? known?.message ?? '';
    const details = error.details ?? known?.details;
    const text = code ? `${code}: ${message}` : message;
    return { code, name: known?.name ?? '', message, text, details };
  }
}

const LONGEST_NOTE = 500;

/** Notes stand in logs and terminals, and may quote what a client has sent. */
function oneLine(text: string): string {
  return text.slice(0, LONGEST_NOTE).replace(/\p{Cc}+/gu, ' ');
}
