import { at, type Json } from '../contract/json.js';
import type { World } from '../sandbox/pack.js';

/**
 * The schema that the contract names for what is signed in the body of an operation: its `x-signed-content`. A contract
 * that names none, an official one that was swapped in, says nothing of it.
 */
export function signedSchema(operationId: string, { contract }: World): string | undefined {
  const operation = contract.operations.get(operationId);
  const item = operation && (contract.document.paths as Json | undefined)?.[operation.path];
  const named = at(item, `${operation?.method.toLowerCase()}.x-signed-content`);
  const schema = typeof named === 'string' ? named : at(named, '$ref');
  return typeof schema === 'string' ? schema : undefined;
}
