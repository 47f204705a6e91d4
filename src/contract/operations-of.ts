import type { Binding } from './binding.js';

/**
 * Every operation that a binding names, by its id, and the key that names it. Of several kinds of jobs in one document
 * an operation belongs to the one whose binding names it.
 * @example operationsOf(binding).get('getExport') // 'report.operation'
 */
export function operationsOf(binding: Binding): Map<string, string> {
  const { schedules, report } = binding;
  const named: [id: string, key: string][] = [
    ...[...schedules.keys()].map((id): [string, string] => [id, `schedules.${id}`]),
    [report.operation, 'report.operation'],
  ];
  return new Map(named.filter(([id]) => id !== ''));
}
