import type { ApiFacts, Evidence, Run } from '../audit/evidence.js';
import { standingOf } from '../audit/standing.js';
import type { Binding } from '../contract/binding.js';
import type { Contract } from '../contract/contract.js';
import { chosenField } from '../contract/id-form.js';
import { rolesOf } from '../contract/job-operations.js';
import type { SecurityScheme } from '../contract/operation.js';
import { namesIn } from '../contract/template.js';
import { type Api, scenarioOf } from '../sandbox/api.js';
import { type Clock, isFast } from '../sandbox/clock.js';
import { type Job, lifeOf } from '../sandbox/job.js';
import { jobKey } from '../sandbox/job-key.js';
import type { Exchange } from '../sandbox/journal.js';
import type { Session } from '../sandbox/session.js';
import { staysOpen } from '../scenario/play.js';
import type { Scenario } from '../scenario/scenario.js';
import { type Held, processFacts } from './process-facts.js';

/**
 * What a verdict on a session is made from.
 * @param run how the client's run stands; undefined: what requests and journal say of it
 * @param held the process that it is held to, where that is another one than the session plays, and what was seen of it
 */
export function evidenceOf(session: Session, run: Run | undefined, held: Held = {}): Evidence {
  const evidence = collect(session);
  const process = processFacts(session, evidence.bodyOf, held);
  return {
    ...evidence,
    run: run ?? standingOf(evidence, session.answering),
    ...(process ? { process } : {}),
  };
}

function collect(session: Session): Omit<Evidence, 'run'> {
  const { setup, journal, clock } = session;
  const { apis } = setup;
  const now = session.settle();
  const written = inTimeOf(clock, journal.read());
  const sendsAny = apis.some(({ binding }) => binding.webhooks);
  return {
    session: session.name,
    clock: { mode: clock.mode, pace: clock.pace, ...(isFast(clock) ? { rate: clock.rate } : {}) },
    now,
    // What a stub or another system has answered is nothing of any API here, and what the sandbox asks is no request.
    exchanges: written.filter(({ answeredBy, delivery }) => !answeredBy && !delivery),
    ...(sendsAny ? { deliveries: written.filter(({ delivery }) => delivery) } : {}),
    dropped: journal.dropped,
    api: wordsOf(apis[0]),
    ...(apis.length > 1 ? { apis: new Map(apis.map((api) => [api.name, wordsOf(api)])) } : {}),
    bodyOf: ({ requestBody }) => (requestBody ? setup.compressor.read(requestBody) : ''),
    masking: setup.masking,
    // A job lives by the text that it began with; one that is forgotten, by what the file says now.
    scenarioOf: (job, name, named) => {
      const api = apis.find(({ name: each }) => each === named) ?? apis[0];
      const { fallback } = api;
      const living = job === undefined ? undefined : session.jobs.at(jobKey(api, job));
      const live = living?.byHand ? livedByHand(living) : living?.scenario;
      return live ?? scenarioOf(api, name) ?? (name === fallback.name ? fallback : undefined);
    },
  };
}

/** Beside a fast clock the machine's lengths are those of the client too: what is short of one is short of the other. */
function inTimeOf(clock: Clock, exchanges: readonly Exchange[]): readonly Exchange[] {
  if (!isFast(clock)) return exchanges;
  return exchanges.map((one) => ({
    ...one,
    startedMono: one.startedMono * clock.rate,
    durationMs: one.durationMs === undefined ? undefined : one.durationMs * clock.rate,
  }));
}

/** The scenario of a job that a person plays: its client is held to nothing that the file expects. */
function livedByHand(job: Job): Scenario {
  const { scenario } = job;
  const life = lifeOf(job);
  // How long an open job lasts is up to the person.
  const tolerances = staysOpen(life)
    ? { ...scenario.tolerances, 'gives-up': 'off' as const }
    : scenario.tolerances;
  return { ...scenario, life, meets: [], expect: {}, tolerances };
}

/** What was said last of a binding: it is asked at each verdict, and changes with the files alone. */
const KNOWN = new WeakMap<Binding, { contract: Contract; words: ApiFacts }>();

export function wordsOf({ binding, contract, home }: Api): ApiFacts {
  const known = KNOWN.get(binding);
  if (known?.contract === contract) return known.words;
  const words = readWords({ binding, contract, home });
  KNOWN.set(binding, { contract, words });
  return words;
}

function readWords({
  binding,
  contract,
  home,
}: Pick<Api, 'binding' | 'contract' | 'home'>): ApiFacts {
  const report = contract.operations.get(binding.report.operation);
  return {
    home,
    report: binding.report.operation,
    ...(binding.report.reads ? { appears: new Set(binding.report.reads) } : {}),
    schedules: binding.schedules,
    roles: new Map(rolesOf(binding).map(({ operation, role }) => [operation, role])),
    states: new Map([...binding.states].map(([name, { outcome }]) => [name, outcome])),
    eta: binding.eta,
    result: binding.result ?? placeOfResults(binding),
    prefixes: binding.prefixes,
    idempotency: binding.idempotency,
    ownId: chosenField(binding.report.ids),
    pollHint: binding.pollHint,
    slower: slowerOf(binding),
    credentials: headersOf(report?.security ?? []),
    tokens: binding.tokens,
    security: new Map([...contract.operations].map(([id, { security }]) => [id, security])),
  };
}

function slowerOf({ states }: Binding): ApiFacts['slower'] {
  const slow = [...states].flatMap(([name, { slower }]) =>
    slower === undefined ? [] : [[name, slower] as const],
  );
  return slow.length > 0 ? new Map(slow) : undefined;
}

/** The headers that may carry a credential: of every alternative, and the one that carries cookies. */
function headersOf(security: readonly (readonly SecurityScheme[])[]): string[] {
  const names = security
    .flat()
    .filter((scheme) => scheme.in !== 'query')
    .map((scheme) => (scheme.in === 'cookie' ? 'cookie' : scheme.name.toLowerCase()));
  return [...new Set(names)];
}

/**
 * Where the results of a binding are that does not say so itself. An answer of a job that is done, and that never
 * names what the job has made, can lead to it by a link alone; without one all there is stands in it.
 */
function placeOfResults({ states, results }: Binding): ApiFacts['result'] {
  if (results.length > 0) return undefined;
  const answers = [...states.values()]
    .filter(({ outcome }) => outcome === 'done')
    .flatMap(({ shapes }) => [...shapes.values()])
    .map(({ data, headers }) => [data?.source, Object.values(headers).map(({ source }) => source)]);
  const names = namesIn(answers);
  if (names.some((name) => /^(resource|links?)\b/.test(name))) return undefined;
  return LINK.test(JSON.stringify(answers)) ? 'link' : 'inline';
}

/** A text of an answer's template that begins as links do. */
const LINK = /"(https?:\/\/|\/|\{(origin|api)\})/;
