import { readFile } from 'node:fs/promises';
import type { Operation } from '../contract/operation.js';
import type { Problem } from '../problem.js';
import type { Api, Apis } from '../sandbox/api.js';
import { ownOperations } from '../sandbox/routes.js';

/** An operation that answers at a path, and whose it is. */
interface Taken {
  api: Api;
  operation: Operation;
  path: string;
}

type Pair = readonly [never: Operation, answers: Taken];

/** Paths that two documents at one address have: the first one answers, the other is never asked. One warning a pair. */
export async function clashesOf(apis: Apis): Promise<Problem[]> {
  // Packs that come with the package and have not been read yet were held against each other before.
  if (apis.every(({ platform, contract }) => platform !== undefined && !contract.isRead)) return [];
  const taken = new Map<string, Taken>();
  const problems: Problem[] = [];
  for (const api of apis) {
    const clashes = new Map<Api, Pair[]>();
    for (const operation of ownOperations(apis, api)) {
      const own = api.binding.prefixes.map((prefix) => prefix + operation.path);
      const before = own.flatMap((path) => taken.get(keyOf(operation, path)) ?? [])[0];
      if (before && before.api.contract !== api.contract) {
        clashes.set(before.api, [...(clashes.get(before.api) ?? []), [operation, before]]);
      }
      for (const path of own) {
        const key = keyOf(operation, path);
        if (!taken.has(key)) taken.set(key, { api, operation, path });
      }
    }
    for (const [first, pairs] of clashes) problems.push(await clash(api, first, pairs));
  }
  return problems;
}

/** Names of parameters make no difference to a router, nor does a slash at the end. */
function keyOf({ method }: Operation, path: string): string {
  return `${method} ${path.replace(/\{[^}]+\}/g, '{}').replace(/(?<=.)\/$/, '')}`;
}

/** So many paths are named. */
const SHOWN = 3;

/** Where the first of the paths stands in its document. */
async function placeOf(file: string, path: string): Promise<{ line: number; column: number }> {
  const { locatorOf } = await import('../yaml-fast.js');
  return locatorOf(await readFile(file, 'utf8'))(['paths', path], 'key');
}

async function clash(api: Api, first: Api, pairs: readonly Pair[]): Promise<Problem> {
  const [[never, answers]] = pairs as [Pair];
  const { line, column } = await placeOf(first.contract.file, answers.operation.path);
  const named = pairs
    .slice(0, SHOWN)
    .map(([{ method, id }, { path, operation }]) =>
      id === operation.id ? `${method} ${path}` : `${method} ${path} (${operation.id}, not ${id})`,
    );
  const more = pairs.length > SHOWN ? [`${pairs.length - SHOWN} more`] : [];
  const message = `${first.contract.file}:${line}:${column} comes first and answers ${[...named, ...more].join(', ')}: here they are never asked`;
  return {
    code: 'CONTRACT_PATH_TAKEN',
    severity: 'warning',
    usable: true,
    file: api.contract.file,
    ...(await placeOf(api.contract.file, never.path)),
    message,
    hint: 'name the document first that is to answer, or give one of them prefixes of its own in its binding',
  };
}
