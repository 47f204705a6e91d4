import type { Binding } from './binding.js';
import { isObject } from './json.js';

/** Keys under which the envelopes of good answers carry what is in them: `data` for `{ data: "{data}", meta }`. */
export function payloadKeys({ envelopes }: Pick<Binding, 'envelopes'>): string[] {
  const keys = [...envelopes.values()].flatMap(({ source }) =>
    isObject(source) ? Object.keys(source).filter((key) => source[key] === '{data}') : [],
  );
  return [...new Set(keys)];
}

/**
 * What an answer carries, without the API's envelope; one that came bare is what it is.
 * @example payloadOf({ data: { id: 1 }, meta: {} }, ['data']) // { id: 1 }
 */
export function payloadOf(body: unknown, keys: readonly string[]): unknown {
  const key = isObject(body) ? keys.find((one) => Object.hasOwn(body, one)) : undefined;
  return key === undefined ? body : (body as Record<string, unknown>)[key];
}
