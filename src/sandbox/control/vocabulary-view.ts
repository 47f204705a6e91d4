import type { Operation } from '../../contract/operation.js';
import { FAULTS } from '../../faults/index.js';
import type { Api } from '../api.js';

/** What steps of scenarios and of jobs that are played by hand may say. */
export type VocabularyView = ReturnType<typeof showVocabulary>;

/** @param named the API's name is told: there are several */
export function showVocabulary(apis: readonly Api[], named: boolean) {
  return {
    apis: apis.map((api) => ({ ...(named ? { name: api.name } : {}), ...wordsOf(api) })),
    faults: Object.values(FAULTS).map(
      ({ name, title, answer, read, endless = false, settings }) => ({
        name,
        title,
        answer,
        read,
        endless,
        settings: [...settings],
      }),
    ),
  };
}

function wordsOf({ binding, contract }: Api) {
  return {
    operations: [...binding.schedules.keys()].filter((id) => contract.operations.has(id)),
    report: binding.report.operation,
    ...(binding.report.reads ? { reads: [...binding.report.reads] } : {}),
    statuses: statusesOf(contract.operations.get(binding.report.operation)),
    states: [...binding.states].map(([state, { outcome, shapes }]) => ({
      state,
      outcome,
      shapes: [...shapes.keys()],
    })),
    errors: [...binding.errors].map(([code, { name, message, text }]) => ({
      code,
      ...(name === '' ? {} : { name }),
      message,
      text,
    })),
    envelopes: [...binding.envelopes.keys()],
  };
}

/** What the contract says that an operation may be answered with; ranges and `default` are left out. */
function statusesOf(operation: Operation | undefined): number[] {
  return Object.keys(operation?.answers ?? {})
    .map(Number)
    .filter(Number.isInteger);
}
