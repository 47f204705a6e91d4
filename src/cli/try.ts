import pc from 'picocolors';
import { tellId } from '../contract/id-form.js';
import { namingJob } from '../contract/job-place.js';
import type { Operation } from '../contract/operation.js';
import { bodyText, type SampleRequest, sampleRequest, textOf } from '../contract/sample-request.js';
import { filesNamed } from '../load/files-named.js';
import type { ApiFiles } from '../load/pack-description.js';
import { nearest } from '../problem.js';
import { type Api, type Apis, operationNamed, scenarioOf } from '../sandbox/api.js';
import type { Exchange } from '../sandbox/journal.js';
import type { Session } from '../sandbox/session.js';
import { UsageError } from '../sandbox-error.js';
import { startServer } from '../server/server.js';
import { t } from '../texts/spoken.js';
import { endWithReader } from './output.js';

export interface TryOptions extends ApiFiles {
  operation?: string;
  scenario?: string;
  pace: number;
}

/** More polls than any life of a job that somebody wants to look at. */
const MOST_POLLS = 60;

/** Longer bodies would hide what the next answer says. */
const MOST_SHOWN = 400;

/**
 * Sends a generated request to a sandbox of its own, polls its job to the end, and tells each exchange with what it
 * means.
 * @returns whether the job came to an end, done or failed
 */
export async function tryOut(file: string | undefined, options: TryOptions): Promise<boolean> {
  endWithReader();
  const { pace, scenario } = options;
  const { apis, pack, spec, binding, scenarios } = filesNamed(
    file === undefined ? [] : [file],
    options,
  );
  const files = apis ? { apis, scenarios } : { pack, spec, binding, scenarios };
  const server = await startServer({
    ...given(files),
    port: 0,
    clock: pace === 1 ? { mode: 'real' } : { mode: 'paced', pace },
    ...(scenario === undefined ? {} : { scenario }),
  });
  try {
    const session = server.sandbox.session();
    let ended = true;
    const { apis } = session.setup;
    for (const { api, operation } of trialsOf(apis, options)) {
      if (apis.length > 1) process.stdout.write(`\n${pc.bold(pc.green(api.name))}\n`);
      const came = await new Trial(server.url, session, api, options).play(operation);
      ended = ended && came;
    }
    return ended;
  } finally {
    await server.close();
  }
}

/**
 * What is played: the operation that is named, else the first of each kind of jobs that knows the scenario.
 * @throws UsageError when there is nothing to play
 */
function trialsOf(apis: Apis, { operation: id, scenario }: TryOptions) {
  const all = apis.flatMap((api) => {
    const ids = [...api.binding.schedules.keys()].filter((one) => api.contract.operations.has(one));
    return ids.map((one) => ({ api, operation: api.contract.operations.get(one) as Operation }));
  });
  const [first] = all;
  if (!first) {
    const what = `nothing in ${apis.map(({ contract }) => contract.file).join(', ')} looks like a job`;
    const hint =
      'a binding beside it says which operations schedule and report jobs: esoz-sandbox init writes one';
    throw new UsageError('USAGE_NO_JOBS', what, hint);
  }
  if (id !== undefined) {
    const named = operationNamed(apis, id);
    const found = all.find(({ operation }) => operation.id === named);
    if (found) return [found];
    const ids = all.map(({ operation }) => operation.id);
    const what = `"${id}" schedules no job`;
    throw new UsageError('USAGE_UNKNOWN_OPERATION', what, nearest(id, ids));
  }
  const each = apis.flatMap((api) => all.find((one) => one.api === api) ?? []);
  const knowing = each.filter(({ api }) => scenario === undefined || scenarioOf(api, scenario));
  return knowing.length > 0 ? knowing : [first];
}

function given(files: object) {
  return Object.fromEntries(Object.entries(files).filter(([, value]) => value !== undefined));
}

/** Sends a generated request, polls its job to the end, and tells each exchange with what it means. */
export class Trial {
  readonly #base: string;

  /** @param api the one whose job it is; left out: the first */
  constructor(
    url: string,
    private readonly session: Session,
    private readonly api: Api,
    private readonly options: Pick<TryOptions, 'pace'>,
  ) {
    this.#base = url + (api.binding.prefixes.at(-1) ?? '');
  }

  async play(operation: Operation): Promise<boolean> {
    const { contract, binding } = this.api;
    const report = contract.operations.get(binding.report.operation);
    const request = sampleRequest(contract, operation);
    const scheduled = await this.#send(request);
    if (scheduled?.job === undefined || !report) {
      const lives =
        'no job has begun: what the answer says is to be mended, or --operation names another one';
      this.#mean(scheduled?.refused ? `refused: ${scheduled.refused}` : lives);
      return false;
    }
    const { job, scenario, eta } = scheduled;
    this.#mean(`job ${job} is scheduled; it lives by the scenario ${scenario}`);
    const found = contract.route(operation.method, request.path.replace(/\?.*$/, ''));
    const known = found.kind === 'found' ? found.params : {};
    const naming = namingJob(binding.report, tellId(binding.report.ids, job));
    const params = { ...known, ...naming.params };
    return this.#poll(sampleRequest(contract, report, { ...naming, params }), eta);
  }

  async #poll(request: SampleRequest, first: number | undefined): Promise<boolean> {
    let wait = this.#until(first);
    for (let polls = 1; polls <= MOST_POLLS; polls += 1) {
      process.stdout.write(pc.dim(`\n… ${t`${(wait / 1000).toFixed(1)} s later`}\n`));
      await new Promise((done) => setTimeout(done, wait));
      const exchange = await this.#send(request);
      const outcome = exchange?.reportedOutcome;
      const state = exchange?.state ?? '';
      if (outcome === 'done') return this.#end(`${state}: the job is done`, polls);
      if (outcome === 'failed') return this.#end(`${state}: the job has failed`, polls);
      if (outcome === 'cancelled') return this.#end(`${state}: the job was cancelled`, polls);
      wait = this.#until(exchange?.eta, exchange?.responseHeaders);
      const says = outcome ? `${state}: the job goes on` : meaningOf(exchange);
      this.#mean(`${says}; it is asked again in ${(wait / 1000).toFixed(1)} s`);
    }
    this.#mean(`the job is not at its end after ${MOST_POLLS} polls`);
    return false;
  }

  #end(says: string, polls: number): true {
    const after = polls === 1 ? t('after 1 poll') : t`after ${polls} polls`;
    process.stdout.write(`  ${pc.yellow(`${t(says)}, ${after}`)}\n`);
    return true;
  }

  /** By Retry-After, else until the eta, else a second of the API. */
  #until(eta: number | undefined, headers: Readonly<Record<string, string>> = {}): number {
    const least = 1000 / this.options.pace;
    const retry = Object.entries(headers).find(([name]) => /^retry-after$/i.test(name))?.[1];
    if (retry !== undefined && /^\d+$/.test(retry)) return Math.max(Number(retry) * 1000, 50);
    if (this.api.binding.eta === 'hint') return least;
    return eta === undefined ? least : Math.max(eta - this.session.clock.now(), 50);
  }

  /** What the journal says of a request; undefined when none has come. */
  async #send(request: SampleRequest): Promise<Exchange | undefined> {
    const { method, path, headers } = request;
    const body = this.#bodyOf(request);
    const [shown] = [bodyText(request)];
    process.stdout.write(`\n${pc.bold(`${method} ${this.#base}${path}`)}\n`);
    if (shown !== undefined) process.stdout.write(`  ${cut(shown)}\n`);
    const before = this.session.journal.size;
    try {
      const isForm = body instanceof FormData;
      const sent = isForm ? withoutType(headers) : headers;
      const init = {
        method,
        headers: sent,
        redirect: 'manual' as const,
        ...(body === undefined ? {} : { body }),
      };
      const answer = await fetch(this.#base + path, init);
      const text = await answer.text();
      process.stdout.write(
        `  ${pc.cyan(`→ ${answer.status}`)} ${leading(answer.headers)}${cut(text)}\n`,
      );
    } catch (error) {
      const { cause, message } = error as Error & { cause?: Error };
      process.stdout.write(`  ${pc.red(`→ ${t('no answer')}`)} ${cause?.message ?? message}\n`);
    }
    const exchanges = [...this.session.journal.read()];
    return exchanges.length > before ? exchanges.at(-1) : undefined;
  }

  #bodyOf(request: SampleRequest): string | FormData | undefined {
    const { body } = request;
    if (!body || !/^multipart\//i.test(body.mediaType)) return bodyText(request);
    const form = new FormData();
    for (const [name, value] of Object.entries((body.value ?? {}) as Record<string, unknown>))
      form.append(name, textOf(value));
    return form;
  }

  #mean(text: string): void {
    process.stdout.write(`  ${pc.yellow(t(text))}\n`);
  }
}

/** What an answer means that tells no state. */
function meaningOf(exchange: Exchange | undefined): string {
  if (!exchange || exchange.status === 0) return 'no answer says nothing of the job';
  if (exchange.status === 404) return 'the job is not to be seen yet, or not any more';
  if (exchange.status >= 500 || exchange.status === 429)
    return 'the service has a pause; the job goes on';
  return exchange.refused ? `refused: ${exchange.refused}` : 'this says nothing of the job';
}

/** Headers that say where to go on and when. */
function leading(headers: Headers): string {
  const names = ['location', 'operation-location', 'content-location', 'retry-after'];
  const told = names.flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [`${name}: ${value}`];
  });
  return told.length > 0 ? `${pc.dim(told.join(', '))} ` : '';
}

function withoutType({ 'Content-Type': _, ...headers }: Record<string, string>) {
  return headers;
}

function cut(text: string): string {
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}
