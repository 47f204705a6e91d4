import { isObject } from '../../contract/json.js';
import { pieces } from '../../contract/template.js';

/** Keys from the top of a binding or of a template. */
export type Keys = readonly (string | number)[];

const STEP = /\.([\p{L}_$][\p{L}\p{N}_$-]*)|\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]/gu;

/** The keys of a path in Goessner's notation: `$.links[0]['a b']` is `['links', 0, 'a b']`. */
export function keysOf(path: string): (string | number)[] {
  return [...path.matchAll(STEP)].map(([, name, index, quoted]) =>
    index === undefined ? (name ?? (quoted ?? '').replaceAll("\\'", "'")) : Number(index),
  );
}

/** What stands at a path of a template's source; undefined: it ends before. */
export function sourceAt(source: unknown, keys: Keys): unknown {
  return keys.reduce<unknown>((here, key) => {
    if (typeof here !== 'object' || here === null) return undefined;
    return Reflect.get(here, key);
  }, source);
}

/** Where a text stands that is this place alone; undefined: nowhere. */
export function pathOfPlace(source: unknown, place: string): Keys | undefined {
  if (source === `{${place}}`) return [];
  if (typeof source !== 'object' || source === null) return undefined;
  for (const [key, inner] of Object.entries(source)) {
    const found = pathOfPlace(inner, place);
    if (found) return [Array.isArray(source) ? Number(key) : key, ...found];
  }
  return undefined;
}

/** Heads of places that a request, a scenario or what a job has made fills: of them nobody knows anything beforehand. */
const FILLED_LATER = new Set([
  'result',
  'resource',
  'link',
  'links',
  'data',
  'path',
  'body',
  'query',
  'header',
]);

/** Does what stands at a path, or around it, depend on a request? */
export function isFilledLater(source: unknown, keys: Keys): boolean {
  let here = source;
  for (const key of keys) {
    if (typeof here === 'string') return namesLater(here);
    if (typeof here !== 'object' || here === null) return false;
    here = Reflect.get(here, key);
  }
  return holdsLater(here);
}

function holdsLater(value: unknown): boolean {
  if (typeof value === 'string') return namesLater(value);
  if (Array.isArray(value)) return value.some(holdsLater);
  return isObject(value) && Object.values(value).some(holdsLater);
}

function namesLater(text: string): boolean {
  return pieces(text).some(
    (piece) => 'name' in piece && FILLED_LATER.has(piece.name.split('.', 1)[0] as string),
  );
}
