import type { Binding } from './binding.js';
import { rolesOf } from './job-operations.js';

/**
 * Every operation that a binding names, by its id, and the key that names it. Of several kinds of jobs in one document
 * an operation belongs to the one whose binding names it.
 * @example operationsOf(binding).get('getExport') // 'report.operation'
 */
export function operationsOf(binding: Binding): Map<string, string> {
  const { schedules, report, refuses } = binding;
  const named: [id: string, key: string][] = [
    ...[...schedules.keys()].map((id): [string, string] => [id, `schedules.${id}`]),
    [report.operation, 'report.operation'],
    ...(report.reads ?? []).map((id, i): [string, string] => [id, `report.reads.${i}`]),
    ...refuses.map((id, i): [string, string] => [id, `refuses.${i}`]),
    ...rolesOf(binding).map(({ operation, key }): [string, string] => [
      operation,
      `${key}.operation`,
    ]),
  ];
  return new Map(named.reverse().filter(([id]) => id !== ''));
}

/**
 * Operations that show and change resources of a binding. Where kinds of jobs share resources, any of them may answer:
 * they keep them in one place.
 */
export function resourceOperationsOf({ resources }: Binding): string[] {
  return [...(resources?.values() ?? [])].flatMap(({ operations, madeBy }) => [
    ...Object.values(operations).flat(),
    ...madeBy,
  ]);
}
