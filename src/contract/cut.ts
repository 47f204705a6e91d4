import { at, isObject, type Json } from './json.js';

/** How a long answer is made shorter. Paths are dotted; a list on the way means each of its items. */
export interface Cut {
  /** So many bytes of JSON are sent whole. */
  bytes: number;
  /** Lists that are emptied first. */
  empty: readonly string[];
  /** The list that then loses its last items. */
  shorten: string | undefined;
}

/**
 * What is sent of a long answer.
 * @example cut({ errors: ['a', 'b'] }, { bytes: 20, empty: [], shorten: 'errors' }) // { errors: ['a'] }
 */
export function cut(data: unknown, { bytes, empty, shorten }: Cut): unknown {
  const fits = (value: unknown) => Buffer.byteLength(JSON.stringify(value) ?? '') <= bytes;
  if (fits(data)) return data;
  const emptied = empty.reduce((value, path) => without(value, path.split('.')), data);
  const list = shorten === undefined ? undefined : at(emptied, shorten);
  if (fits(emptied) || !Array.isArray(list) || shorten === undefined) return emptied;
  let least = 0;
  for (let most = list.length; least < most; ) {
    const middle = Math.ceil((least + most) / 2);
    if (fits(put(emptied, shorten.split('.'), list.slice(0, middle)))) least = middle;
    else most = middle - 1;
  }
  return put(emptied, shorten.split('.'), list.slice(0, least));
}

/** With every list and object at the path emptied, and every other value there left out. */
function without(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return Array.isArray(value) ? [] : isObject(value) ? {} : undefined;
  if (Array.isArray(value)) return value.map((item) => without(item, [key, ...rest]));
  if (!isObject(value) || !Object.hasOwn(value, key)) return value;
  const inner = without(value[key], rest);
  const { [key]: _, ...others } = value;
  return inner === undefined ? others : { ...value, [key]: inner };
}

function put(value: unknown, [key, ...rest]: readonly string[], there: unknown): unknown {
  if (key === undefined) return there;
  const from: Json = isObject(value) ? value : {};
  return { ...from, [key]: put(from[key], rest, there) };
}
