import { isDeepStrictEqual } from 'node:util';
import { isObject, type Json } from './json.js';
import { follow, pointerTo } from './pointer.js';
import { mapSchemas, partsOf, propertyOf, says } from './schemas.js';

/** A property that says which form a value has. */
interface Discriminator {
  property: string;
  /** By the names that the property may have, the forms that these stand for; several where names are not unique. */
  forms: ReadonlyMap<unknown, readonly Json[]>;
  /** OpenAPI 3.2: the form of a value whose name is missing or unknown. */
  fallback: Json | undefined;
}

const SCHEMAS = '#/components/schemas/';
/** Where the document gets the forms of schemas that others inherit from. */
const FORMS = 'x-forms';

/**
 * Lets the named form decide, where a schema has a `discriminator`: what was a choice between all forms, or a schema
 * that others inherit from by `allOf`, becomes "if the property has this name, then this form". A name that stands for
 * no form breaks the list of those that do. OpenAPI 3.0.3 and 3.1.1, "Discriminator Object".
 *
 * Names are those of `mapping`, by name or reference, and the names of schemas. Where a form itself says what values
 * the property has (`enum`, `const`), these are its names: many documents say so in the place of a mapping.
 * @returns the function to apply to any part of the document; undefined where the document has no discriminator
 */
export function discriminated(document: Json): (<T>(part: T) => T) | undefined {
  if (!says(document, new Set(['discriminator']))) return undefined;
  const parents = parentsOf(document);
  const named = (schema: Json): Json => {
    const { $ref } = schema;
    if (typeof $ref !== 'string' || !parents.has($ref)) return byName(document, schema);
    return { ...schema, $ref: `#/${FORMS}/${$ref.slice(SCHEMAS.length)}` };
  };
  const forms: Json = {};
  for (const [ref, discriminator] of parents) {
    const choice = mapSchemas(decide(discriminator, {}), named);
    forms[ref.slice(SCHEMAS.length)] = { allOf: [{ $ref: ref }, choice] };
  }
  return <T>(part: T): T => {
    if ((part as unknown) !== document) return mapSchemas(part, named) as T;
    const whole = mapSchemas(document, named) as Json;
    return { ...whole, ...inheriting(document, whole, parents), [FORMS]: forms } as T;
  };
}

/** The components again: a schema that inherits does so from its parent alone, and not from all that do so too. */
function inheriting(document: Json, whole: Json, parents: ReadonlyMap<string, unknown>): Json {
  const components = isObject(whole.components) ? whole.components : {};
  const schemas = isObject(components.schemas) ? components.schemas : {};
  const before = schemasOf(document);
  const plain = Object.entries(schemas).map(([name, schema]) => {
    const { oneOf, anyOf, ...own } = isObject(before[name]) ? (before[name] as Json) : {};
    const isParent = parents.has(refOf(name)) && (oneOf ?? anyOf) !== undefined;
    const { oneOf: _, anyOf: __, ...rest } = (isObject(schema) ? schema : {}) as Json;
    const given = isParent ? { ...rest, allOf: own.allOf } : schema;
    return [name, ofParentsAlone(isParent ? own : before[name], given, parents)];
  });
  return { components: { ...components, schemas: Object.fromEntries(plain) } };
}

/** A schema of the components with its own references to parents as they were. */
function ofParentsAlone(
  before: unknown,
  now: unknown,
  parents: ReadonlyMap<string, unknown>,
): unknown {
  if (!isObject(before) || !isObject(now)) return now;
  if (parents.has(String(before.$ref))) return { ...now, $ref: before.$ref };
  if (!Array.isArray(before.allOf) || !Array.isArray(now.allOf)) return now;
  const given = before.allOf as unknown[];
  return { ...now, allOf: now.allOf.map((part, i) => ofParentsAlone(given[i], part, parents)) };
}

function refOf(name: string): string {
  return SCHEMAS + name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function schemasOf(document: Json): Json {
  const components = isObject(document.components) ? document.components : {};
  return isObject(components.schemas) ? components.schemas : {};
}

/** `oneOf` or `anyOf` with a discriminator, decided by it. */
function byName(document: Json, schema: Json): Json {
  const key = Array.isArray(schema.oneOf) ? 'oneOf' : 'anyOf';
  const choice = schema[key];
  if (!Array.isArray(choice)) return schema;
  // `nullable` beside a discriminator: the value is null, or its name decides.
  if (key === 'anyOf' && choice.length === 2 && isDecided(choice[0]) && isNull(choice[1])) {
    const { anyOf: _, ...rest } = schema;
    return { ...rest, if: { type: 'null' }, else: choice[0] };
  }
  const { discriminator: given, [key]: _, ...rest } = schema;
  const property = propertyNameOf(given);
  if (property === undefined) return schema;
  const forms = choice.filter(isObject);
  const names = namesOf(document, forms, property, given);
  if (!names) return schema;
  const decided = decide(names, {
    key,
    choice,
    required: forms.every((form) => requires(document, form, property)),
  });
  const { allOf } = rest;
  return { ...rest, allOf: [...(Array.isArray(allOf) ? allOf : []), decided] };
}

function isNull(schema: unknown): boolean {
  return isObject(schema) && schema.type === 'null';
}

/** A schema that {@link byName} has already changed. */
function isDecided(schema: unknown): boolean {
  const last = isObject(schema) && Array.isArray(schema.allOf) ? schema.allOf.at(-1) : undefined;
  return isObject(last) && isObject(last.if) && 'then' in last;
}

/** Version 2 named the property alone, and so do slips. */
function propertyNameOf(discriminator: unknown): string | undefined {
  if (typeof discriminator === 'string') return discriminator;
  const name = isObject(discriminator) ? discriminator.propertyName : undefined;
  return typeof name === 'string' ? name : undefined;
}

/** @param key with `choice`: how a value is looked at that has no name */
function decide(
  { property, forms, fallback }: Discriminator,
  { key, choice, required }: { key?: string; choice?: unknown[]; required?: boolean },
): Json {
  const cases = casesOf(forms, key ?? 'oneOf').map(({ names, form }) => ({
    if: { required: [property], properties: { [property]: { enum: names } } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: form,
  }));
  const known = { required: [property], properties: { [property]: { enum: [...forms.keys()] } } };
  const asked = required && !fallback;
  return {
    if: { type: 'object', ...(asked || fallback ? {} : { required: [property] }) },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: {
      ...(asked ? { required: [property] } : {}),
      ...(fallback ? {} : { properties: known.properties }),
      allOf: [...cases, ...(fallback ? [{ if: known, else: fallback }] : [])],
    },
    ...(key && choice ? { else: { [key]: choice } } : {}),
  };
}

/** Names that stand for the same forms, together. */
function casesOf(forms: Discriminator['forms'], key: string): { names: unknown[]; form: Json }[] {
  const cases: { names: unknown[]; of: readonly Json[]; form: Json }[] = [];
  for (const [name, of] of forms) {
    const same = cases.find(
      (one) => one.of.length === of.length && one.of.every((form, i) => form === of[i]),
    );
    if (same) same.names.push(name);
    else cases.push({ names: [name], of, form: of.length === 1 ? (of[0] as Json) : { [key]: of } });
  }
  return cases;
}

/** Undefined where a form has no name, so that names decide nothing. */
function namesOf(
  document: Json,
  forms: readonly Json[],
  property: string,
  discriminator: unknown,
): Discriminator | undefined {
  const { mapping, defaultMapping } = (isObject(discriminator) ? discriminator : {}) as Json;
  const found = new Map<unknown, Json[]>();
  const add = (name: unknown, form: Json) => {
    const before = found.get(name) ?? [];
    if (!before.includes(form)) found.set(name, [...before, form]);
  };
  const mapped = new Set<Json>();
  for (const [name, target] of Object.entries(isObject(mapping) ? mapping : {})) {
    const form = formOf(document, forms, String(target));
    if (!form) continue;
    mapped.add(form);
    add(name, form);
  }
  const explicit = new Set(found.keys());
  for (const form of forms) {
    const names = ownNames(document, form, property);
    if (names.length === 0 && !mapped.has(form)) return undefined;
    for (const name of names) {
      // What the mapping says of a name counts, and so does its word for a form.
      if (!explicit.has(name) && !(mapped.has(form) && typeof form.$ref !== 'string'))
        add(name, form);
    }
  }
  if (found.size === 0) return undefined;
  const fallback =
    typeof defaultMapping === 'string' ? formOf(document, forms, defaultMapping) : undefined;
  return { property, forms: found, fallback };
}

/** What a mapping leads to: a schema by its name or by a reference, of whatever file. */
function formOf(document: Json, forms: readonly Json[], target: string): Json | undefined {
  const isName = Object.hasOwn(schemasOf(document), target);
  const ref = isName ? `${SCHEMAS}${target}` : target;
  const listed = forms.find(({ $ref }) => $ref === ref);
  if (listed) return listed;
  const found = ref.startsWith('#') ? follow(document, ref) : undefined;
  // Nothing can refer to a form that stands in the choice itself: what decides takes its place.
  if (found) return forms.find((form) => isDeepStrictEqual(form, found.value)) ?? refTo(found);
  // A reference to another file names the schema as that file does.
  const name = ref
    .split(/[/#]/)
    .at(-1)
    ?.replace(/\.(json|ya?ml)$/i, '');
  return forms.find(({ $ref }) => typeof $ref === 'string' && nameOf($ref) === name);
}

function refTo({ path }: { path: readonly string[] }): Json {
  return { $ref: pointerTo(path) };
}

/** The last part of a reference (RFC 6901 §4). */
function nameOf(ref: string): string {
  const last = ref.split('/').at(-1) ?? '';
  return decodeURIComponent(last).replaceAll('~1', '/').replaceAll('~0', '~');
}

/** The names that a form has without a mapping. */
function ownNames(document: Json, form: Json, property: string, parent?: string): unknown[] {
  const implicit = typeof form.$ref === 'string' ? nameOf(form.$ref) : undefined;
  const parts = partsOf(document, form);
  const inherited = parent === undefined ? [] : partsOf(document, { $ref: parent });
  const own = parts.filter((part) => !inherited.includes(part));
  const [values] = propertyOf(document, own, property).flatMap((part) => {
    if (part.const !== undefined) return [[part.const]];
    return Array.isArray(part.enum) ? [part.enum as unknown[]] : [];
  });
  if (values === undefined) return implicit === undefined ? [] : [implicit];
  return values.length > 1 && values.includes(implicit) ? [implicit] : values;
}

function requires(document: Json, form: Json, property: string): boolean {
  return partsOf(document, form).some(
    ({ required }) => Array.isArray(required) && required.includes(property),
  );
}

/** By reference, each schema that others inherit from and that says how they are told apart. */
function parentsOf(document: Json): Map<string, Discriminator> {
  const found = new Map<string, Discriminator>();
  for (const [name, schema] of Object.entries(schemasOf(document))) {
    const property = isObject(schema) ? propertyNameOf(schema.discriminator) : undefined;
    if (!isObject(schema) || property === undefined) continue;
    const discriminator = namesOfHeirs(document, schema, name, property);
    if (discriminator) found.set(refOf(name), discriminator);
  }
  return found;
}

function namesOfHeirs(document: Json, parent: Json, name: string, property: string) {
  const listed = parent.oneOf ?? parent.anyOf;
  const ref = refOf(name);
  const heirs = Object.entries(schemasOf(document))
    .filter(([other, schema]) => other !== name && isObject(schema) && Array.isArray(schema.allOf))
    .filter(([, schema]) => partsOf(document, schema).includes(parent))
    .map(([other]) => ({ $ref: refOf(other) }) as Json);
  // A choice is decided where it stands, unless what it chooses from inherits from it.
  const isListed = ({ $ref }: Json) => (listed as Json[]).some((form) => form?.$ref === $ref);
  if (Array.isArray(listed) && !heirs.some(isListed)) return undefined;
  const { mapping, defaultMapping } = (
    isObject(parent.discriminator) ? parent.discriminator : {}
  ) as Json;
  const forms = new Map<unknown, Json[]>(
    heirs.flatMap((heir) =>
      ownNames(document, heir, property, ref).map((key) => [key, [heir]] as const),
    ),
  );
  for (const [key, target] of Object.entries(isObject(mapping) ? mapping : {})) {
    const form = formOf(document, heirs, String(target));
    if (form) forms.set(key, [form.$ref === ref ? {} : form]);
  }
  if (forms.size === 0) return undefined;
  // The parent itself is a form too; what it asks is asked of all.
  if (!forms.has(name) && !Array.isArray(listed)) forms.set(name, [{}]);
  const fallback =
    typeof defaultMapping === 'string' ? formOf(document, heirs, defaultMapping) : undefined;
  return { property, forms, fallback };
}
