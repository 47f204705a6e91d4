import { resolve } from '../contract/document.js';
import { isObject, type Json } from '../contract/json.js';
import { plainWord } from './words.js';

/** A field of a JSON answer, at its top or one step below. */
export interface Field {
  /** Keys that lead to it. */
  path: readonly string[];
  name: string;
  /** Its name in the form of `plainWord`. */
  plain: string;
  /** With references followed. */
  schema: Json;
  required: boolean;
  /** Its values, if the schema lists them. */
  values: readonly string[];
}

const MAX_DEPTH = 8;

/** An answer may put the job into one of these. */
const WRAPPERS =
  /^(data|job|task|operation|run|attributes|item|action|result|response|payload|request)$/;

/**
 * The fields of an answer at its top, and those of an object in it that is all that the answer is about: `data`,
 * `job`, or the only one. Forms of a choice are taken together.
 */
export function fieldsOf(document: Json, schema: unknown): Field[] {
  const top = fieldsAt(document, schema, []);
  const objects = top.filter(({ schema: inner }) => isObjectSchema(document, inner));
  const within = objects
    .filter(({ plain }) => WRAPPERS.test(plain) || (objects.length === 1 && top.length <= 3))
    .flatMap(({ schema: inner, path }) => {
      const found = fieldsAt(document, inner, path);
      // JSON:API 1.1 §7: what a resource says of itself stands in its `attributes`.
      const deeper = found.filter(({ plain }) => plain === 'attributes');
      return [
        ...found,
        ...deeper.flatMap(({ schema: deep, path: at }) => fieldsAt(document, deep, at)),
      ];
    });
  return [...top, ...within];
}

function isObjectSchema(document: Json, schema: Json): boolean {
  return formsOf(document, schema).some(({ properties }) => isObject(properties));
}

function fieldsAt(document: Json, schema: unknown, above: readonly string[]): Field[] {
  const forms = formsOf(document, schema);
  const required = new Set(
    forms.flatMap((form) => (Array.isArray(form.required) ? form.required.map(String) : [])),
  );
  const found = new Map<string, Field>();
  for (const form of forms) {
    for (const [name, inner] of Object.entries(isObject(form.properties) ? form.properties : {})) {
      const here = resolve(document, inner);
      if (!here) continue;
      const before = found.get(name);
      const values = [...new Set([...(before?.values ?? []), ...valuesOf(document, here)])];
      found.set(name, {
        path: [...above, name],
        name,
        plain: plainWord(name),
        schema: before?.schema ?? here,
        required: required.has(name),
        values,
      });
    }
  }
  return [...found.values()];
}

/** A schema, all of its `allOf` and every form of a choice. */
export function formsOf(document: Json, schema: unknown, depth = 0): Json[] {
  const here = resolve(document, schema);
  if (!here || depth > MAX_DEPTH) return [];
  const inner = [here.allOf, here.oneOf, here.anyOf].flatMap((list) =>
    Array.isArray(list) ? list : [],
  );
  return [here, ...inner.flatMap((form) => formsOf(document, form, depth + 1))];
}

function valuesOf(document: Json, schema: Json): string[] {
  const values = formsOf(document, schema).flatMap((form) => {
    if (typeof form.const === 'string') return [form.const];
    return Array.isArray(form.enum) ? form.enum : [];
  });
  return values.filter((value) => typeof value === 'string');
}

const known = new WeakMap<Json, ReadonlySet<string>>();

/** The types that a schema may have. */
export function typesOf(document: Json, schema: Json): ReadonlySet<string> {
  const before = known.get(schema);
  if (before) return before;
  const types = formsOf(document, schema).flatMap(({ type }) => type);
  const told: ReadonlySet<string> = new Set(types.filter((type) => typeof type === 'string'));
  known.set(schema, told);
  return told;
}

export function mayBeNull(document: Json, schema: Json): boolean {
  return (
    typesOf(document, schema).has('null') ||
    formsOf(document, schema).some(({ nullable, enum: values }) => {
      return nullable === true || (Array.isArray(values) && values.includes(null));
    })
  );
}
