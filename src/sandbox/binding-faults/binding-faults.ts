import type { Binding } from '../../contract/binding.js';
import type { Contract } from '../../contract/contract.js';
import type { Api } from '../api.js';
import { breachKey } from '../check-answers.js';
import { type BindingFault, breachesOf, judgeAnswer } from './judge-answer.js';
import { judgeRefusals } from './judge-refusal.js';
import { type PlannedAnswer, plannedAnswers } from './planned-answers.js';

/** Everything that is wrong in the answers that a binding would give by itself. */
export interface BindingFaults {
  /** One for each cause. */
  faults: readonly BindingFault[];
  /** Breaches of the contract that follow from them, as {@link breachKey} writes them. */
  breaches: ReadonlySet<string>;
  /** The same of refusals, as {@link refusalBreachKey} does. */
  refusals: ReadonlySet<string>;
}

const known = new WeakMap<Binding, { contract: Contract } & BindingFaults>();

/**
 * Holds what a binding would answer to its contract, whether or not a scenario asks for it: what schedules, every
 * state in every form, their envelope, refusals.
 */
export function bindingFaults(api: Api): BindingFaults {
  const { binding, contract } = api;
  const found = known.get(binding);
  if (found?.contract === contract) return found;
  const answers = plannedAnswers(api);
  const refused = judgeRefusals(api);
  const faults = [
    ...byCause(answers.map((answer) => ({ answer, faults: judgeAnswer(api, answer) }))),
    ...byCause([{ answer: undefined, faults: refused }]),
  ];
  const breaches = new Set(faults.length === 0 ? [] : answers.flatMap((one) => keysOf(api, one)));
  const refusals = new Set(refused.map(({ breach }) => breach));
  const made = { contract, faults, breaches, refusals };
  known.set(binding, made);
  return made;
}

function keysOf({ contract }: Api, { operation, render }: PlannedAnswer): string[] {
  const answer = render();
  return breachesOf(contract, operation, answer).map(({ at, description }) =>
    breachKey(operation.id, answer.status, at, description),
  );
}

/** So many answers are named that have the same fault. */
const NAMED = 4;

function byCause(
  judged: readonly { answer: PlannedAnswer | undefined; faults: readonly BindingFault[] }[],
): BindingFault[] {
  const causes = new Map<string, { fault: BindingFault; where: string | undefined }[]>();
  for (const { answer, faults } of judged) {
    const where = answer?.at.join('.');
    for (const fault of faults) {
      const same = causes.get(fault.cause);
      if (same) same.push({ fault, where });
      else causes.set(fault.cause, [{ fault, where }]);
    }
  }
  return [...causes.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const also = [...new Set(others.flatMap(({ where }) => where ?? []))];
    const shown = also.slice(0, NAMED).join(', ');
    const more = also.length > NAMED ? ` and ${also.length - NAMED} more` : '';
    const message = first.fault.message + (also.length > 0 ? `; the same of ${shown}${more}` : '');
    return [{ ...first.fault, message }];
  });
}
