import { readFile } from 'node:fs/promises';
import { FileError, nearest, type Problem } from '../problem.js';
import type { Binding } from './binding.js';
import type { Contract } from './contract.js';
import { ID_FORM_HINT, sampleId } from './id-form.js';
import { parseBinding } from './parse-binding.js';

/** Reads a binding file. @throws FileError that lists everything that is wrong in it */
export async function loadBinding(file: string): Promise<Binding> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new FileError([
      {
        file,
        line: 0,
        column: 0,
        message: `the binding cannot be read (${code})`,
        hint: 'name the file with --binding; it says which operations schedule jobs',
      },
    ]);
  }
  return parseBinding(file, text);
}

/** What a binding says of a contract must be true of it: operations and parameters exist. */
export function checkBinding(binding: Binding, contract: Contract): Problem[] {
  const ids = [...contract.operations.keys()];
  const problem = (message: string, hint: string): Problem => ({
    file: binding.file, line: 0, column: 0, message, hint,
  }); // biome-ignore format: one thing
  const unknown = (id: string, role: string) =>
    problem(`${role}: the contract ${contract.file} has no operation "${id}"`, nearest(id, ids));
  const problems: Problem[] = [];
  const report = contract.operations.get(binding.report.operation);
  if (!report) problems.push(unknown(binding.report.operation, 'report'));
  else if (!report.parameters.some((p) => p.in === 'path' && p.name === binding.report.job)) {
    const names = report.parameters.filter((p) => p.in === 'path').map((p) => p.name);
    const { job } = binding.report;
    problems.push(
      problem(`report: ${report.id} has no path parameter "${job}"`, nearest(job, names)),
    );
  } else {
    const { job, ids } = binding.report;
    const id = sampleId(ids);
    const breaches = contract.validator.parameters(report, 'path', { [job]: id });
    const breach = breaches.find(({ at }) => at === job);
    if (breach) {
      const message = `report: jobs get ids such as ${id}, and ${report.id} does not take them: ${breach.description}`;
      problems.push(problem(message, `say with \`ids\` how jobs are named: ${ID_FORM_HINT}`));
    }
  }
  const scheduling = [...binding.schedules.keys()];
  if (!scheduling.some((id) => contract.operations.has(id))) {
    problems.push(unknown(scheduling[0] ?? '', 'schedules'));
  }
  for (const [id, { paths }] of binding.schedules) {
    const operation = contract.operations.get(id);
    const names = operation?.parameters.filter((p) => p.in === 'path').map((p) => p.name) ?? [];
    for (const name of operation ? paths : []) {
      if (names.includes(name)) continue;
      const message = `schedules: {path.${name}} names no path parameter of ${id}`;
      problems.push(problem(message, nearest(name, names)));
    }
  }
  return problems;
}
