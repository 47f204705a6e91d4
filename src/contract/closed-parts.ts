import { resolve } from './document.js';
import { isObject, type Json } from './json.js';
import { requiredOf } from './schema-parts.js';
import { partsOf } from './schemas.js';
import type { Slip } from './slip.js';
import { pathOf, type Visit } from './walk.js';

/** Words that hold other schemas for the same value. */
const CHOICES = ['oneOf', 'anyOf'] as const;
const MAX_DEPTH = 16;

/** Schemas of properties by name, and by pattern. */
interface Names {
  properties: ReadonlyMap<string, unknown>;
  patterns: ReadonlyMap<string, unknown>;
}
const NO_NAMES: Names = { properties: new Map(), patterns: new Map() };

/**
 * Reads schemas whose parts shut each other out as they are meant, in place. `additionalProperties: false` of one part
 * of an `allOf` knows that part's properties alone (JSON Schema Core 2020-12 §10.3.2.3), so that what the other parts
 * name can never be sent: people write it of the whole. Such a part is read as if it named the others' properties too.
 * @param composed schemas with `allOf`, `oneOf` or `anyOf`
 * @example { allOf: [{ properties: { a: {} }, additionalProperties: false }, { properties: { b: {} } }] } // takes b
 */
export function openClosedParts(document: Json, composed: readonly Visit[]): Slip[] {
  const reader = new PartReader(document);
  return composed.flatMap(({ node, place }) => {
    const read = reader.widen(node, NO_NAMES, [], false);
    if (read === node) return [];
    Object.assign(node, read);
    const path = pathOf(place);
    const named = reader.takeOpened();
    return [
      {
        code: 'CONTRACT_CLOSED_PART',
        kind: 'closed part',
        path,
        message: `a part of the schema at ${path.join('.')} has \`additionalProperties: false\`, so that ${named} of another part could never be there; the parts are read together`,
        hint: 'leave it out of the parts, and from 3.1 on write unevaluatedProperties: false beside them',
      } satisfies Slip,
    ];
  });
}

class PartReader {
  readonly #document: Json;
  readonly #known = new Map<Json, Names>();
  readonly #closed = new Map<Json, boolean>();
  #opened: string | undefined;

  constructor(document: Json) {
    this.#document = document;
  }

  /** The first name that was shut out since this was last asked. */
  takeOpened(): string {
    const named = this.#opened ?? '';
    this.#opened = undefined;
    return named;
  }

  /**
   * A schema of which no part shuts out what another names; itself, where none does.
   * @param outside what is named of the same value around it
   * @param required names that must be there by what is around it
   * @param inner it is a part itself, and `unevaluatedProperties` sees no further than it
   */
  widen(
    schema: Json,
    outside: Names,
    required: readonly string[],
    inner: boolean,
    depth = 0,
  ): Json {
    if (depth > MAX_DEPTH || !this.#hasClosed(schema)) return schema;
    const { $ref } = schema;
    if (typeof $ref === 'string') return this.#widenTarget(schema, outside, required, depth);
    const { allOf } = schema;
    const parts = Array.isArray(allOf) ? allOf.filter(isObject) : [];
    const choices = CHOICES.flatMap((word) => listOf(schema[word])).filter(isObject);
    const chosen = either(choices.map((form) => this.#namesOf(form)));
    const inside = union(...parts.map((part) => this.#namesOf(part)), chosen);
    const own = ownNames(schema);
    let read = schema;
    if (parts.length > 0) {
      const wide = parts.map((part) => {
        const others = parts.filter((other) => other !== part).map((other) => this.#namesOf(other));
        const around = union(outside, own, ...others, chosen);
        return this.widen(part, around, required, true, depth + 1);
      });
      if (wide.some((part, i) => part !== parts[i])) read = { ...read, allOf: wide };
    }
    const asked = [
      ...required,
      ...requiredOf([schema, ...parts.flatMap((p) => partsOf(this.#document, p))]),
    ];
    for (const word of CHOICES) {
      const forms = listOf(schema[word]);
      const around = union(outside, own, ...parts.map((part) => this.#namesOf(part)));
      const wide = forms.map((form) => this.#widenForm(form, around, asked, depth));
      if (wide.some((form, i) => form !== forms[i])) read = { ...read, [word]: wide };
    }
    return isClosed(schema, inner) ? this.#open(read, own, union(outside, inside)) : read;
  }

  /** A form may be told from others by what it shuts out, so that it is opened only where nothing could fit it. */
  #widenForm(form: unknown, around: Names, asked: readonly string[], depth: number): unknown {
    if (!isObject(form)) return form;
    const { properties, patterns } = this.#namesOf(form);
    const shut = asked.some((name) => around.properties.has(name) && !properties.has(name));
    return shut && patterns.size === 0 ? this.widen(form, around, asked, true, depth + 1) : form;
  }

  /** What a reference leads to stays as it is for others; one that others inherit from is opened itself. */
  #widenTarget(schema: Json, outside: Names, required: readonly string[], depth: number): Json {
    const target = resolve(this.#document, schema);
    if (!target) return schema;
    const read = this.widen(target, outside, required, true, depth + 1);
    if (read === target) return schema;
    if (target.discriminator !== undefined) {
      Object.assign(target, read);
      return schema;
    }
    const { $ref: _, ...beside } = schema;
    return Object.keys(beside).length === 0
      ? read
      : { ...beside, allOf: [...listOf(beside.allOf), read] };
  }

  #open(schema: Json, own: Names, others: Names): Json {
    const properties = without(others.properties, own.properties);
    const patterns = without(others.patterns, own.patterns);
    const [first] = [...Object.keys(properties), ...Object.keys(patterns)];
    if (first === undefined) return schema;
    this.#opened ??= JSON.stringify(first);
    const read = { ...schema, properties: { ...properties, ...(schema.properties as Json) } };
    if (Object.keys(patterns).length === 0) return read;
    return {
      ...read,
      patternProperties: { ...patterns, ...(schema.patternProperties as Json) },
    };
  }

  /** Is one of its parts closed, or itself? */
  #hasClosed(schema: Json): boolean {
    const known = this.#closed.get(schema);
    if (known !== undefined) return known;
    this.#closed.set(schema, false);
    const target = typeof schema.$ref === 'string' ? resolve(this.#document, schema) : undefined;
    const parts = [target, ...['allOf', ...CHOICES].flatMap((word) => listOf(schema[word]))];
    const told =
      isClosed(schema, true) || parts.filter(isObject).some((part) => this.#hasClosed(part));
    this.#closed.set(schema, told);
    return told;
  }

  /** All that a schema and its parts name. */
  #namesOf(schema: Json): Names {
    const known = this.#known.get(schema);
    if (known) return known;
    this.#known.set(schema, NO_NAMES);
    const target = typeof schema.$ref === 'string' ? resolve(this.#document, schema) : undefined;
    const namesIn = (list: readonly unknown[]) =>
      list.filter(isObject).map((p) => this.#namesOf(p));
    const names = union(
      ownNames(schema),
      ...namesIn([target, ...listOf(schema.allOf)]),
      either(namesIn(CHOICES.flatMap((word) => listOf(schema[word])))),
    );
    this.#known.set(schema, names);
    return names;
  }
}

function ownNames({ properties, patternProperties }: Json): Names {
  return {
    properties: new Map(Object.entries(isObject(properties) ? properties : {})),
    patterns: new Map(Object.entries(isObject(patternProperties) ? patternProperties : {})),
  };
}

function isClosed(schema: Json, inner: boolean): boolean {
  return schema.additionalProperties === false || (inner && schema.unevaluatedProperties === false);
}

/** What parts name that hold together: each is held to its own schema anyway, so that any of them will do. */
function union(...all: readonly Names[]): Names {
  return merged(all, (first) => first);
}

/** What forms name of which one holds: a name that they describe differently may be anything. */
function either(all: readonly Names[]): Names {
  return merged(all, (first, other) => (first === other ? first : {}));
}

function merged(all: readonly Names[], both: (first: unknown, other: unknown) => unknown): Names {
  const merge = (maps: readonly ReadonlyMap<string, unknown>[]) => {
    const names = new Map<string, unknown>();
    for (const [name, schema] of maps.flatMap((map) => [...map])) {
      names.set(name, names.has(name) ? both(names.get(name), schema) : schema);
    }
    return names;
  };
  return {
    properties: merge(all.map(({ properties }) => properties)),
    patterns: merge(all.map(({ patterns }) => patterns)),
  };
}

function without(all: ReadonlyMap<string, unknown>, known: ReadonlyMap<string, unknown>): Json {
  return Object.fromEntries([...all].filter(([name]) => !known.has(name)));
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
