import type { ErrorCode } from '../error-codes.js';
import { nearest, type Problem } from '../problem.js';
import type { Binding } from './binding.js';
import { checkJobOperations } from './check-job-operations.js';
import type { Contract } from './contract.js';
import { ID_FORM_HINT, sampleId } from './id-form.js';
import type { Operation } from './operation.js';

/** What a binding says of a contract must be true of it: operations and parameters exist. */
export function checkBinding(binding: Binding, contract: Contract): Problem[] {
  if (binding.schedules.size === 0) return [];
  return [
    ...checkReport(binding, contract),
    ...checkSchedules(binding, contract),
    ...checkJobOperations(binding, contract, (...told) => problem(binding, ...told)),
    ...checkWait(binding, contract),
  ];
}

/** A parameter that no operation has is asked for by nobody who keeps to the contract; some documents lack it. */
function checkWait(binding: Binding, contract: Contract): Problem[] {
  const { report, schedules } = binding;
  const holding = [
    { id: report.operation, wait: report.wait },
    ...[...schedules].map(([id, { wait }]) => ({ id, wait })),
  ];
  const asked = new Map<string, string[]>();
  for (const { id, wait } of holding) {
    if (!wait || !('query' in wait.by)) continue;
    const { parameters = [] } = contract.operations.get(id) ?? {};
    const names = parameters.filter((p) => p.in === 'query').map((p) => p.name);
    asked.set(wait.by.query, [...(asked.get(wait.by.query) ?? []), ...names]);
  }
  return [...asked].flatMap(([name, names]) => {
    if (names.includes(name)) return [];
    const message = `wait: no operation whose answers are held has a query parameter "${name}"`;
    const key = binding.positions.wait ? 'wait' : 'report.wait';
    const hint = nearest(name, names);
    const found = problem(binding, 'BINDING_UNKNOWN_PARAMETER', key, message, hint);
    return [{ ...found, severity: 'warning', usable: true }];
  });
}

/** Where a key of a binding stands, or the nearest one around it that the file has. */
export function placeIn({ positions }: Binding, key: string): { line: number; column: number } {
  const parts = key.split('.');
  for (let length = parts.length; length > 0; length -= 1) {
    const place = positions[parts.slice(0, length).join('.')];
    if (place) return place;
  }
  return { line: 1, column: 1 };
}

function problem(
  binding: Binding,
  code: ErrorCode,
  key: string,
  message: string,
  hint: string,
): Problem {
  return { code, file: binding.file, ...placeIn(binding, key), message, hint };
}

function unknownOperation(binding: Binding, contract: Contract, id: string, key: string): Problem {
  const [role] = key.split('.', 1);
  const message = `${role}: the contract ${contract.file} has no operation "${id}"`;
  const hint = nearest(id, [...contract.operations.keys()]);
  return problem(binding, 'BINDING_UNKNOWN_OPERATION', key, message, hint);
}

function pathNames(operation: Operation): string[] {
  return operation.parameters.filter((p) => p.in === 'path').map((p) => p.name);
}

function checkReport(binding: Binding, contract: Contract): Problem[] {
  const { operation: id, job, ids } = binding.report;
  const report = contract.operations.get(id);
  if (!report) return [unknownOperation(binding, contract, id, 'report.operation')];
  const names = pathNames(report);
  if (!names.includes(job)) {
    const message = `report: ${report.id} has no path parameter "${job}"`;
    const code = 'BINDING_UNKNOWN_PARAMETER';
    return [problem(binding, code, 'report.job', message, nearest(job, names))];
  }
  const sample = sampleId(ids);
  const breaches = contract.validator.parameters(report, 'path', { [job]: sample });
  const breach = breaches.find(({ at }) => at === job);
  if (!breach) return [];
  const message = `report: jobs get ids such as ${sample}, and ${report.id} does not take them: ${breach.description}`;
  const hint = `say with \`ids\` how jobs are named: ${ID_FORM_HINT}`;
  return [problem(binding, 'BINDING_IDS_DO_NOT_SUIT', 'report.ids', message, hint)];
}

function checkSchedules(binding: Binding, contract: Contract): Problem[] {
  const ids = [...binding.schedules.keys()];
  if (!ids.some((id) => contract.operations.has(id))) {
    return [unknownOperation(binding, contract, ids[0] ?? '', 'schedules')];
  }
  return ids.flatMap((id) => checkScheduling(binding, contract, id));
}

function checkScheduling(binding: Binding, contract: Contract, id: string): Problem[] {
  const key = `schedules.${id}`;
  const operation = contract.operations.get(id);
  if (!operation) {
    // A document may lack an operation that others of the same API have: the binding can be used with it.
    const unknown = unknownOperation(binding, contract, id, key);
    return [{ ...unknown, severity: 'warning', usable: true }];
  }
  const { paths = [], resource } = binding.schedules.get(id) ?? {};
  const names = pathNames(operation);
  const code = 'BINDING_UNKNOWN_PARAMETER';
  const problems = paths
    .filter((name) => !names.includes(name))
    .map((name) => {
      const message = `schedules: {path.${name}} names no path parameter of ${id}`;
      return problem(binding, code, key, message, nearest(name, names));
    });
  if (resource === undefined || names.includes(resource)) return problems;
  const message = `schedules: ${id} has no path parameter "${resource}"`;
  const hint = nearest(resource, names);
  return [...problems, { ...problem(binding, code, key, message, hint), usable: true }];
}
