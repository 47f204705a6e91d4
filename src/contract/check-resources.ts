import type { ErrorCode } from '../error-codes.js';
import { nearest, type Problem } from '../problem.js';
import type { Binding } from './binding.js';
import type { Contract } from './contract.js';
import { listsIn } from './find-place.js';
import { ID_FORM_HINT, sampleId } from './id-form.js';
import { rolesOf } from './job-operations.js';
import type { Operation } from './operation.js';
import { RESOURCE_ROLES, type ResourceBinding, type ResourceRole } from './resource-binding.js';
import {
  OF_ONE,
  operationsOf,
  parameterOf,
  type ResourceKind,
  readKind,
  shapeOf,
  takesIds,
} from './resource-kind.js';
import { allParts, propertiesOf } from './schema-parts.js';

/** What is wrong at a key of one kind: `read`. */
interface Slip {
  code: ErrorCode;
  key: string;
  message: string;
  hint: string;
  severity?: Problem['severity'];
  usable?: boolean;
}

/** What a binding says of its resources must be true of the contract. @param place where a key of the binding stands */
export function checkResources(
  binding: Binding,
  contract: Contract,
  place: (key: string) => { line: number; column: number },
): Problem[] {
  if (!binding.resources) return [];
  const uses = new Map<string, string>();
  return [...binding.resources.values()].flatMap((resource) => {
    const unknown = checkOperations(resource, contract);
    const slips = [...unknown, ...checkUses(resource, binding, uses)];
    const kind = unknown.length > 0 ? undefined : readKind(resource, contract);
    return [...slips, ...(kind ? checkKind(kind) : [])].map(({ key, ...slip }) => ({
      ...slip,
      file: binding.file,
      ...place(`resources.${resource.name}.${key}`),
    }));
  });
}

/** By key: `made_by` and the roles. */
function namedIn({ madeBy, operations }: ResourceBinding): (readonly [key: string, id: string])[] {
  return [
    ...madeBy.map((id) => ['made_by', id] as const),
    ...RESOURCE_ROLES.flatMap((role) => operations[role].map((id) => [role, id] as const)),
  ];
}

function checkOperations(resource: ResourceBinding, { operations, file }: Contract): Slip[] {
  return namedIn(resource)
    .filter(([, id]) => !operations.has(id))
    .map(([key, id]) => {
      const message = `resources.${resource.name}.${key}: the contract ${file} has no operation "${id}"`;
      const hint = nearest(id, [...operations.keys()]);
      return { code: 'BINDING_UNKNOWN_OPERATION', key, message, hint };
    });
}

/** What operations do about jobs: `schedules`, `report`, `cancel`. */
function usesOfJobs(binding: Binding): ReadonlyMap<string, string> {
  return new Map([
    ...rolesOf(binding).map(({ operation, key }) => [operation, key] as const),
    ...[...binding.schedules.keys()].map((id) => [id, 'schedules'] as const),
    [binding.report.operation, 'report'],
  ]);
}

/** An operation does one thing. @param uses what operations do that have been looked at */
function checkUses(resource: ResourceBinding, binding: Binding, uses: Map<string, string>): Slip[] {
  const ofJobs = usesOfJobs(binding);
  return namedIn(resource).flatMap(([key, id]) => {
    const here = `resources.${resource.name}.${key}`;
    const other = uses.get(id) ?? ofJobs.get(id);
    uses.set(id, here);
    const schedules = ofJobs.get(id) === 'schedules';
    if (other === undefined || (key === 'made_by' && schedules)) return [];
    const hint =
      other === 'schedules'
        ? 'name it under made_by: its job makes one when it is done'
        : 'an operation does one thing: leave it out in one of the places';
    const message = `${here}: ${id} is named by ${other} already`;
    return [{ code: 'BINDING_OPERATION_TWICE', key, message, hint }];
  });
}

function checkKind(kind: ResourceKind): Slip[] {
  return [
    ...checkParameters(kind),
    ...checkField(kind),
    ...checkIds(kind),
    ...checkShown(kind),
    ...operationsOf(kind, 'list').flatMap((operation) => checkList(kind, operation)),
  ];
}

function checkParameters(kind: ResourceKind): Slip[] {
  const { binding } = kind;
  return OF_ONE.flatMap((role) =>
    operationsOf(kind, role)
      .filter((operation) => parameterOf(binding, operation) === undefined)
      .filter((operation) => !isNamedInBody(binding, role, operation))
      .map((operation) => {
        const names = operation.parameters.filter((p) => p.in === 'path').map((p) => p.name);
        const which = binding.id === undefined ? 'that names one of them' : `"${binding.id}"`;
        const message = `resources.${binding.name}.${role}: ${operation.id} has no path parameter ${which}`;
        const key = binding.id === undefined ? role : 'id';
        return {
          code: 'BINDING_UNKNOWN_PARAMETER' as const,
          key,
          message,
          hint: nearest(binding.id ?? '', names),
        };
      }),
  );
}

/** `PUT /pet` has no path parameter at all, and its body names the pet. */
function isNamedInBody({ id }: ResourceBinding, role: ResourceRole, operation: Operation): boolean {
  const named = operation.body !== undefined && (role === 'replace' || role === 'change');
  const { parameters } = operation;
  return named && (id === undefined || !parameters.some((one) => one.in === 'path'));
}

function fieldNames({ contract, model }: ResourceKind): string[] {
  return [...propertiesOf(allParts(contract.document, model?.place?.schema)).keys()];
}

function checkField(kind: ResourceKind): Slip[] {
  const { binding, model } = kind;
  const { field } = binding;
  if (field === undefined || model?.place === undefined || model.place.field !== undefined)
    return [];
  const message = `resources.${binding.name}: the answer of ${model.operation.id} has no field "${field}"`;
  return [
    {
      code: 'BINDING_UNKNOWN_FIELD',
      key: 'field',
      message,
      hint: nearest(field, fieldNames(kind)),
    },
  ];
}

function checkIds(kind: ResourceKind): Slip[] {
  const { binding, model, ids } = kind;
  if (binding.madeBy.length + binding.operations.create.length === 0) return [];
  const wrong = takesIds(kind, model, ids);
  if (!wrong) return [];
  const { operation, description } = wrong;
  const message = `resources.${binding.name}: they get ids such as ${sampleId(ids)}, and ${operation.id} does not take them: ${description}`;
  const hint = `say with \`ids\` how they are named: ${ID_FORM_HINT}`;
  const found = { code: 'BINDING_IDS_DO_NOT_SUIT' as const, key: 'ids', message, hint };
  // Nobody has said it: what brings its own id can be kept all the same.
  return [binding.ids === undefined ? { ...found, severity: 'warning', usable: true } : found];
}

/** What reads or lists has to show JSON in which documents can stand. */
function checkShown(kind: ResourceKind): Slip[] {
  const { binding, contract } = kind;
  return (['read', 'list'] as const).flatMap((role) =>
    operationsOf(kind, role).flatMap((operation) => {
      const shape = shapeOf(kind, role, operation);
      if (shape?.place || (role === 'list' && binding.items !== undefined)) return [];
      const what = role === 'list' ? 'list of objects' : 'object';
      const message = `resources.${binding.name}.${role}: the answer of ${operation.id} shows no ${what} in JSON`;
      const lists = shape?.schema ? listsIn(contract.document, shape.schema) : [];
      const hint =
        role === 'list' && lists.length > 0
          ? `say with \`items\` where it stands: ${lists.join(', ')}`
          : 'leave it out here, and the example of the contract is answered';
      return [{ code: 'BINDING_RESOURCE_NOT_SHOWN' as const, key: role, message, hint }];
    }),
  );
}

function checkList(kind: ResourceKind, operation: Operation): Slip[] {
  const { binding, contract } = kind;
  const { items, filter = new Map<string, string>(), paging = {} } = binding;
  const shape = shapeOf(kind, 'list', operation);
  const queries = operation.parameters.filter((p) => p.in === 'query').map((p) => p.name);
  const slips: Slip[] = [];
  if (items !== undefined && !shape?.place) {
    const message = `resources.${binding.name}: the answer of ${operation.id} has no list at "${items}"`;
    const lists = shape?.schema ? listsIn(contract.document, shape.schema) : [];
    slips.push({
      code: 'BINDING_UNKNOWN_FIELD',
      key: 'items',
      message,
      hint: nearest(items, lists),
    });
  }
  const asked = [
    ...[...filter.keys()].map((name) => [`filter.${name}`, name] as const),
    ...Object.entries(paging).flatMap(([key, name]) =>
      typeof name === 'string' ? [[`paging.${key}`, name] as const] : [],
    ),
  ];
  for (const [key, name] of asked) {
    if (queries.includes(name)) continue;
    const message = `resources.${binding.name}.${key}: ${operation.id} has no query parameter "${name}"`;
    slips.push({ code: 'BINDING_UNKNOWN_PARAMETER', key, message, hint: nearest(name, queries) });
  }
  const fields = fieldNames(kind);
  for (const field of filter.values()) {
    if (fields.length === 0 || fields.includes(field.split('.', 1)[0] as string)) continue;
    const message = `resources.${binding.name}.filter: the documents have no field "${field}"`;
    slips.push({
      code: 'BINDING_UNKNOWN_FIELD',
      key: 'filter',
      message,
      hint: nearest(field, fields),
    });
  }
  return slips;
}
