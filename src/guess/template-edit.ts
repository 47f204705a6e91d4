import { isObject } from '../contract/json.js';

/** The value as a template that says just this: `{` and `}` of its texts are no places. */
export function escapeBraces(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/[{}]/g, (brace) => brace + brace);
  if (Array.isArray(value)) return value.map(escapeBraces);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, escapeBraces(inner)]),
  );
}

export function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (here, key) => (isObject(here) && Object.hasOwn(here, key) ? here[key] : undefined),
    value,
  );
}

/** The value with something at a path; objects on the way are made. */
export function setAt(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  const here = isObject(value) ? value : {};
  return { ...here, [key]: setAt(here[key], rest, by) };
}

export function unsetAt(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined || !isObject(value)) return value;
  if (rest.length > 0) return { ...value, [key]: unsetAt(value[key], rest) };
  const { [key]: _, ...others } = value;
  return others;
}
