import { FAULTS } from '../faults/index.js';
import type { Api } from '../sandbox/api.js';
import { checkAnswersAgainstContract } from '../sandbox/check-answers.js';
import { derivedOf } from '../sandbox/derived.js';
import { staysOpen } from '../scenario/play.js';
import type { Scenario, Step } from '../scenario/scenario.js';
import type { Ingredient, IngredientKind, Kit, Temper } from './ingredient.js';
import { linkedFailures } from './linked-failure.js';

/**
 * What lives of an API can be made of: the steps, ends and refusals of the scenarios that follow from its binding, each
 * once. What its contract does not allow is left out, as lessons that it cannot have are.
 * @returns undefined where nothing follows from the binding: no state is open, or none is done
 */
export function kitOf(api: Api): Kit | undefined {
  const { scenarios, suites } = derivedOf(api);
  const found = [...scenarios.values()].flatMap(ingredientsOf);
  const [pieces, ends] = [unique(found, isPiece), unique(found, ({ kind }) => kind === 'end')];
  const usual = ends.find(({ steps: [first] }) => outcomeOf(first) === 'done');
  const plain = pieces.find(isPlain);
  if (!usual || !plain) return undefined;
  const isAllowed = allowedBy(api, [...scenarios.values()][0] as Scenario);
  const refusals = unique(found, ({ kind }) => kind === 'refusal');
  const linked = linkedFailures(api.binding).find(isAllowed);
  const dropped = [...pieces, ...ends, ...refusals].filter((each) => !isAllowed(each));
  const lacking = [...suites.values()].flatMap(({ leftOut = [] }) => leftOut);
  return {
    pieces: [plain, ...pieces.filter((each) => each !== plain && isAllowed(each))],
    ends: [
      usual,
      ...ends.filter((each) => each !== usual && isAllowed(each)),
      ...(linked ? [linked] : []),
    ],
    refusals: refusals.filter(isAllowed),
    leftOut: [
      ...new Map(lacking.map((each) => [each.name, each])).values(),
      ...dropped.map(({ name }) => ({ name, why: 'the contract does not allow its answer' })),
    ],
  };
}

/** A state that is told to some polls, and nothing beside it. */
function isPlain({ name, steps: [step] }: Ingredient): boolean {
  return step?.duration.kind === 'polls' && name === nameOfState(step);
}

function isPiece({ kind }: Ingredient): boolean {
  return kind !== 'end' && kind !== 'refusal';
}

function ingredientsOf(lesson: Scenario): Ingredient[] {
  const { name, life, refuse, offContract } = lesson;
  if (refuse) {
    const off = offContract ? { offContract: true as const } : {};
    return [{ kind: 'refusal', name, temper: 'refused', steps: [], refuse, ...off }];
  }
  // Nothing but its client's patience ends it: no budget has room for that.
  if (staysOpen(life)) return [];
  const from = life.findIndex(isLast);
  const pieces = life.slice(0, from).map((step) => pieceOf(step, name));
  const steps = life.slice(from);
  return [...pieces, { kind: 'end', name, temper: temperOf(steps[0] as Step), steps }];
}

/** An end, or an answer that stays. */
function isLast(step: Step): boolean {
  return step.duration.kind === 'ever' || (outcomeOf(step) ?? 'open') !== 'open';
}

function outcomeOf(step: Step | undefined) {
  return step && 'state' in step.response ? step.response.outcome : undefined;
}

function pieceOf(step: Step, lesson: string): Ingredient {
  const temper = temperOf(step);
  const plain = nameOfState(step);
  return { kind: kindOf(step), name: plain ?? lesson, temper, steps: [step] };
}

/** The name of a state that is told without anything beside it; a promised time is one of its forms. */
function nameOfState(step: Step | undefined): string | undefined {
  if (!step || !('state' in step.response) || step.offContract || step.delay > 0) return undefined;
  if (step.eta && step.eta.after < 0) return undefined;
  const { state } = step.response;
  return step.duration.kind === 'time' ? `${state} until its eta` : state;
}

function kindOf({ response: says }: Step): IngredientKind {
  if ('state' in says) return 'state';
  return says.answer.fault ? 'fault' : 'answer';
}

function temperOf({ response: says }: Step): Temper {
  if ('state' in says) return 'on';
  const { fault, http } = says.answer;
  if (fault) return FAULTS[fault.name].read === 'yes' ? 'on' : 'mishap';
  if (http === 404 || http === 410) return 'gone';
  return http === 401 || http === 403 ? 'refused' : 'mishap';
}

/** Those of a kind, each once: how long they last and when they tell their client to come back is drawn. */
function unique(all: readonly Ingredient[], isWanted: (one: Ingredient) => boolean): Ingredient[] {
  const known = new Map<string, Ingredient>();
  const names = new Set<string>();
  for (const one of all.filter(isWanted)) {
    const key = JSON.stringify([one.refuse, one.steps.map(formOf)]);
    if (known.has(key)) continue;
    let name = one.name;
    for (let n = 2; names.has(name); n += 1) name = `${one.name}-${n}`;
    names.add(name);
    known.set(key, { ...one, name });
  }
  return [...known.values()];
}

function formOf({ response: says, duration, eta, delay }: Step): unknown {
  const response =
    'state' in says ? says : { ...says.answer, retryAfter: pauseForm(says.answer.retryAfter) };
  return [response, duration.kind === 'time', (eta?.after ?? 0) < 0, delay > 0];
}

function pauseForm(pause: { after: number; as: string } | undefined): unknown {
  return pause && [pause.as, pause.after < 0];
}

/** Holds an ingredient's answers to the contract, in a life of nothing else. */
function allowedBy(api: Api, frame: Scenario): (one: Ingredient) => boolean {
  return ({ steps, refuse, offContract = false }) => {
    const scenario = { ...frame, refuse, life: steps, offContract };
    return checkAnswersAgainstContract(api, scenario).length === 0;
  };
}
