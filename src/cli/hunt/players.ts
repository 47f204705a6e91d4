import type { Cause } from '../../audit/cause.js';
import { causesOf } from '../../audit/causes.js';
import type { Tolerances } from '../../audit/verdict.js';
import { limitFor } from '../../hunt/cost.js';
import type { Outcome } from '../../hunt/play.js';
import type { ServerOptions } from '../../load/server-options.js';
import type { Chapter } from '../../report/report.js';
import type { Api, Catalogue } from '../../sandbox/api.js';
import type { Exchange } from '../../sandbox/journal.js';
import type { Session } from '../../sandbox/session.js';
import type { Scenario } from '../../scenario/scenario.js';
import { type RunningServer, startServer } from '../../server/server.js';
import type { Variable } from '../exec/environment.js';
import type { FastTime } from '../exec/fast/fast-time.js';
import { type Plan, playScenario } from '../exec/play.js';
import type { RunningCommand } from '../exec/run-command.js';

/** How the client is played. */
export interface Playing {
  argv: readonly string[];
  variables: readonly Variable[];
  access: Readonly<Record<string, string>>;
  pace: number;
  /** Undefined: at the pace. */
  fast?: FastTime | undefined;
  tolerances: Tolerances;
  show: boolean;
}

/** A paced client starts no faster. */
const LEAST_LIMIT = 20_000;

/** What a run has come to, and what exec would say of it. */
export interface PlayedRun {
  outcome: Outcome;
  chapter: Chapter;
}

/** One server, where one client at a time is played: a client that can be given a host only has it for itself. */
interface Table {
  server: RunningServer;
  /** The catalogues of its APIs as they are in their files. */
  files: readonly Catalogue[];
}

/** Plays lives with the client's command, several side by side. */
export class Players {
  readonly #free: Table[] = [];
  readonly #waiting: ((table: Table) => void)[] = [];
  readonly #running = new Set<RunningCommand>();
  #over = false;

  private constructor(
    private readonly tables: readonly Table[],
    private readonly playing: Playing,
  ) {
    this.#free.push(...tables);
  }

  /** @throws FileError, UsageError */
  static async open(many: number, files: ServerOptions, playing: Playing): Promise<Players> {
    const tables: Table[] = [];
    // One by one: what the first has read of files that come with the package is there for the others.
    for (let i = 0; i < many; i += 1) {
      const server = await startServer({ ...files, port: 0 });
      const catalogues = server.sandbox.setup.apis.map(({ catalogue }) => catalogue);
      tables.push({ server, files: catalogues });
    }
    return new Players(tables, playing);
  }

  /** The APIs in whose words lives are played. */
  get apis(): readonly Api[] {
    return this.tables[0]?.server.sandbox.setup.apis ?? [];
  }

  /** The base URL of one of its servers. */
  get url(): string {
    return this.tables[0]?.server.url ?? '';
  }

  /**
   * Plays one run of the client.
   * @param lives what jobs of each API live, by the API's name; they are all called the same
   * @param surely at the API's own times, whatever the others are played at
   * @returns undefined when it was ended since time was up
   * @throws UsageError when the command cannot be started
   */
  async play(
    lives: ReadonlyMap<string, Scenario>,
    unwanted?: AbortSignal,
    surely?: 'surely',
  ): Promise<PlayedRun | undefined> {
    const [scenario] = lives.values();
    if (!scenario || this.#over) return undefined;
    const table = this.#free.pop() ?? (await new Promise<Table>((go) => this.#waiting.push(go)));
    try {
      if (this.#over || unwanted?.aborted) return undefined;
      const plan = surely ? { ...this.#plan(), fast: undefined } : this.#plan();
      return await this.#playAt(table, scenario, lives, { plan, unwanted });
    } finally {
      const next = this.#waiting.shift();
      if (next) next(table);
      else this.#free.push(table);
    }
  }

  async #playAt(
    { server, files }: Table,
    scenario: Scenario,
    lives: ReadonlyMap<string, Scenario>,
    { plan, unwanted }: { plan: Plan; unwanted: AbortSignal | undefined },
  ): Promise<PlayedRun | undefined> {
    server.sandbox.setup.apis.forEach((api, i) => {
      const own = lives.get(api.name);
      const known = files[i] ?? new Map();
      api.catalogue = own ? new Map([...known, [own.name, own]]) : known;
    });
    let sessions: readonly Session[] = [];
    let running: RunningCommand | undefined;
    const chapter = await playScenario(
      server,
      { name: scenario.name, scenario },
      plan,
      (command) => {
        if (running) this.#running.delete(running);
        running = command;
        this.#running.add(command);
        unwanted?.addEventListener('abort', () => command.stop(), { once: true });
        const { sandbox } = server;
        sessions = [scenario.name, 'default'].flatMap((name) => sandbox.find(name) ?? []);
      },
    ).finally(() => running && this.#running.delete(running));
    if (this.#over || unwanted?.aborted) return undefined;
    const used = sessions.find(({ journal }) => journal.size > 0);
    return { chapter, outcome: outcomeOf(chapter, used?.journal.read() ?? []) };
  }

  #plan(): Plan {
    const { pace } = this.playing;
    // No warning is believed before it was seen at true time.
    const nothing = { believed: new Set<string>() };
    return {
      ...this.playing,
      ...nothing,
      // A hunt plays again what it finds.
      unconfirmed: true,
      timeoutOf: (scenario, rate) => Math.max(limitFor(scenario) / pace / rate, LEAST_LIMIT),
      anyExit: true,
    };
  }

  /** Time is up: what runs is ended, and counts for nothing. */
  end(): void {
    this.#over = true;
    for (const command of this.#running) command.stop();
  }

  async close(): Promise<void> {
    this.end();
    await Promise.allSettled([...this.#running].map(({ ended }) => ended));
    await Promise.all(this.tables.map(({ server }) => server.close()));
  }
}

/** Nobody knows what a client that had to be stopped would have come to: what a life expects of its end does not count. */
function counts({ severity, evidence: { finding } }: Cause, stopped: boolean): boolean {
  return severity !== 'note' && !(stopped && finding.rule === 'expectations');
}

function outcomeOf(chapter: Chapter, exchanges: readonly Exchange[]): Outcome {
  const { name, command, verdict } = chapter;
  const own = exchanges.filter(({ scenario }) => scenario === name);
  const polls = own.filter(({ step }) => step !== undefined);
  const met = polls.length > 0 ? polls.map(({ step }) => step as number) : own.map(() => 0);
  const bySeq = new Map(own.map(({ seq, step }) => [seq, step]));
  return {
    causes: causesOf([{ name, verdict }]).filter((cause) =>
      counts(cause, command?.stopped ?? false),
    ),
    met: new Set(met),
    stepOf: ({ evidence: { finding } }) =>
      finding.evidence.map(({ seq }) => bySeq.get(seq)).find((step) => step !== undefined),
    output: command?.output ?? '',
  };
}
