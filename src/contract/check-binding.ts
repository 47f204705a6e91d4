import type { ErrorCode } from '../error-codes.js';
import { nearest, type Problem } from '../problem.js';
import type { Binding } from './binding.js';
import type { Contract } from './contract.js';
import { ID_FORM_HINT, sampleId } from './id-form.js';

/** What a binding says of a contract must be true of it: operations and parameters exist. */
export function checkBinding(binding: Binding, contract: Contract): Problem[] {
  const ids = [...contract.operations.keys()];
  const problem = (code: ErrorCode, key: string, message: string, hint: string): Problem => ({
    code, file: binding.file, ...placeIn(binding, key), message, hint,
  }); // biome-ignore format: one thing
  const unknown = (id: string, role: string, key: string) => {
    const message = `${role}: the contract ${contract.file} has no operation "${id}"`;
    return problem('BINDING_UNKNOWN_OPERATION', key, message, nearest(id, ids));
  };
  const problems: Problem[] = [];
  const report = contract.operations.get(binding.report.operation);
  if (!report) problems.push(unknown(binding.report.operation, 'report', 'report.operation'));
  else if (!report.parameters.some((p) => p.in === 'path' && p.name === binding.report.job)) {
    const names = report.parameters.filter((p) => p.in === 'path').map((p) => p.name);
    const { job } = binding.report;
    const message = `report: ${report.id} has no path parameter "${job}"`;
    problems.push(problem('BINDING_UNKNOWN_PARAMETER', 'report.job', message, nearest(job, names)));
  } else {
    const { job, ids } = binding.report;
    const id = sampleId(ids);
    const breaches = contract.validator.parameters(report, 'path', { [job]: id });
    const breach = breaches.find(({ at }) => at === job);
    if (breach) {
      const message = `report: jobs get ids such as ${id}, and ${report.id} does not take them: ${breach.description}`;
      const hint = `say with \`ids\` how jobs are named: ${ID_FORM_HINT}`;
      problems.push(problem('BINDING_IDS_DO_NOT_SUIT', 'report.ids', message, hint));
    }
  }
  const scheduling = [...binding.schedules.keys()];
  if (!scheduling.some((id) => contract.operations.has(id))) {
    problems.push(unknown(scheduling[0] ?? '', 'schedules', 'schedules'));
  }
  for (const [id, { paths }] of binding.schedules) {
    const operation = contract.operations.get(id);
    const names = operation?.parameters.filter((p) => p.in === 'path').map((p) => p.name) ?? [];
    for (const name of operation ? paths : []) {
      if (names.includes(name)) continue;
      const message = `schedules: {path.${name}} names no path parameter of ${id}`;
      const hint = nearest(name, names);
      problems.push(problem('BINDING_UNKNOWN_PARAMETER', `schedules.${id}`, message, hint));
    }
  }
  return problems;
}

/** Where a key of a binding stands, or the nearest one around it that the file has. */
export function placeIn({ places }: Binding, key: string): { line: number; column: number } {
  const parts = key.split('.');
  for (let length = parts.length; length > 0; length -= 1) {
    const place = places[parts.slice(0, length).join('.')];
    if (place) return place;
  }
  return { line: 1, column: 1 };
}
