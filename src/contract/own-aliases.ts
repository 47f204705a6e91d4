import type { Operation } from './operation.js';

/** Other names of operations, each with the one that counts. */
export type Aliases = ReadonlyMap<string, string>;

/** The other names that a document itself gives its operations: `x-aliases: [getJobDetails]`. */
export function aliasesOf(operations: readonly Operation[]): Map<string, string> {
  const own = new Set(operations.map(({ id }) => id));
  const named = operations.flatMap(({ id, aliases = [] }) =>
    aliases.filter((alias) => !own.has(alias)).map((alias) => [alias, id] as const),
  );
  return new Map(named);
}
