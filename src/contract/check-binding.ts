import type { ErrorCode } from '../error-codes.js';
import { nearest, type Problem } from '../problem.js';
import type { Binding } from './binding.js';
import { checkJobOperations } from './check-job-operations.js';
import { checkResources } from './check-resources.js';
import type { Contract } from './contract.js';
import { fewIds, ID_FORM_HINT, isChosen, sampleId } from './id-form.js';
import type { Operation } from './operation.js';
import { namesIn } from './template.js';
import { templateSources } from './template-sources.js';
import { unknownPlace } from './unknown-place.js';

/** What a binding says of a contract must be true of it: operations and parameters exist. */
export function checkBinding(binding: Binding, contract: Contract): Problem[] {
  const resources = [
    ...checkResources(binding, contract, (key) => placeIn(binding, key)),
    ...checkNamed(binding, contract, binding.refuses, 'refuses'),
    ...checkNamed(binding, contract, binding.tokens?.operations ?? [], 'tokens.operations'),
  ];
  if (binding.schedules.size === 0) return resources;
  return [
    ...checkNamed(binding, contract, binding.report.reads ?? [], 'report.reads'),
    ...checkReport(binding, contract),
    ...checkSchedules(binding, contract),
    ...checkCredentials(binding, contract),
    ...checkJobOperations(binding, contract, (...told) => problem(binding, ...told)),
    ...checkWait(binding, contract),
    ...resources,
  ];
}

/** A document may lack an operation that others of the same API have: the binding can be used with it. */
function checkNamed(
  binding: Binding,
  contract: Contract,
  ids: readonly string[],
  key: string,
): Problem[] {
  return ids.flatMap((id, i) => {
    if (contract.operations.has(id)) return [];
    const unknown = unknownOperation(binding, contract, id, `${key}.${i}`);
    return [{ ...unknown, severity: 'warning' as const, usable: true }];
  });
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
  const { operation: id, job } = binding.report;
  const report = contract.operations.get(id);
  if (!report) return [unknownOperation(binding, contract, id, 'report.operation')];
  const unknown = unknownPlace(contract, report, job);
  if (unknown) {
    const message = `report: ${report.id} has no ${unknown.what}`;
    return [problem(binding, 'BINDING_UNKNOWN_PARAMETER', 'report.job', message, unknown.hint)];
  }
  return [...checkIds(binding, contract, report), ...checkChosen(binding, contract)];
}

function checkIds(binding: Binding, contract: Contract, report: Operation): Problem[] {
  const { job, ids } = binding.report;
  const few = checkNumber(binding);
  // What a client puts into the path of its request is held to the contract when it comes.
  if (job.in === 'body' || (isChosen(ids) && ids.chosen.in === 'path')) return few;
  const sample = sampleId(ids);
  const breaches = contract.validator.parameters(report, job.in, { [job.name]: sample });
  const breach = breaches.find(({ at }) => at === job.name);
  if (!breach) return few;
  const message = `report: jobs get ids such as ${sample}, and ${report.id} does not take them: ${breach.description}`;
  const hint = `say with \`ids\` how jobs are named: ${ID_FORM_HINT}`;
  return [...few, problem(binding, 'BINDING_IDS_DO_NOT_SUIT', 'report.ids', message, hint)];
}

function checkNumber(binding: Binding): Problem[] {
  const few = fewIds(binding.report.ids);
  if (few === undefined) return [];
  const message = `report: no more than ${few} ids are of this form, so that jobs may run out of them`;
  const hint = 'allow more characters, or count: integers from 1';
  const found = problem(binding, 'BINDING_FEW_IDS', 'report.ids', message, hint);
  return [{ ...found, severity: 'warning', usable: true }];
}

/** Where ids are chosen, some request that schedules has to have such a place. */
function checkChosen(binding: Binding, contract: Contract): Problem[] {
  const { ids } = binding.report;
  if (!isChosen(ids)) return [];
  const operations = [...binding.schedules.keys()].flatMap(
    (id) => contract.operations.get(id) ?? [],
  );
  const unknown = operations.map((operation) => unknownPlace(contract, operation, ids.chosen));
  const [first] = unknown;
  if (!first || unknown.includes(undefined)) return [];
  const message = `report: ids are taken from the scheduling request, and ${operations[0]?.id} has no ${first.what}`;
  return [problem(binding, 'BINDING_UNKNOWN_PARAMETER', 'report.ids', message, first.hint)];
}

/** Credentials are nobody's to read: a template that tells one is refused at once. */
function checkCredentials(binding: Binding, { secrets }: Contract): Problem[] {
  const names = namesIn(templateSources(binding));
  const told = [...new Set(names)].filter((name) => {
    const [place, ...rest] = name.split('.');
    const field = rest.join('.');
    if (place === 'query') return secrets.query.has(field);
    if (place !== 'header') return false;
    return CREDENTIALS.test(field) || secrets.headers.has(field.toLowerCase());
  });
  return told.map((name) => {
    const message = `{${name}} is a credential, which no answer tells`;
    const hint = 'leave it out, or write a text of your own';
    return problem(binding, 'BINDING_TELLS_CREDENTIAL', 'states', message, hint);
  });
}

/** Headers that carry credentials whatever the contract says. */
const CREDENTIALS = /^(authorization|proxy-authorization|cookie)$/i;

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
