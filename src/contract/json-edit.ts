import { isObject } from './json.js';

/** Keys and indexes from the root of a JSON value down to a single value. */
type Path = readonly (string | number)[];

/** The value with the first leaf that is this text or number replaced; undefined leaves it out. */
export function replaceText(value: unknown, text: string | number, by: unknown): unknown {
  const path = pathsOf(value).find((each) => at(value, each) === text);
  return path ? put(value, path, by) : value;
}

/**
 * The value with one leaf made a number (a number made a text) so that `wanted` holds; `first` is tried
 * before the others. Undefined when no leaf does it.
 */
export function replaceWhere(
  value: unknown,
  first: string | undefined,
  wanted: (value: unknown) => boolean,
): unknown {
  for (const path of preferring(value, first)) {
    const changed = put(value, path, typeof at(value, path) === 'number' ? 'none' : 7);
    if (wanted(changed)) return changed;
  }
  return undefined;
}

/** JSON in which the key of a leaf stands twice: null, then its value. */
export function duplicateKey(value: unknown, first: string | undefined): string | undefined {
  const path = preferring(value, first).find((each) => typeof each.at(-1) === 'string');
  if (!path) return undefined;
  const key = path.at(-1) as string;
  const parent = at(value, path.slice(0, -1)) as Record<string, unknown>;
  // No parser hands out an object with a key twice, so a key that is none of JSON's keeps its place.
  const doubled = Object.fromEntries(
    Object.entries(parent).flatMap(([k, v]) =>
      k === key
        ? [
            [`\0${k}`, null],
            [k, v],
          ]
        : [[k, v]],
    ),
  );
  const whole = path.length === 1 ? doubled : put(value, path.slice(0, -1), doubled);
  return JSON.stringify(whole).replace('"\\u0000', '"');
}

function preferring(value: unknown, first: string | undefined): Path[] {
  const paths = pathsOf(value);
  const liked = first === undefined ? [] : paths.filter((path) => at(value, path) === first);
  return [...liked, ...paths.filter((path) => !liked.includes(path))];
}

function pathsOf(value: unknown, above: Path = []): Path[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => pathsOf(item, [...above, i]));
  if (!isObject(value)) return above.length > 0 ? [above] : [];
  return Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...above, key]));
}

function at(value: unknown, path: Path): unknown {
  return path.reduce((inner, key) => (inner as Record<string | number, unknown>)[key], value);
}

function put(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) {
    const items = value.map((item, i) => (i === key ? put(item, rest, by) : item));
    return items.filter((item) => item !== undefined);
  }
  const fields = Object.entries(value as object).map(([k, v]) => [
    k,
    k === key ? put(v, rest, by) : v,
  ]);
  return Object.fromEntries(fields.filter(([, v]) => v !== undefined));
}
