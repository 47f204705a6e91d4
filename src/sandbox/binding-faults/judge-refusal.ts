import type { Operation } from '../../contract/operation.js';
import type { Api } from '../api.js';
import { sampleRenderer } from '../check-answers.js';
import type { Invalid } from '../pack.js';
import { type BindingFault, breachesOf } from './judge-answer.js';
import { isFilledLater, keysOf } from './places.js';

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
export function judgeRefusals(api: Api): BindingFault[] {
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

function errorsOf({ answers }: Operation): number[] {
  return Object.keys(answers).flatMap((status) =>
    /^[45]\d\d$/.test(status) ? [Number(status)] : [],
  );
}

function judgeRefusal(api: Api, operation: Operation, status: number): BindingFault[] {
  const { binding, contract } = api;
  const answer = sampleRenderer(api, operation).refusal({ status, invalid: INVALID });
  return breachesOf(contract, operation, answer).flatMap(
    ({ at, description, rule }): BindingFault[] => {
      const keys = keysOf(at);
      if (keys.includes('invalid') || isFilledLater(binding.refusal?.source, keys)) return [];
      return [
        {
          cause: `refusal ${rule} ${at} ${description}`,
          at: ['refusal', ...keys],
          message: `a refusal breaks the contract, ${operation.id} ${status}, at ${at}: ${description}`,
          hint: 'leave `refusal` out: each refusal then has the form that the contract shows for its status',
        },
      ];
    },
  );
}
