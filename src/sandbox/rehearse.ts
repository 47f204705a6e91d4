import { sampleId } from '../contract/id-form.js';
import type { Operation } from '../contract/operation.js';
import { ANSWER_PLACES } from '../contract/parse-binding.js';
import { namesIn } from '../contract/template.js';
import { declarationOf } from '../faults/index.js';
import { nearest, type Problem } from '../problem.js';
import type { Scenario, Answer as Script, State, Step } from '../scenario/scenario.js';
import type { Answer } from './answer.js';
import { applyFault } from './apply-fault.js';
import { unsaid } from './job-scope.js';
import { saidState } from './poll.js';
import { Renderer } from './render.js';
import type { Setup } from './setup.js';

const SAMPLE_ID = '00000000-0000-4000-8000-000000000000';
const SAMPLE_RESOURCE = { id: SAMPLE_ID };
const SAMPLE_MOMENT = '2026-01-01T00:00:00.000Z';
const REQUESTER = {
  url: 'http://localhost/',
  request: SAMPLE_ID,
  where: () => ({ origin: 'http://localhost', api: '' }),
};

/**
 * Plays every answer of a scenario against the contract: what the real API could not say is refused,
 * unless it is marked `off_contract: true`. What breaks on the way breaks no contract.
 */
export function rehearse(setup: Setup, scenario: Scenario): Problem[] {
  const { operations } = setup.contract;
  const report = operations.get(setup.binding.report.operation);
  const { file, refuse } = scenario;
  const links = sampleLinks(setup, scenario);
  const steps = scenario.life.flatMap((step, i) => {
    const state = saidState(setup.binding, scenario.life, { step: i });
    return rehearseStep(setup, file, step, state, report, links);
  });
  if (!refuse || (refuse.fault && declarationOf(refuse.fault).answer === 'none')) return steps;
  const unknown = unknownPlaces(file, 1, refuse.body, ['now']);
  if (unknown.length > 0 || scenario.offContract) return [...steps, ...unknown];
  const said = rendererFor(setup).script(refuse, { now: SAMPLE_MOMENT }, 1);
  const ids = scenario.operations ?? [...setup.binding.schedules.keys()];
  return [
    ...steps,
    ...ids.flatMap((id) => {
      const answer = damaged(setup, said, refuse, id, undefined);
      return breaches(setup, file, 1, answer, operations.get(id));
    }),
  ];
}

function rendererFor({ binding, envelope }: Setup): Renderer {
  return new Renderer(binding, envelope, REQUESTER);
}

function damaged(
  { contract }: Setup,
  said: Answer,
  { fault }: Script,
  operation: string,
  state: string | undefined,
): Answer {
  if (!fault) return said;
  const now = Date.parse(SAMPLE_MOMENT);
  return applyFault(said, fault, { contract, operation, url: REQUESTER.url, now, eta: now, state });
}

function rehearseStep(
  setup: Setup,
  file: string,
  step: Step,
  state: State | undefined,
  report: Operation | undefined,
  links: readonly unknown[],
): Problem[] {
  const { says, line } = step;
  const fault = 'answer' in says ? says.answer.fault : undefined;
  if (fault && declarationOf(fault).answer === 'none') return [];
  const unknown =
    'answer' in says ? unknownPlaces(file, line, says.answer.body, ANSWER_PLACES) : [];
  if (unknown.length > 0 || step.offContract) return unknown;
  const found = links.map((link) => {
    return breaches(setup, file, line, sampleAnswer(setup, step, state, link), report);
  });
  return found.find((problems) => problems.length > 0) ?? [];
}

/** What `{link}` stands for in each operation that a scenario is for. */
function sampleLinks({ binding, contract }: Setup, { operations }: Scenario): unknown[] {
  const links = [...binding.schedules].flatMap(([id, { link }]) => {
    const operation = contract.operations.get(id);
    if (!link || !operation || operations?.includes(id) === false) return [];
    const path = Object.fromEntries(operation.parameters.map(({ name }) => [name, SAMPLE_ID]));
    return [
      link({
        job: sampleId(binding.report.ids),
        resource: SAMPLE_RESOURCE,
        path,
        ...REQUESTER.where(),
      }),
    ];
  });
  return links.length > 0 ? links : [undefined];
}

/** A body that is a text is sent as it is; in any other one, names in braces are filled in. */
function unknownPlaces(
  file: string,
  line: number,
  body: unknown,
  known: readonly string[],
): Problem[] {
  if (typeof body === 'string') return [];
  return namesIn(body)
    .filter((name) => !known.includes(name.split('.', 1)[0] as string))
    .map((name) => ({
      file,
      line,
      column: 1,
      message: `unknown place {${name}}`,
      hint: `${nearest(name, known)}; braces of your own are written {{ and }}`,
    }));
}

function sampleAnswer(
  setup: Setup,
  { says }: Step,
  state: State | undefined,
  link: unknown,
): Answer {
  const scope = {
    job: sampleId(setup.binding.report.ids),
    state: state?.state,
    eta: SAMPLE_MOMENT,
    retryAfter: 1,
    now: SAMPLE_MOMENT,
    doneAt: state && state.outcome !== 'open' ? SAMPLE_MOMENT : undefined,
    resource: SAMPLE_RESOURCE,
    error: state?.error ?? unsaid(setup.binding),
    link,
    path: {},
    ...REQUESTER.where(),
  };
  const said = state
    ? rendererFor(setup).state(state, undefined, scope)
    : rendererFor(setup).script((says as { answer: Script }).answer, scope, 1);
  if ('state' in says) return said;
  return damaged(setup, said, says.answer, setup.binding.report.operation, state?.state);
}

function breaches(
  { contract }: Setup,
  file: string,
  line: number,
  answer: Answer,
  operation: Operation | undefined,
): Problem[] {
  if (!operation) return [];
  return contract.validator
    .answer(operation, answer.status, answer.mediaType, answer.value)
    .map(({ at, description }) => ({
      file,
      line,
      column: 1,
      message: `this answer would break the contract at ${at}: ${description}`,
      hint: 'if that is what you want to test, mark it with off_contract: true',
    }));
}
