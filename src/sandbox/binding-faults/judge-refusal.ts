import { at as valueAt } from '../../contract/json.js';
import type { Operation } from '../../contract/operation.js';
import type { Api } from '../api.js';
import { sampleRenderer } from '../check-answers.js';
import type { Invalid } from '../pack.js';
import { type BindingFault, breachesOf } from './judge-answer.js';
import { isFilledLater, keysOf } from './places.js';

/** With what follows from it, as {@link refusalBreachKey} writes it. */
interface RefusalFault extends BindingFault {
  breach: string;
}

const INVALID: Invalid[] = [
  {
    entry: '$.field',
    entry_type: 'body',
    rules: [{ rule: 'required', description: 'required property was not present', params: [] }],
  },
];

/**
 * What is wrong with the refusals of a binding that says itself what they look like. One text stands for all of them:
 * where a contract has several forms of errors, not all can be right, and that is worth a remark alone.
 */
export function judgeRefusals(api: Api): RefusalFault[] {
  const { binding, contract } = api;
  if (binding.refusal === undefined) return [];
  const ids = [binding.report.operation, ...binding.schedules.keys()];
  const documented = ids.flatMap((id) => {
    const operation = contract.operations.get(id);
    return operation ? errorsOf(operation).map((status) => ({ operation, status })) : [];
  });
  const judged = documented.map(({ operation, status }) => judgeRefusal(api, operation, status));
  const all = judged.length > 0 && judged.every(({ length }) => length > 0);
  return judged.flat().map((fault) => (all ? fault : { ...fault, severity: 'warning' as const }));
}

/** Ranges and `default` are held to one status: beside an answer that is good, `default` is what errors look like. */
function errorsOf({ answers }: Operation): number[] {
  const statuses = Object.keys(answers);
  const hasGood = statuses.some((status) => /^2/.test(status));
  return statuses.flatMap((status) => {
    if (/^[45]\d\d$/.test(status)) return [Number(status)];
    if (/^[45]XX$/i.test(status)) return [Number(status.charAt(0)) * 100];
    return status === 'default' && hasGood ? [400] : [];
  });
}

/** Operation, place and what is wrong there, of whatever status. */
export function refusalBreachKey(operation: string, at: string, description: string): string {
  return `${operation} ${at} ${description}`;
}

function judgeRefusal(api: Api, operation: Operation, status: number): RefusalFault[] {
  const { binding, contract } = api;
  const answer = sampleRenderer(api, operation).refusal({ status, invalid: INVALID });
  return breachesOf(contract, operation, answer).flatMap(
    ({ at, description, rule }): RefusalFault[] => {
      const keys = keysOf(at);
      if (keys.includes('invalid') || isFilledLater(binding.refusal?.source, keys)) return [];
      return [
        {
          breach: refusalBreachKey(operation.id, at, description),
          cause: `refusal ${rule} ${at} ${description}`,
          at: ['refusal', ...keys],
          message: `a refusal breaks the contract, ${operation.id} ${status}, at ${at}: ${description}`,
          hint:
            valueAt(binding.refusal?.source, keys.join('.')) === '{code}'
              ? '{code} is told of what the sandbox itself refuses, and of no status that a scenario answers: write {type}, and under `types` what it stands for'
              : 'leave `refusal` out: each refusal then has the form that the contract shows for its status',
        },
      ];
    },
  );
}
