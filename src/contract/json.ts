/** A JSON object whose keys are not known beforehand. */
export type Json = Record<string, unknown>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a text; undefined where it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The value at a dotted path (`subject.value`, `event.0.period`), or undefined. Own properties only. */
export function at(value: unknown, path: string): unknown {
  let here = value;
  for (const key of path.split('.')) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined;
    here = (here as Json)[key];
  }
  return here;
}

/**
 * Sets a property of its own, whatever its name is: an assignment to `__proto__` would change what the object inherits.
 * @example put({}, '__proto__', 1) // what JSON.parse('{"__proto__": 1}') gives
 */
export function put(object: Json, name: string, value: unknown): void {
  if (name !== '__proto__') object[name] = value;
  else {
    const own = { value, writable: true, enumerable: true, configurable: true };
    Object.defineProperty(object, name, own);
  }
}

/** All properties of all of them; of those with one name the last. */
export function joined(objects: readonly unknown[]): Json {
  const all: Json = {};
  for (const one of objects) {
    for (const [name, value] of Object.entries(isObject(one) ? one : {})) put(all, name, value);
  }
  return all;
}

/**
 * A value of JSON as a text: a text as it is, a list or an object as JSON. `String` calls what the value holds under
 * `toString`, which throws where that is no function.
 * @example textOf(7) // '7'
 */
export function textOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
