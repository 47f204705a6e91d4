import type { Schema } from './words.js';
import type { Path } from './yaml-source.js';

/** A key or a value that may stand at a place. */
export interface Offer {
  label: string;
  /** What it means. */
  about: string;
  /** A key: what stands behind it, on this line or the next ones. */
  opens?: 'line' | 'mapping' | 'list';
}

/** Everything that a schema says of the value at a path, as far as conditions are left aside. */
function schemasAt(root: Schema, path: Path): Schema[] {
  return path.reduce<Schema[]>(
    (here, key) => here.flatMap((schema) => inside(root, schema, key)),
    forms(root, root),
  );
}

/** Keys of a mapping at a path, without those that it has. */
export function keysAt(root: Schema, path: Path, taken: readonly string[] = []): Offer[] {
  const found = new Map<string, Offer>();
  for (const schema of schemasAt(root, path)) {
    for (const [key, value] of Object.entries(objectOf(schema.properties))) {
      if (found.has(key) || taken.includes(key) || typeof value !== 'object') continue;
      const all = forms(root, value as Schema);
      found.set(key, { label: key, about: aboutOf(all), opens: opens(all) });
    }
  }
  return [...found.values()];
}

/** Values that may stand at a path, as far as they can be named. */
export function valuesAt(root: Schema, path: Path): Offer[] {
  const found = new Map<string, Offer>();
  const add = (value: unknown, about: string) => {
    if (typeof value === 'object' && value !== null) return;
    const label = spelt(value);
    if (!found.has(label)) found.set(label, { label, about });
  };
  for (const schema of schemasAt(root, path)) {
    const abouts = Array.isArray(schema.enumDescriptions) ? schema.enumDescriptions : [];
    for (const [i, value] of listOf(schema.enum).entries()) add(value, String(abouts[i] ?? ''));
    if (schema.const !== undefined) add(schema.const, textOf(schema.description));
    if (schema.type === 'boolean') for (const value of [true, false]) add(value, '');
    for (const value of listOf(schema.examples)) add(value, '');
  }
  return [...found.values()];
}

/** What a key or a value means. */
export function aboutAt(root: Schema, path: Path): string {
  return aboutOf(schemasAt(root, path));
}

/** A schema, and each of the forms that it allows. */
function forms(root: Schema, schema: Schema): Schema[] {
  const seen = new Set<Schema>();
  const walk = (one: unknown): Schema[] => {
    if (typeof one !== 'object' || one === null || seen.has(one as Schema)) return [];
    const here = one as Schema;
    seen.add(here);
    const inner = [here.anyOf, here.oneOf, here.allOf].flatMap(listOf);
    return [here, ...walk(referred(root, here)), ...inner.flatMap(walk)];
  };
  return walk(schema);
}

function inside(root: Schema, schema: Schema, key: string | number): Schema[] {
  const next =
    typeof key === 'number'
      ? Array.isArray(schema.items)
        ? schema.items[0]
        : schema.items
      : (objectOf(schema.properties)[key] ?? schema.additionalProperties);
  return typeof next === 'object' && next !== null ? forms(root, next as Schema) : [];
}

function referred(root: Schema, { $ref: ref }: Schema): unknown {
  if (typeof ref !== 'string' || !ref.startsWith('#/')) return undefined;
  return ref
    .slice(2)
    .split('/')
    .reduce<unknown>((here, key) => objectOf(here)[key], root);
}

function opens(schemas: readonly Schema[]): NonNullable<Offer['opens']> {
  const types = schemas.flatMap(({ type }) => listOf(type ?? []));
  const single = ['string', 'number', 'integer', 'boolean'].some((type) => types.includes(type));
  if (single) return 'line';
  if (types.includes('array')) return 'list';
  return types.includes('object') ? 'mapping' : 'line';
}

function aboutOf(schemas: readonly Schema[]): string {
  return schemas.map(({ description }) => textOf(description)).find((text) => text !== '') ?? '';
}

/** As YAML reads it again. */
function spelt(value: unknown): string {
  if (typeof value !== 'string') return String(value);
  return /^(\d+(\.\d+)?|true|false|null|~|)$/.test(value) || /[:#{}[\],&*!|>'"%@`]/.test(value)
    ? JSON.stringify(value)
    : value;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function listOf(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
