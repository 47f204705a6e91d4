import { at, type Json } from '../../contract/json.js';
import type { BusinessError, World } from '../../sandbox/pack.js';
import { invalid } from './failures.js';

/**
 * What is wrong with signed content by the schema that the contract names for it in `x-signed-content` of the
 * operation. A contract that names none, an official one that was swapped in, says nothing of it.
 */
export function breachesOfSigned(
  operationId: string,
  content: Json,
  { contract }: World,
): BusinessError | undefined {
  const operation = contract.operations.get(operationId);
  const item = operation && (contract.document.paths as Json | undefined)?.[operation.path];
  const named = at(item, `${operation?.method.toLowerCase()}.x-signed-content`);
  const schema = typeof named === 'string' ? named : at(named, '$ref');
  if (typeof schema !== 'string') return undefined;
  const found = contract.validator.value(schema, content);
  if (found.length === 0) return undefined;
  return {
    code: 'invalid',
    invalid: found.map((breach) =>
      invalid(breach.at, breach.rule, breach.description, breach.params),
    ),
  };
}
