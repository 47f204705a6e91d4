import { at, isObject, type Json, put, textOf } from '../../contract/json.js';
import type { World } from '../../sandbox/pack.js';

/** Names another resource, in the wrapper that this API uses. */
export function reference(code: string, value: string): Json {
  const type = { coding: [{ system: 'eHealth/resources', code }] };
  return { identifier: { type, value } };
}

/** The id that a reference names, in small letters; empty: it names none. */
export function target(document: unknown, path: string): string {
  const value = at(document, `${path}.identifier.value`);
  return typeof value === 'string' ? value.toLowerCase() : '';
}

/** Is this a reference? */
function isReference(value: unknown): value is Json & { identifier: Json } {
  return isObject(value) && isObject(value.identifier);
}

/** The words of the service for things that have no name of their own here. */
const NAMED = new Set(['employee', 'legal_entity', 'legal_enity', 'division', 'medical_program']);

/**
 * The document as the service shows it: every reference in it with what people read of what it names.
 * @param unknown what they read of what has no name
 */
export function withNames<T>(value: T, world: World, unknown: string | null = null): T {
  if (Array.isArray(value)) return value.map((item) => withNames(item, world, unknown)) as T;
  if (!isObject(value)) return value;
  const shown: Json = {};
  for (const [key, inner] of Object.entries(value))
    put(shown, key, withNames(inner, world, unknown));
  if (isReference(value) && shown.display_value === undefined) {
    shown.display_value = nameOf(value, world) ?? unknown;
  }
  return shown as T;
}

/** What people read of a reference; a word where nothing is known of it. */
export function nameOfReference(value: unknown, world: World): string {
  return (isReference(value) ? nameOf(value, world) : null) ?? 'unknown';
}

function nameOf({ identifier }: { identifier: Json }, world: World): string | null {
  const value = textOf(identifier.value ?? '');
  const known = world.resources.get(value.toLowerCase())?.document;
  const party = at(known, 'party') ?? known;
  const person = ['last_name', 'first_name', 'second_name'].flatMap((part) => {
    const name = at(party, part);
    return typeof name === 'string' ? [name] : [];
  });
  if (person.length > 0) return person.join(' ');
  const name = at(known, 'name');
  if (typeof name === 'string') return name;
  const code = textOf(at(identifier, 'type.coding.0.code') ?? '');
  return NAMED.has(code) ? `${code.replaceAll('_', ' ')} ${value.slice(0, 8)}` : null;
}
