import type { Binding } from './binding.js';
import type { Operation } from './operation.js';

/** Other names of operations, each with the one that counts. */
export type Aliases = ReadonlyMap<string, string>;

/** The other names that a document itself gives its operations: `x-aliases: [getJobDetails]`. */
export function aliasesOf(
  operations: readonly Pick<Operation, 'id' | 'aliases'>[],
): Map<string, string> {
  const own = new Set(operations.map(({ id }) => id));
  const named = operations.flatMap(({ id, aliases = [] }) =>
    aliases.filter((alias) => !own.has(alias)).map((alias) => [alias, id] as const),
  );
  return new Map(named);
}

/**
 * The name that counts for an operation of a contract.
 * @example nameOf(contract, 'getJobDetails') // 'getJob'
 */
export function nameOf({ operations, aliases }: Names, said: string): string {
  return operations.has(said) ? said : (aliases.get(said) ?? said);
}

/** What of a contract has names. */
export interface Names {
  operations: ReadonlyMap<string, Operation>;
  aliases: Aliases;
}

/**
 * Brings a contract and its bindings to the same names: an operation that a binding knows by another name bears the
 * binding's own from then on, and a binding that says an alias means the operation.
 */
export function joinNames<C extends Names>(
  contract: C,
  bindings: readonly Binding[],
): { contract: C; bindings: Binding[] } {
  const foreign = bindings.flatMap((binding) => [...binding.aliases]);
  if (foreign.length === 0 && contract.aliases.size === 0)
    return { contract, bindings: [...bindings] };
  const named = renamed(contract, foreign);
  return { contract: named, bindings: bindings.map((binding) => renameIn(binding, named)) };
}

function renamed<C extends Names>(contract: C, foreign: readonly (readonly [string, string])[]): C {
  const aliases = new Map(contract.aliases);
  let { operations } = contract;
  for (const [alias, name] of foreign) {
    if (contract.operations.has(name)) aliases.set(alias, name);
    const operation = contract.operations.get(alias);
    if (!operation || contract.operations.has(name)) continue;
    operation.id = name;
    aliases.set(alias, name);
    operations = new Map([...contract.operations.values()].map((each) => [each.id, each]));
  }
  for (const id of operations.keys()) aliases.delete(id);
  return { ...contract, aliases, operations };
}

function renameIn(binding: Binding, contract: Names): Binding {
  const name = (said: string) => nameOf(contract, said);
  const part = <T extends { operation: string } | undefined>(one: T): T =>
    one && { ...one, operation: name(one.operation) };
  const { schedules, report, cancel, delete: deletes, list, results, resources } = binding;
  return {
    ...binding,
    schedules: new Map([...schedules].map(([id, scheduling]) => [name(id), scheduling])),
    report: { ...part(report), ...(report.reads ? { reads: report.reads.map(name) } : {}) },
    refuses: binding.refuses.map(name),
    cancel: part(cancel),
    delete: part(deletes),
    list: part(list),
    results: results.map(part),
    resources:
      resources &&
      new Map(
        [...resources].map(([key, resource]) => {
          const operations = Object.entries(resource.operations).map(([role, ids]) => [
            role,
            ids.map(name),
          ]);
          const madeBy = resource.madeBy.map(name);
          return [key, { ...resource, madeBy, operations: Object.fromEntries(operations) }];
        }),
      ),
  };
}
