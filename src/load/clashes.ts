import type { Operation } from '../contract/operation.js';
import type { Problem } from '../problem.js';
import type { Api, Apis } from '../sandbox/api.js';

/** Paths that two APIs at one address have: the first one answers, the other is never asked. */
export function clashesOf(apis: Apis): Problem[] {
  const taken = new Map<string, { api: Api; operation: Operation; path: string }>();
  const problems: Problem[] = [];
  for (const api of apis) {
    for (const operation of api.contract.operations.values()) {
      const own = api.binding.prefixes.map((prefix) => prefix + operation.path);
      const before = own.flatMap((path) => taken.get(keyOf(operation, path)) ?? [])[0];
      if (before && before.api !== api) problems.push(clash(api, operation, before));
      for (const path of own) {
        const key = keyOf(operation, path);
        if (!taken.has(key)) taken.set(key, { api, operation, path });
      }
    }
  }
  return problems;
}

/** Names of parameters make no difference to a router, nor does a slash at the end. */
function keyOf({ method }: Operation, path: string): string {
  return `${method} ${path.replace(/\{[^}]+\}/g, '{}').replace(/(?<=.)\/$/, '')}`;
}

function clash(
  { contract }: Api,
  { method, id }: Operation,
  before: { api: Api; operation: Operation; path: string },
): Problem {
  const first = `${before.operation.id} of ${before.api.contract.file}`;
  const message = `${id} is never asked: ${method} ${before.path} is answered by ${first}`;
  return {
    code: 'CONTRACT_PATH_TAKEN',
    severity: 'warning',
    usable: true,
    file: contract.file,
    line: 0,
    column: 0,
    message,
    hint: 'name the document first whose operation is to answer, or give one of them prefixes of its own in its binding',
  };
}
