import { isDeepStrictEqual } from 'node:util';
import { resolve } from './document.js';
import { isObject, type Json } from './json.js';
import { follow, pointerTo } from './pointer.js';
import { propertiesOf, requiredOf } from './schema-parts.js';
import { partsOf } from './schemas.js';
import type { Slip } from './slip.js';
import { pathOf, type Visit } from './walk.js';

/**
 * Reads `oneOf` as `anyOf`, in place, where one form includes another: what the inner one describes fits both, so that
 * by the letter it never could be sent (JSON Schema Core 2020-12 §10.2.1.3), and no author means that. Where a
 * discriminator tells the forms apart, it decides.
 * @param composed schemas with `oneOf`
 * @param referring objects with a `$ref`; those that lead into a form get its new path
 * @example { oneOf: [{ type: 'number' }, { type: 'integer' }] } // takes 1
 */
export function joinSameForms(
  document: Json,
  composed: readonly Visit[],
  referring: Iterable<Json>,
): Slip[] {
  const inclusion = new Inclusion(document);
  const joined = new Map<Json, readonly string[]>();
  const slips = composed.flatMap(({ node, place }) => {
    const forms = node.oneOf;
    if (!Array.isArray(forms) || node.discriminator !== undefined) return [];
    const pair = inclusion.pairIn(forms);
    if (!pair) return [];
    const parts = Array.isArray(node.allOf) ? node.allOf : [];
    joined.set(
      node,
      node.anyOf === undefined ? ['anyOf'] : ['allOf', String(parts.length), 'anyOf'],
    );
    return [told([...pathOf(place), 'oneOf'], pair)];
  });
  if (joined.size === 0) return [];
  for (const node of referring) lead(document, node, joined);
  for (const node of joined.keys()) join(node);
  return slips;
}

function told(path: readonly string[], [inner, outer]: readonly [number, number]): Slip {
  return {
    code: 'CONTRACT_SAME_FORMS',
    kind: 'same forms',
    path,
    of: 'key',
    message: `what form ${inner + 1} of the \`oneOf\` at ${path.join('.')} describes fits form ${outer + 1} too, and could never be there; it is read as anyOf`,
    hint: 'write anyOf, or tell the forms apart by a property with one value each',
  };
}

/** Gives a reference into a form the path that the form will have. */
function lead(document: Json, node: Json, joined: ReadonlyMap<Json, readonly string[]>): void {
  const { $ref } = node;
  if (typeof $ref !== 'string' || !$ref.includes('/oneOf/')) return;
  const { path } = follow(document, $ref) ?? { path: [] };
  let here: unknown = document;
  const now = path.flatMap((key) => {
    const steps = (key === 'oneOf' && joined.get(here as Json)) || [key];
    here = (here as Json)[key];
    return steps;
  });
  if (now.length !== path.length || now.some((key, i) => key !== path[i]))
    node.$ref = pointerTo(now);
}

function join(node: Json): void {
  const { oneOf } = node;
  delete node.oneOf;
  if (node.anyOf === undefined) node.anyOf = oneOf;
  else node.allOf = [...(Array.isArray(node.allOf) ? node.allOf : []), { anyOf: oneOf }];
}

/** Deeper forms are told apart by nobody. */
const MAX_DEPTH = 12;

/** Words that ask nothing of a value. */
const SAYING = new Set([
  ...['title', 'description', 'example', 'examples', 'default', 'deprecated', 'externalDocs'],
  ...['readOnly', 'writeOnly', 'xml', '$comment', 'contentMediaType', 'contentEncoding'],
]);
/** Words that {@link partsOf} has followed already. */
const FOLLOWED = new Set(['$ref', 'allOf']);

/**
 * Does what one schema describes fit another? Where that cannot be seen, the answer is no. An object is taken to have
 * no properties but those that are described: what others it might have tells no forms apart.
 */
class Inclusion {
  readonly #document: Json;
  readonly #known = new Map<Json, Map<Json, boolean>>();

  constructor(document: Json) {
    this.#document = document;
  }

  pairIn(forms: readonly unknown[]): [inner: number, outer: number] | undefined {
    for (const [i, inner] of forms.entries()) {
      const outer = forms.findIndex((form, j) => i !== j && this.#includes(form, inner, 0));
      if (outer >= 0) return [i, outer];
    }
    return undefined;
  }

  #includes(outer: unknown, inner: unknown, depth: number): boolean {
    const a = resolve(this.#document, inner);
    const b = resolve(this.#document, outer);
    if (!a || !b || depth > MAX_DEPTH) return false;
    if (a === b) return true;
    const ofA = this.#known.get(a) ?? new Map<Json, boolean>();
    this.#known.set(a, ofA);
    const known = ofA.get(b);
    if (known !== undefined) return known;
    // A schema that comes back to itself includes what it includes elsewhere.
    ofA.set(b, true);
    const told = this.#asksNoMore(
      partsOf(this.#document, outer),
      partsOf(this.#document, inner),
      depth,
    );
    ofA.set(b, told);
    return told;
  }

  #asksNoMore(outer: readonly Json[], inner: readonly Json[], depth: number): boolean {
    return outer.every((part) =>
      Object.keys(part)
        .filter((word) => !SAYING.has(word) && !FOLLOWED.has(word) && !word.startsWith('x-'))
        .every((word) => this.#isImplied(word, part, inner, depth)),
    );
  }

  /** Is what one word of a schema asks asked by the parts of another too? */
  #isImplied(word: string, part: Json, inner: readonly Json[], depth: number): boolean {
    const value = part[word];
    const inside = (outer: unknown, within: unknown) => this.#includes(outer, within, depth + 1);
    if (word === 'type') return isTypeImplied(part, inner);
    if (word === 'nullable' || (word === 'uniqueItems' && value === false)) return true;
    if (word === 'required') return requiredOf([part]).every((n) => requiredOf(inner).includes(n));
    if (word === 'enum' || word === 'const') return isAmong(valuesOf(part), inner.map(valuesOf));
    if (LEAST.has(word)) return inner.some((each) => Number(each[word]) >= Number(value));
    if (MOST.has(word)) return inner.some((each) => Number(each[word]) <= Number(value));
    if (word === 'items') {
      const plain = inner.filter((each) => isObject(each.items) && each.prefixItems === undefined);
      return plain.some(({ items }) => inside(value, items));
    }
    if (word === 'properties') return this.#arePropertiesImplied(value as Json, inner, depth);
    if (word === 'additionalProperties') return this.#areOthersImplied(part, inner, depth);
    // What it holds for depends on the words around it.
    if (word.startsWith('unevaluated')) return value === true;
    if (inner.some((each) => isDeepStrictEqual(each[word], value))) return true;
    return word === 'anyOf' && (value as unknown[]).some((form) => inside(form, whole(inner)));
  }

  /** Are what an inner part may have besides and what the outer one does not name as the outer one wants it? */
  #areOthersImplied(outer: Json, inner: readonly Json[], depth: number): boolean {
    const { additionalProperties: wanted, properties } = outer;
    if (wanted === true) return true;
    const known = isObject(properties) ? properties : {};
    const mayBe = (schema: unknown) =>
      wanted !== false && this.#includes(wanted, schema, depth + 1);
    if (!inner.some(isPlain)) {
      return inner.some(({ additionalProperties: others }) => isObject(others) && mayBe(others));
    }
    const said = propertiesOf(inner);
    return [...said.keys(), ...requiredOf(inner)].every(
      (name) => Object.hasOwn(known, name) || (said.get(name) ?? []).some(mayBe),
    );
  }

  #arePropertiesImplied(properties: Json, inner: readonly Json[], depth: number): boolean {
    const said = propertiesOf(inner);
    const plain = inner.some(isPlain);
    const required = requiredOf(inner);
    return Object.entries(properties).every(([name, schema]) => {
      const own = said.get(name);
      if (own) return own.some((each) => this.#includes(schema, each, depth + 1));
      if (plain && !required.includes(name)) return true;
      return this.#asksNoMore(partsOf(this.#document, schema), [], depth);
    });
  }
}

/** Has a value of it no properties, most often, but those that it names? One that names none is a map. */
function isPlain({ properties, additionalProperties, patternProperties }: Json): boolean {
  if (isObject(additionalProperties) || patternProperties !== undefined) return false;
  return isObject(properties) && Object.keys(properties).length > 0;
}

/** One schema of its parts. */
function whole(parts: readonly Json[]): Json {
  return parts.length === 1 ? (parts[0] as Json) : { allOf: parts };
}

function valuesOf({ enum: many, const: one }: Json): unknown[] | undefined {
  if (one !== undefined) return [one];
  return Array.isArray(many) ? many : undefined;
}

function isAmong(allowed: unknown[] = [], said: readonly (unknown[] | undefined)[]): boolean {
  return said.some((values) => values?.every((value) => allowed.includes(value)) === true);
}

const LEAST = new Set(['minimum', 'minLength', 'minItems', 'minProperties']);
const MOST = new Set(['maximum', 'maxLength', 'maxItems', 'maxProperties']);

function isTypeImplied(outer: Json, inner: readonly Json[]): boolean {
  const allowed = typesIn(outer);
  const isAllowed = (type: string) =>
    allowed.includes(type) || (type === 'integer' && allowed.includes('number'));
  return inner.some((part) => part.type !== undefined && typesIn(part).every(isAllowed));
}

function typesIn({ type, nullable }: Json): string[] {
  return [...[type].flat().map(String), ...(nullable === true ? ['null'] : [])];
}
