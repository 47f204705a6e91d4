import { wholeSigns } from '../../contract/half-signs.js';
import { at, isObject, type Json } from '../../contract/json.js';
import { idField, type ResourceKind } from '../../contract/resource-kind.js';
import { allParts, isOfType, propertiesOf, requiredOf } from '../../contract/schema-parts.js';

/** What the contract says of the fields of documents of a kind, by their names. */
export function fieldsOf(kind: ResourceKind): ReadonlyMap<string, readonly Json[]> {
  const found = known.get(kind) ?? readFields(kind);
  known.set(kind, found);
  return found;
}

const known = new WeakMap<ResourceKind, ReadonlyMap<string, readonly Json[]>>();

function readFields({ contract: { document }, model }: ResourceKind) {
  const properties = propertiesOf(allParts(document, model?.place?.schema));
  return new Map(
    [...properties].map(([name, schemas]) => [
      name,
      schemas.flatMap((schema) => allParts(document, schema)),
    ]),
  );
}

/** Has every document this field? */
export function isRequired({ contract, model }: ResourceKind, name: string): boolean {
  return requiredOf(allParts(contract.document, model?.place?.schema)).includes(name);
}

/** OpenAPI 3.0.3, "Schema Object": what is readOnly is not to be sent, and counts for nothing if it is. */
export function isOfServer(kind: ResourceKind, name: string): boolean {
  return (fieldsOf(kind).get(name) ?? []).some(({ readOnly }) => readOnly === true);
}

/** The fields of a body, which may stand in the same place as in answers. */
export function saidOf({ model }: ResourceKind, body: unknown): Json {
  const path = model?.role === 'list' ? [] : (model?.place?.path ?? []);
  const inner = path.length === 0 ? undefined : at(body, path.join('.'));
  if (isObject(inner)) return inner;
  return isObject(body) ? body : {};
}

/** The id as documents tell it. */
export function typedId({ contract, model }: ResourceKind, id: string): string | number {
  return typed(idField(contract, model), id);
}

/** A text as a field tells it: a number where it can be nothing else. */
export function typed(parts: readonly Json[], text: string): string | number {
  const whole = /^-?\d{1,15}$/.test(text) && !isOfType(parts, text);
  return whole ? Number(text) : text;
}

/** What a path takes as the value of a parameter (`router.ts`); no more can be asked for. */
export const LONGEST = 1024;

/** The id that a body names. */
export function idIn(kind: ResourceKind, body: unknown): string | undefined {
  const { field } = kind.model?.place ?? {};
  const id = field === undefined ? undefined : saidOf(kind, body)[field];
  if (typeof id === 'number') return String(id);
  return typeof id === 'string' && id !== '' ? wholeSigns(id.slice(0, LONGEST)) : undefined;
}
