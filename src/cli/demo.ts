import pc from 'picocolors';
import { exampleBody } from '../contract/example.js';
import { namingJob } from '../contract/job-place.js';
import type { Operation } from '../contract/operation.js';
import { filesNamed } from '../load/files-named.js';
import type { ServedFiles } from '../load/pack-description.js';
import { type Api, qualified } from '../sandbox/api.js';
import { derivedOf } from '../sandbox/derived.js';
import type { Session } from '../sandbox/session.js';
import type { Tour, TourChapter, TourRequest } from '../sandbox/tour.js';
import { UsageError } from '../sandbox-error.js';
import { say } from '../say.js';
import type { Scenario } from '../scenario/scenario.js';
import { startServer } from '../server/server.js';
import { t } from '../texts/spoken.js';
import type { MachineMs } from '../time/moments.js';
import { firstOf } from './curl-lines.js';
import { endWithReader } from './output.js';
import { pollUntilFinal } from './poller.js';
import { Trial } from './try.js';

/** What the demo of an API without a tour plays, as far as its jobs can live it. */
const LIVES = ['done-after-eta', 'eta-moves', 'unavailable-503', 'failed'];

/**
 * Plays a pack's tour against a sandbox of its own, or lives that follow from the binding, and tells what happens.
 * @throws UsageError
 */
export async function demo(
  named: readonly string[],
  { pace, ...options }: { pace: number } & ServedFiles,
): Promise<void> {
  endWithReader();
  const files = Object.entries(filesNamed(named, options)).filter(([, file]) => file !== undefined);
  const clock = { mode: 'paced' as const, pace };
  const server = await startServer({ ...Object.fromEntries(files), port: 0, clock });
  try {
    const session = server.sandbox.session();
    const demos = server.sandbox.setup.apis.flatMap((api): (Demo | Life)[] =>
      api.pack?.tour
        ? [new Demo(server.url, session, api, api.pack.tour)]
        : lives(api).map((scenario) => new Life(server.url, session, api, scenario, pace)),
    );
    if (demos.length === 0) {
      const hint =
        'esoz-sandbox serve answers what it has; a binding beside it says what schedules';
      throw new UsageError('USAGE_NO_DEMO', 'nothing in this API looks like a job', hint);
    }
    for (const one of demos) await one.play();
    const requests = session.journal.size;
    title(say`That was ${requests} requests. Now yours: esoz-sandbox serve`);
  } finally {
    await server.close();
  }
}

function lives(api: Api): Scenario[] {
  return LIVES.flatMap((name) => derivedOf(api).scenarios.get(name) ?? []);
}

/** One job of an API that nobody has written a tour for. */
class Life {
  constructor(
    private readonly url: string,
    private readonly session: Session,
    private readonly api: Api,
    private readonly scenario: Scenario,
    private readonly pace: number,
  ) {}

  async play(): Promise<void> {
    const { name, title: heading, about } = this.scenario;
    title(`${name}: ${t(heading)}`);
    process.stdout.write(pc.dim(`${t(about)}\n`));
    const own = qualified(this.api, name);
    this.session.enqueue({ scenario: own, operation: undefined, times: 1 });
    const operation = firstOf(this.api);
    if (operation)
      await new Trial(this.url, this.session, this.api, { pace: this.pace }).play(operation);
  }
}

/** Between two polls of a job whose etas are no promise. */
const PAUSE = 2500;

class Demo {
  readonly #began: MachineMs = performance.now();
  readonly #base: string;

  constructor(
    url: string,
    private readonly session: Session,
    private readonly api: Api,
    private readonly tour: Tour,
  ) {
    this.#base = url + (api.binding.prefixes.at(-1) ?? '');
  }

  async play(): Promise<void> {
    for (const chapter of this.tour.chapters) await this.#playChapter(chapter);
  }

  async #playChapter({ title: heading, scenario, requests }: TourChapter): Promise<void> {
    title(heading);
    if (scenario) {
      const own = qualified(this.api, scenario);
      this.session.enqueue({ scenario: own, operation: undefined, times: 1 });
    }
    const { contract } = this.api;
    const coming = requests((id) => exampleBody(contract.document, this.#operation(id)));
    for (let next = coming.next(); !next.done; ) next = coming.next(await this.#ask(next.value));
  }

  /** What came in the end: the job of a request that schedules one, else the body. */
  async #ask(request: TourRequest): Promise<unknown> {
    const operation = this.#operation(request.operation);
    const { method } = operation;
    const path = fill(operation.path, request.params ?? {});
    const answer = await fetch(this.#base + path, {
      method,
      headers: headersOf(operation),
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    });
    const body: unknown = await answer.json();
    if (!this.api.binding.schedules.has(operation.id)) {
      this.#tell(`${method} ${path}`, `${answer.status}, ${pc.bold(this.tour.tell(body))}`);
      return body;
    }
    const told = this.tour.job(body);
    const job = t`job ${told.id.slice(0, 8)} ${told.status}, eta ${told.eta.slice(11, 23)}`;
    this.#tell(`${method} ${path}`, `${answer.status}, ${job}`);
    return this.#poll(told.id, told.eta);
  }

  async #poll(id: string, eta: string) {
    const { report } = this.api.binding;
    const operation = this.#operation(report.operation);
    const end = await pollUntilFinal({
      url: this.#base + fill(operation.path, namingJob(report, id).params),
      headers: headersOf(operation),
      eta,
      pause: this.api.binding.eta === 'hint' ? PAUSE / this.session.clock.pace : undefined,
      read: this.tour.job,
      tell: (status, text) => this.#tell(`  ${t('poll')}`, `${status} ${text}`),
    });
    if (end.error) this.#tell(`  ${t('error')}`, pc.red(end.error));
    return end;
  }

  #operation(id: string): Operation {
    const found = this.api.contract.operations.get(id);
    if (found) return found;
    const what = `the demo needs ${id}, which this contract does not have`;
    throw new UsageError('USAGE_NO_DEMO', what);
  }

  #tell(what: string, came: string): void {
    const time = ((performance.now() - this.#began) / 1000).toFixed(2).padStart(6);
    process.stdout.write(`${pc.dim(t`${time} s`)}  ${what}\n${' '.repeat(12)}${came}\n`);
  }
}

function title(text: string): void {
  process.stdout.write(`\n${pc.bold(t(text))}\n`);
}

function fill(path: string, params: Readonly<Record<string, string>>): string {
  return path.replace(/\{([^}]+)\}/g, (_, name: string) => params[name] ?? '');
}

/** Any credential will do, in each header that the contract asks for. */
function headersOf({ security }: Operation): Record<string, string> {
  const [schemes = []] = security;
  const credentials = schemes
    .filter((scheme) => scheme.in === 'header')
    .map(({ name, prefix }) => [name, prefix ? `${prefix} demo` : 'demo']);
  return { ...Object.fromEntries(credentials), 'Content-Type': 'application/json' };
}
