import { MOMENT_FORMS } from '../../contract/places.js';
import { applyFault, showsState } from '../../sandbox/apply-fault.js';
import type { Draft } from '../../sandbox/draft.js';
import { shownEta } from '../../sandbox/shown-eta.js';
import type { Response } from './respond.js';

/** By chance, the answer meets one of its session's faults; those of scenarios are left alone. */
export function applyChaos(draft: Draft, response: Response, url: string): Response {
  const { answer, journal } = response;
  const { operation, state } = journal;
  if (!draft.state.chaos || answer.fault || operation === undefined) return response;
  const fault = draft.drawFault(operation);
  if (!fault) return response;
  const { contract } = draft.api;
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
      reportedOutcome:
        state !== undefined && showsState(corrupted, state) ? journal.reportedOutcome : undefined,
      eta: eta === undefined ? undefined : shownEta(corrupted, eta, () => MOMENT_FORMS),
      chance: true,
    },
  };
}
