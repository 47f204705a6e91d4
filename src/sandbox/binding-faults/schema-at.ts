import { resolve } from '../../contract/document.js';
import type { Json } from '../../contract/json.js';
import { partsOf, propertyOf } from '../../contract/schemas.js';
import type { Keys } from './places.js';

/** What a schema says of a value inside of what it describes: every part that speaks of it. */
export function schemaAt(document: Json, schema: Json | undefined, keys: Keys): Json[] {
  return keys.reduce<Json[]>(
    (parts, key) => {
      const all = withForms(document, parts);
      if (typeof key === 'string') return propertyOf(document, all, key);
      return all.flatMap(({ items }) => partsOf(document, items));
    },
    partsOf(document, schema),
  );
}

/** The names that a schema gives to the properties at a path. */
export function namesAt(document: Json, schema: Json | undefined, keys: Keys): string[] {
  const parts = withForms(document, schemaAt(document, schema, keys));
  return [...new Set(parts.flatMap(({ properties }) => Object.keys(properties ?? {})))];
}

function withForms(document: Json, parts: readonly Json[]): Json[] {
  const forms = parts.flatMap(({ oneOf, anyOf }) =>
    [oneOf, anyOf].flatMap((list) => (Array.isArray(list) ? list : [])),
  );
  return [...parts, ...forms.flatMap((form) => partsOf(document, resolve(document, form)))];
}

/** `a date-time`, `one of queued, done`, `an integer`: what a value has to be, in a few words. */
export function tellSchema(parts: readonly Json[]): string | undefined {
  const first = (key: string) => parts.map((part) => part[key]).find((each) => each !== undefined);
  const [constant, choice, format] = [first('const'), first('enum'), first('format')];
  if (constant !== undefined) return JSON.stringify(constant);
  if (Array.isArray(choice))
    return choice.length === 1 ? tellValue(choice[0]) : `one of ${choice.join(', ')}`;
  const types = [first('type')].flat().filter((type) => typeof type === 'string');
  if (types.length === 0) return undefined;
  return typeof format === 'string' ? `${types.join(' or ')}, ${format}` : types.join(' or ');
}

function tellValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
