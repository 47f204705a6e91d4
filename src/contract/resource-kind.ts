import { type AnswerShape, answerShape, exampleOfAnswer } from './answer-shape.js';
import type { Contract } from './contract.js';
import { type DocumentPlace, listAt, placeOfDocument, placeOfList } from './find-place.js';
import { type IdForm, parseIdForm, sampleId, tellId } from './id-form.js';
import { at, type Json } from './json.js';
import type { Operation } from './operation.js';
import { compilePattern } from './pattern.js';
import { RESOURCE_ROLES, type ResourceBinding, type ResourceRole } from './resource-binding.js';
import { allParts, isOfType, propertiesOf } from './schema-parts.js';

/** How an operation answers with resources of a kind. */
export interface ResourceShape extends AnswerShape {
  role: ResourceRole;
  /** Where the documents stand; undefined: the answer shows none. */
  place: DocumentPlace | undefined;
  example: unknown;
}

interface KindBase {
  binding: ResourceBinding;
  contract: Contract;
  /** What has been asked for, see {@link shapeOf}. */
  shapes: Map<string, ResourceShape | undefined>;
}

/** A kind of resources as a contract has it. */
export interface ResourceKind extends KindBase {
  /** The answer that documents are held to before they are kept; undefined: no answer shows them. */
  model: ResourceShape | undefined;
  /** Fields that requests can bring. */
  said: ReadonlySet<string>;
  ids: IdForm;
}

/** RFC 9110 §15.3: what the operations of each role answer to a request that is granted, the usual first. */
export const GRANTED: Readonly<Record<ResourceRole, readonly number[]>> = {
  create: [201, 200, 202, 204],
  read: [200, 203, 201],
  list: [200, 206, 203],
  replace: [200, 204, 201, 202],
  change: [200, 204, 201, 202],
  delete: [204, 200, 202],
};

/** Whose answers show the whole document, the best first. */
const SHOWING: readonly ResourceRole[] = ['read', 'replace', 'change', 'create', 'list'];

export function readKind(binding: ResourceBinding, contract: Contract): ResourceKind {
  const base: KindBase = { binding, contract, shapes: new Map() };
  const model = SHOWING.flatMap((role) =>
    operationsOf(base, role).map((operation) => shapeOf(base, role, operation)),
  ).find((shape) => shape?.place);
  const ids = binding.ids ?? idsFor(base, model);
  return { ...base, model, said: saidOf(base, model), ids };
}

/** The operations of a role that the contract has. */
export function operationsOf({ binding, contract }: KindBase, role: ResourceRole): Operation[] {
  return binding.operations[role].flatMap((id) => contract.operations.get(id) ?? []);
}

/** The path parameter by which an operation names one of them; undefined: it names none. */
export function parameterOf({ id }: ResourceBinding, operation: Operation): string | undefined {
  const names = [...operation.path.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name as string);
  return id === undefined ? names.at(-1) : names.find((name) => name === id);
}

/**
 * How an operation answers in a role; undefined: the contract does not say.
 * @param statuses others than those that are usual for the role
 */
export function shapeOf(
  kind: KindBase,
  role: ResourceRole,
  operation: Operation,
  statuses: readonly number[] = GRANTED[role],
): ResourceShape | undefined {
  const key = `${operation.id} ${statuses.join()}`;
  if (kind.shapes.has(key)) return kind.shapes.get(key);
  const shape = answerShape(operation, statuses);
  const found = shape && {
    ...shape,
    role,
    place: placeIn(kind, role, shape),
    example: exampleOfAnswer(kind.contract.document, shape),
  };
  kind.shapes.set(key, found);
  return found;
}

function placeIn(
  kind: KindBase,
  role: ResourceRole,
  { schema }: AnswerShape,
): DocumentPlace | undefined {
  if (schema === undefined) return undefined;
  const { binding, contract } = kind;
  const { document } = contract;
  const fields = fieldsFor(kind);
  if (role !== 'list') return placeOfDocument(document, schema, fields, binding.name);
  const { items } = binding;
  return items === undefined
    ? placeOfList(document, schema, fields)
    : listAt(document, schema, items.split('.'), fields);
}

/** What the field with the id may be called, the likeliest first. */
function fieldsFor(kind: KindBase): string[] {
  const { field, name } = kind.binding;
  if (field !== undefined) return [field];
  const usual = ['id', `${singular(name)}id`, '_id', 'uuid', 'uid', 'key'];
  const parameter = ownParameter(kind);
  return parameter === undefined ? usual : [parameter, lastWord(parameter), ...usual];
}

/** `project_gid` → `gid`, `orderNumber` → `Number`: documents do not repeat what they are. */
function lastWord(name: string): string {
  return name.match(/[A-Z]?[a-z\d]+$|[A-Z]+$/)?.[0] ?? name;
}

/** The path parameter by which operations on one of them name it; undefined: none does. */
export function ownParameter(kind: KindBase): string | undefined {
  const [first] = OF_ONE.flatMap((role) => operationsOf(kind, role));
  return kind.binding.id ?? (first && parameterOf(kind.binding, first));
}

/** Roles of operations that are for one of them. */
export const OF_ONE: readonly ResourceRole[] = ['read', 'replace', 'change', 'delete'];

/** `orders` → `order`, `entries` → `entry`; what is no plural stays. */
export function singular(name: string): string {
  if (/[^aeiou]ies$/.test(name)) return `${name.slice(0, -3)}y`;
  if (/(ss|x|ch|sh)es$/.test(name)) return name.slice(0, -2);
  return /[^su]s$/.test(name) ? name.slice(0, -1) : name;
}

function saidOf({ binding, contract }: KindBase, model: ResourceShape | undefined): Set<string> {
  const { create, replace, change } = binding.operations;
  const operations = [...binding.madeBy, ...create, ...replace, ...change];
  const schemas = operations.flatMap((id) =>
    Object.values(contract.operations.get(id)?.body?.content ?? {}),
  );
  const path = model?.role === 'list' ? [] : (model?.place?.path ?? []);
  const names = (schema: unknown) => [...propertiesOf(allParts(contract.document, schema))];
  return new Set(
    schemas.flatMap((schema) => {
      const [envelope] = path;
      const inner = names(schema).find(([name]) => name === envelope)?.[1];
      return (inner ? inner.flatMap(names) : names(schema)).map(([name]) => name);
    }),
  );
}

const FORMS = [
  'uuid',
  'number',
  '24 hex digits',
  '12 letters and digits',
  '8 hex digits',
  'integers from 1',
];

/** The first form of ids that path and document take. */
function idsFor(kind: KindBase, model: ResourceShape | undefined): IdForm {
  const forms = FORMS.flatMap((text) => parseIdForm(text) ?? []);
  return forms.find((form) => takesIds(kind, model, form) === undefined) ?? 'uuid';
}

/** Why ids of a form cannot be; undefined: they can. */
export function takesIds(
  kind: KindBase,
  model: ResourceShape | undefined,
  form: IdForm,
): { operation: Operation; description: string } | undefined {
  const { contract, binding } = kind;
  const sample = sampleId(form);
  const field = idField(contract, model);
  const told = tellId(form, sample);
  if (model && !mayBe(field, told)) {
    const description = `the field ${model.place?.field} cannot be ${JSON.stringify(told)}`;
    return { operation: model.operation, description };
  }
  for (const operation of RESOURCE_ROLES.flatMap((role) => operationsOf(kind, role))) {
    const parameter = parameterOf(binding, operation);
    if (parameter === undefined || isOfMany(kind, operation)) continue;
    const breaches = contract.validator.parameters(operation, 'path', { [parameter]: sample });
    const breach = breaches.find((one) => one.at === parameter);
    if (breach) return { operation, description: breach.description };
  }
  return undefined;
}

/** As far as types, patterns, formats and lengths of the field that holds it say. */
function mayBe(parts: readonly Json[], told: string | number): boolean {
  const id = isOfType(parts, told) ? told : String(told);
  if (typeof id === 'number') return true;
  if (!isOfType(parts, id)) return false;
  return parts.every(({ pattern, format, minLength, maxLength }) => {
    if (typeof pattern === 'string' && !compilePattern(pattern).test(id)) return false;
    if (format === 'uuid' && id.length !== 36) return false;
    return id.length >= Number(minLength ?? 0) && id.length <= Number(maxLength ?? id.length);
  });
}

/** `POST /users/{userId}/orders` names a user, and no order. */
function isOfMany({ binding }: KindBase, operation: Operation): boolean {
  const { create, list } = binding.operations;
  return create.includes(operation.id) || list.includes(operation.id);
}

/** What is said of the field that holds the id; empty: nothing, or there is none. */
export function idField({ document }: Contract, model: ResourceShape | undefined): Json[] {
  const { schema, field } = model?.place ?? {};
  if (field === undefined) return [];
  const schemas = propertiesOf(allParts(document, schema)).get(field) ?? [];
  return schemas.flatMap((each) => allParts(document, each));
}

/** The document in an answer of a shape; undefined where it stands elsewhere. */
export function documentIn({ role, place }: ResourceShape, value: unknown): unknown {
  const path = place?.path.join('.') ?? '';
  const there = path === '' ? value : at(value, path);
  return role === 'list' ? (there as unknown[] | undefined)?.[0] : there;
}
