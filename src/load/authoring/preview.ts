import { toldValue } from '../../contract/message.js';
import { declarationOf } from '../../faults/index.js';
import type { Api } from '../../sandbox/api.js';
import type { AnswerPreview } from '../../sandbox/control/lint-view.js';
import { tellStep } from '../../sandbox/control/scenario-views.js';
import type { Scenario } from '../../scenario/scenario.js';
import { type Told, tellLife } from '../play-life.js';

/** So many steps are shown, and so many places of an answer that break the contract. */
const MOST = 60;
const MOST_BREACHES = 10;
/** Longer bodies are cut, in characters: a fault may make ten million of them. */
const LONGEST = 20_000;

/** What each step of a scenario answers, in examples: made by playing it with a clock that is moved by hand. */
export async function previewAnswers(
  api: Api,
  scenario: Scenario,
  wanted?: string,
): Promise<AnswerPreview[]> {
  const operations = scenario.operations ?? [...api.binding.schedules.keys()];
  const id = wanted !== undefined && operations.includes(wanted) ? wanted : operations[0];
  const operation = id === undefined ? undefined : api.contract.operations.get(id);
  if (!operation) return [];
  const told = await tellLife(api, scenario, operation, MOST);
  return told.map((one) => show(api, scenario, one));
}

function show(
  api: Api,
  scenario: Scenario,
  { operation, answer, step, after }: Told,
): AnswerPreview {
  const { status, headers, body, mediaType, fault } = answer;
  const played = step === undefined ? undefined : scenario.life[step];
  const broken =
    status === 0
      ? []
      : api.contract.validator.answer(operation, status, mediaType, toldValue(answer));
  const allowed = played ? played.offContract : scenario.offContract;
  return {
    ...(step === undefined ? {} : { step: step + 1 }),
    operation: operation.id,
    line: played?.line ?? 1,
    ...(played ? { says: tellStep(played) } : {}),
    after,
    status,
    headers: { ...headers },
    body: body.slice(0, LONGEST),
    ...(body.length > LONGEST ? { cut: true } : {}),
    ...(fault ? { fault: { name: fault.name, title: declarationOf(fault).title } } : {}),
    ...(allowed ? { off_contract: true } : {}),
    breaches: broken.slice(0, MOST_BREACHES).map(({ at, description }) => ({ at, description })),
  };
}
