import type { ErrorCode } from '../error-codes.js';
import { nearest, type Problem } from '../problem.js';
import type { Binding } from './binding.js';
import type { Contract } from './contract.js';
import { type JobRole, type Paging, rolesOf } from './job-operations.js';
import { parseJobPlace } from './job-place.js';
import type { Operation, ParameterPlace } from './operation.js';
import { unknownPlace } from './unknown-place.js';

/** Makes a problem of a key of the binding. */
type Tell = (code: ErrorCode, key: string, message: string, hint: string) => Problem;

/** What a binding says of operations on jobs must be true of the contract: they exist, each for one thing, with these parameters. */
export function checkJobOperations(binding: Binding, contract: Contract, tell: Tell): Problem[] {
  return [
    ...namedTwice(binding, tell),
    ...rolesOf(binding).flatMap(({ role, operation: id, key }) => {
      const operation = contract.operations.get(id);
      if (operation) return checkOperation(binding, contract, operation, role, key, tell);
      const message = `${key.split('.', 1)[0]}: the contract ${contract.file} has no operation "${id}"`;
      const hint = nearest(id, [...contract.operations.keys()]);
      return [tell('BINDING_UNKNOWN_OPERATION', `${key}.operation`, message, hint)];
    }),
  ];
}

/** One operation cannot do two things, unless the one of them is not of jobs that are there. */
function namedTwice(binding: Binding, tell: Tell): Problem[] {
  const uses = new Map<string, string>();
  uses.set(binding.report.operation, 'report');
  for (const id of binding.schedules.keys()) uses.set(id, `schedules.${id}`);
  return rolesOf(binding).flatMap(({ operation, key }) => {
    const other = uses.get(operation);
    uses.set(operation, other ?? key);
    if (other === undefined) return [];
    const message = `${key}: ${operation} is named by ${other} already`;
    const hint = 'a request can be answered in one way: leave it out of one of the two';
    return [tell('BINDING_OPERATION_TWICE', `${key}.operation`, message, hint)];
  });
}

function checkOperation(
  binding: Binding,
  contract: Contract,
  operation: Operation,
  role: JobRole,
  key: string,
  tell: Tell,
): Problem[] {
  const { list } = binding;
  if (role !== 'list') return checkJob(binding, contract, operation, key, tell);
  if (!list) return [];
  const filters = [...list.filter.keys()].map((name) => [name, `list.filter.${name}`] as const);
  const known = names(operation, 'query');
  const order = list.order ? [[list.order.by, 'list.order.by'] as const] : [];
  return [...filters, ...order, ...pagingKeys(list.paging)].flatMap(([name, at]) => {
    if (known.includes(name)) return [];
    const field = name.startsWith('body.') ? parseJobPlace(name) : undefined;
    const missing = field && unknownPlace(contract, operation, field);
    if (field && !missing) return [];
    if (missing) {
      const message = `${at}: ${operation.id} has no ${missing.what}`;
      return [tell('BINDING_UNKNOWN_PARAMETER', at, message, missing.hint)];
    }
    const message = `${at}: ${operation.id} has no query parameter "${name}"`;
    return [tell('BINDING_UNKNOWN_PARAMETER', at, message, nearest(name, known))];
  });
}

function pagingKeys(paging: Paging): (readonly [name: string, key: string])[] {
  return (['limit', 'offset', 'page', 'after', 'before'] as const).flatMap((key) => {
    const name = paging[key];
    return name === undefined ? [] : [[name, `list.paging.${key}`] as const];
  });
}

/** An operation on a job has to name the job: where it is said, or in its path, or where the report does. */
function checkJob(
  { cancel, delete: deletes, results, report }: Binding,
  contract: Contract,
  operation: Operation,
  key: string,
  tell: Tell,
): Problem[] {
  const part = { cancel, delete: deletes }[key] ?? results[Number(key.split('.')[1])];
  if (part?.job === undefined && names(operation, 'path').length > 0) return [];
  const place = part?.job ?? report.job;
  const unknown = unknownPlace(contract, operation, place);
  if (!unknown) return [];
  const { what, hint } =
    part?.job === undefined
      ? { what: 'path parameter that names a job', hint: 'name an operation below a job' }
      : unknown;
  const message = `${key}: ${operation.id} has no ${what}`;
  return [tell('BINDING_UNKNOWN_PARAMETER', `${key}.job`, message, hint)];
}

function names({ parameters }: Operation, place: ParameterPlace): string[] {
  return parameters.filter((parameter) => parameter.in === place).map(({ name }) => name);
}
