import { applyFault, tellsState, toldIn } from '../../sandbox/apply-fault.js';
import type { Draft } from '../../sandbox/draft.js';
import type { Response } from './respond.js';

/** By chance, the answer meets one of its session's faults; those of scenarios are left alone. */
export function applyChaos(draft: Draft, response: Response, url: string): Response {
  const { answer, journal } = response;
  const { operation, state } = journal;
  if (!draft.state.chaos || answer.fault || operation === undefined) return response;
  const fault = draft.drawFault(operation);
  if (!fault) return response;
  const { contract } = draft.setup;
  const { eta } = journal;
  const corrupted = applyFault(answer, fault, {
    url,
    now: draft.now,
    eta,
    state,
    contract,
    operation,
  });
  return {
    ...response,
    answer: corrupted,
    journal: {
      ...journal,
      told: state !== undefined && tellsState(corrupted, state) ? journal.told : undefined,
      eta: eta === undefined ? undefined : toldIn(corrupted, eta),
      chance: true,
    },
  };
}
