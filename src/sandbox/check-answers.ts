import { exampleBody } from '../contract/example.js';
import { sampleId, tellId } from '../contract/id-form.js';
import type { Json } from '../contract/json.js';
import { toldValue } from '../contract/message.js';
import type { Operation } from '../contract/operation.js';
import { sampleParts } from '../contract/request-sample.js';
import { declarationOf } from '../faults/index.js';
import type { Problem } from '../problem.js';
import { hasStarted, stateAt } from '../scenario/play.js';
import type { Scenario, Answer as Script, State, Step } from '../scenario/scenario.js';
import type { Answer } from './answer.js';
import type { Api } from './api.js';
import { applyFault } from './apply-fault.js';
import { isOfLater, type Written, writtenAs } from './binding-faults/written.js';
import { jobEnvelope, openState } from './binding-words.js';
import { reportedState } from './handle-poll.js';
import { defaultError, linksOf } from './job-scope.js';
import { Renderer } from './render.js';
import { sampleResource } from './resources/of-job.js';
import { SAMPLE_ID, SAMPLE_REQUESTER } from './sample-requester.js';

const SAMPLE_RESOURCE = { id: SAMPLE_ID };
export const SAMPLE_MOMENT = '2026-01-01T00:00:00.000Z';
const SAMPLE_TIME = { now: Date.parse(SAMPLE_MOMENT), pace: 1 };

/** Does a breach, as {@link breachKey} writes it, follow from what the binding says? */
type OfBinding = (key: string) => boolean;

/**
 * Plays every answer of a scenario against the contract: what the real API could not say is refused,
 * unless it is marked `off_contract: true`. What breaks on the way breaks no contract.
 */
export function checkAnswersAgainstContract(
  api: Api,
  scenario: Scenario,
  ofBinding?: OfBinding,
): Problem[] {
  const { operations } = api.contract;
  const report = operations.get(api.binding.report.operation);
  const { file, refuse } = scenario;
  const links = sampleLinks(api, scenario);
  const sample = sampleScope(api, scenario, openState(api.binding));
  const steps = scenario.life.flatMap((step, i) => {
    const { life } = scenario;
    const state = reportedState(api.binding, life, { step: i });
    const now = state ?? stateAt(life, { step: i }) ?? openState(api.binding);
    const ended = life
      .slice(0, i + 1)
      .some(({ response: says }) => 'state' in says && says.outcome !== 'open');
    const scope = {
      ...sample,
      state: now.state,
      error: now.error ?? defaultError(api.binding),
      doneAt: ended ? SAMPLE_MOMENT : undefined,
      endedAt: ended ? SAMPLE_MOMENT : undefined,
      startedAt: hasStarted(life, i) ? SAMPLE_MOMENT : undefined,
      expiresAt: isExpiryKnown(api, ended) ? SAMPLE_MOMENT : undefined,
      ...(now.outcome === 'done' ? { progress: 100, progressFraction: 1 } : {}),
    };
    return checkStep(api, file, step, state, report, links, scope, ofBinding);
  });
  if (scenario.scheduled !== undefined) steps.push(...checkScheduled(api, scenario));
  if (!refuse || (refuse.fault && declarationOf(refuse.fault).answer === 'none')) return steps;
  if (scenario.offContract) return steps;
  const ids = scenario.operations ?? [...api.binding.schedules.keys()];
  return [
    ...steps,
    ...ids.flatMap((id) => {
      const operation = operations.get(id);
      const renderer = sampleRenderer(api, operation);
      const said = renderer.script(refuse, { now: SAMPLE_MOMENT }, SAMPLE_TIME);
      const answer = withFault(api, said, refuse, id, undefined);
      return breaches(api, file, 1, answer, operation);
    }),
  ];
}

/** The form of the scheduling answer that a scenario names, at each of its operations that has it. */
function checkScheduled(api: Api, scenario: Scenario): Problem[] {
  const { binding, contract, envelope } = api;
  const { file, offContract, operations, scheduled = '' } = scenario;
  if (offContract) return [];
  const [link] = sampleLinks(api, scenario);
  const scope = { ...sampleScope(api, scenario, openState(binding)), link };
  return [...binding.schedules].flatMap(([id, { shapes }]) => {
    const shape = shapes.get(scheduled);
    const operation = contract.operations.get(id);
    if (!shape || operations?.includes(id) === false) return [];
    const around = jobEnvelope(binding, envelope);
    const answer = sampleRenderer(api, operation).template(shape, scope, around);
    const written = writtenAs(binding, shape, shape.bare ? undefined : around);
    return breaches(api, file, 1, answer, operation, undefined, written);
  });
}

/** What renders a sample of an answer, for whoever looks at it before anybody has asked. */
export function sampleRenderer(
  { binding, envelope, contract }: Api,
  operation: Operation | undefined,
): Renderer {
  return new Renderer(binding, envelope, SAMPLE_REQUESTER, { contract, operation });
}

function withFault(
  { contract }: Api,
  said: Answer,
  { fault }: Script,
  operation: string,
  state: string | undefined,
): Answer {
  if (!fault) return said;
  const now = Date.parse(SAMPLE_MOMENT);
  return applyFault(said, fault, {
    contract,
    operation,
    url: SAMPLE_REQUESTER.url,
    now,
    eta: now,
    state,
  });
}

function checkStep(
  api: Api,
  file: string,
  step: Step,
  state: State | undefined,
  report: Operation | undefined,
  links: readonly unknown[],
  scope: Json,
  ofBinding: OfBinding | undefined,
): Problem[] {
  const { response: says, line } = step;
  const fault = 'answer' in says ? says.answer.fault : undefined;
  if (fault && declarationOf(fault).answer === 'none') return [];
  if (step.offContract || ('state' in says && api.binding.report.reads)) return [];
  const found = links.map((link) => {
    const answer = sampleAnswer(api, step, state, { ...scope, ...scopeOfLink(link) });
    return breaches(api, file, line, answer, report, 'state' in says ? ofBinding : undefined);
  });
  return found.find((problems) => problems.length > 0) ?? [];
}

/** What `{link}` stands for in each operation that a scenario is for. */
export function sampleLinks(api: Api, { operations }: Pick<Scenario, 'operations'>): unknown[] {
  const { binding, contract } = api;
  const links = [...binding.schedules].flatMap(([id, { link }]) => {
    const operation = contract.operations.get(id);
    if (!link || !operation || operations?.includes(id) === false) return [];
    const path = Object.fromEntries(operation.parameters.map(({ name }) => [name, SAMPLE_ID]));
    return [
      link({
        job: sampleJob(binding),
        resource: sampleResource(api, [id], SAMPLE_TIME.now) ?? SAMPLE_RESOURCE,
        path,
        ...sampleRequest(contract, [operation]),
        ...SAMPLE_REQUESTER.where(),
      }),
    ];
  });
  return links.length > 0 ? links : [undefined];
}

/** The places that a link fills. */
export function scopeOfLink(link: unknown): Json {
  const { api, origin } = SAMPLE_REQUESTER.where();
  return {
    link,
    links: linksOf(undefined, link, api),
    'links.absolute': linksOf(undefined, link, api, origin),
  };
}

export function isExpiryKnown({ binding: { expires } }: Api, ended: boolean): boolean {
  return expires !== undefined && (ended || expires.from === 'start');
}

function sampleJob({ report: { ids } }: Api['binding']): string | number {
  return tellId(ids, sampleId(ids));
}

/** What the places of an answer stand for, when the job is in this state. */
export function sampleScope(
  api: Api,
  { operations, result }: Pick<Scenario, 'operations' | 'result'>,
  now: State,
): Json {
  const { binding, contract } = api;
  const ids = operations ?? [...binding.schedules.keys()];
  const parameters = ids.flatMap((id) => contract.operations.get(id)?.parameters ?? []);
  return {
    job: sampleJob(binding),
    state: now.state,
    eta: SAMPLE_MOMENT,
    retryAfter: 1,
    'retryAfter.ms': 1000,
    now: SAMPLE_MOMENT,
    createdAt: SAMPLE_MOMENT,
    progress: 50,
    progressFraction: 0.5,
    polls: 1,
    resource: sampleResource(api, ids, SAMPLE_TIME.now) ?? SAMPLE_RESOURCE,
    error: now.error ?? defaultError(binding),
    result,
    path: Object.fromEntries(parameters.map(({ name }) => [name, SAMPLE_ID])),
    ...sampleRequest(
      contract,
      ids.flatMap((id) => contract.operations.get(id) ?? []),
    ),
    ...SAMPLE_REQUESTER.where(),
  };
}

/** What a request that schedules may have said. */
function sampleRequest(contract: Api['contract'], operations: readonly Operation[]): Json {
  const { query, headers: header } = sampleParts(contract, operations);
  return {
    query,
    header,
    body: operations
      .map((operation) => exampleBody(contract.document, operation))
      .find((body) => body !== undefined),
  };
}

function sampleAnswer(
  api: Api,
  { response: says }: Step,
  state: State | undefined,
  scope: Json,
): Answer {
  const { contract, binding } = api;
  const renderer = sampleRenderer(api, contract.operations.get(binding.report.operation));
  const said = state
    ? renderer.state(state, undefined, scope, SAMPLE_TIME)
    : renderer.script((says as { answer: Script }).answer, scope, SAMPLE_TIME);
  if ('state' in says) return said;
  return withFault(api, said, says.answer, api.binding.report.operation, state?.state);
}

/** @param ofBinding the answer is the binding's: is this breach wrong there, whichever scenario asks for it? */
function breaches(
  { contract }: Api,
  file: string,
  line: number,
  answer: Answer,
  operation: Operation | undefined,
  ofBinding?: OfBinding,
  written?: Written,
): Problem[] {
  if (!operation) return [];
  const { status, mediaType } = answer;
  const found = contract.validator.answer(operation, status, mediaType, toldValue(answer));
  const wrong = written ? found.filter((breach) => !isOfLater(written, breach)) : found;
  return wrong.map(({ at, description }): Problem => {
    const message = `this answer would break the contract at ${at}: ${description}`;
    const place = { file, line, column: 1, message };
    if (ofBinding?.(breachKey(operation.id, status, at, description)))
      return { code: 'BINDING_BREAKS_CONTRACT', ...place, usable: true };
    const hint = 'if that is what you want to test, mark it with off_contract: true';
    return { code: 'SCENARIO_BREAKS_CONTRACT', ...place, hint };
  });
}

/** The same breach of the contract, wherever it is found. */
export function breachKey(operation: string, status: number, at: string, what: string): string {
  return `${operation} ${status} ${at} ${what}`;
}
