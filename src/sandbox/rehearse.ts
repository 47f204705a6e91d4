import type { Operation } from '../contract/operation.js';
import { namesIn } from '../contract/template.js';
import { nearest, type Problem } from '../problem.js';
import type { Scenario, Step } from '../scenario/scenario.js';
import { type Answer, renderScript, renderTemplate } from './answer.js';
import { templateOf, UNSAID } from './poll.js';
import type { Setup } from './setup.js';
import { jobEnvelope } from './words.js';

const SAMPLE_ID = '00000000-0000-4000-8000-000000000000';
const SAMPLE_MOMENT = '2026-01-01T00:00:00.000Z';
const ASKER = { url: 'http://localhost/', request: SAMPLE_ID };
const PLACES = ['job', 'state', 'eta', 'now', 'doneAt', 'resource', 'error'];

/**
 * Plays every answer of a scenario against the contract: what the real API could not say is refused,
 * unless it is marked `off_contract: true`. A fault says nothing, and the network may always fail.
 */
export function rehearse(setup: Setup, scenario: Scenario): Problem[] {
  const { operations } = setup.contract;
  const report = operations.get(setup.binding.report.operation);
  const { file, refuse } = scenario;
  const steps = scenario.life.flatMap((step) => rehearseStep(setup, file, step, report));
  if (!refuse || refuse.fault) return steps;
  const unknown = unknownPlaces(file, 1, refuse.body, ['now']);
  if (unknown.length > 0 || scenario.offContract) return [...steps, ...unknown];
  const answer = renderScript(setup.binding, refuse, { now: SAMPLE_MOMENT }, ASKER, 1);
  const ids = scenario.operations ?? [...setup.binding.schedules.keys()];
  return [...steps, ...ids.flatMap((id) => breaches(setup, file, 1, answer, operations.get(id)))];
}

function rehearseStep(
  setup: Setup,
  file: string,
  step: Step,
  report: Operation | undefined,
): Problem[] {
  const { says, line } = step;
  if ('answer' in says && says.answer.fault) return [];
  const unknown = 'answer' in says ? unknownPlaces(file, line, says.answer.body, PLACES) : [];
  if (unknown.length > 0 || step.offContract) return unknown;
  return breaches(setup, file, line, sampleAnswer(setup, step), report);
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

function sampleAnswer(setup: Setup, { says }: Step): Answer {
  const state = 'state' in says ? says : undefined;
  const scope = {
    job: SAMPLE_ID,
    state: state?.state,
    eta: SAMPLE_MOMENT,
    now: SAMPLE_MOMENT,
    doneAt: state && state.outcome !== 'open' ? SAMPLE_MOMENT : undefined,
    resource: { id: SAMPLE_ID },
    error: state?.error ?? UNSAID,
  };
  if ('answer' in says) return renderScript(setup.binding, says.answer, scope, ASKER, 1);
  const template = templateOf(setup, says, undefined);
  const envelope = says.envelope ?? jobEnvelope(setup.binding, setup.envelope);
  return renderTemplate(setup.binding, envelope, template, scope, ASKER);
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
