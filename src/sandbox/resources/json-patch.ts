import { isDeepStrictEqual } from 'node:util';
import { isObject, type Json, put } from '../../contract/json.js';

/** Why a patch cannot be applied; `test`: what it expects to be there is not. */
export class PatchProblem extends Error {
  constructor(
    message: string,
    readonly kind: 'test' | 'place' | 'form',
  ) {
    super(message);
  }
}

/**
 * RFC 6902: a list of operations, all of which are made or none.
 * @throws PatchProblem
 * @example jsonPatch({ a: 1 }, [{ op: 'replace', path: '/a', value: 2 }]) // { a: 2 }
 */
export function jsonPatch(document: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch)) throw new PatchProblem('a JSON Patch is a list of operations', 'form');
  return patch.reduce<unknown>(step, structuredClone(document));
}

function step(document: unknown, operation: unknown): unknown {
  const { op, path, from, value } = isObject(operation) ? operation : ({} as Json);
  switch (op) {
    case 'add':
      return add(document, pointer(path), value);
    case 'remove':
      return remove(document, pointer(path));
    case 'replace':
      return replace(document, pointer(path), value);
    case 'move':
      return add(remove(document, pointer(from)), pointer(path), read(document, pointer(from)));
    case 'copy':
      return add(document, pointer(path), structuredClone(read(document, pointer(from))));
    case 'test':
      if (isDeepStrictEqual(read(document, pointer(path)), value)) return document;
      throw new PatchProblem(`${path} is not ${JSON.stringify(value)}`, 'test');
    default:
      throw new PatchProblem(`"${op}" is no operation of JSON Patch`, 'form');
  }
}

/** RFC 6901 §4. */
function pointer(text: unknown): string[] {
  if (text === '') return [];
  if (typeof text !== 'string' || !text.startsWith('/')) {
    throw new PatchProblem(`${JSON.stringify(text)} is no JSON Pointer`, 'form');
  }
  return text
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function nowhere(key: string): PatchProblem {
  return new PatchProblem(`there is no "${key}"`, 'place');
}

function read(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((here, key) => {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) throw nowhere(key);
    return (here as Json)[key];
  }, value);
}

/** The document with the object or list that holds the end of a path changed. */
function within(
  document: unknown,
  path: readonly string[],
  change: (holder: Json | unknown[], key: string) => unknown,
): unknown {
  const [key = '', ...rest] = path;
  if (typeof document !== 'object' || document === null) throw nowhere(key);
  const copy = Array.isArray(document) ? [...document] : { ...document };
  if (rest.length === 0) {
    change(copy, key);
    return copy;
  }
  put(copy as Json, key, within(read(document, [key]), rest, change));
  return copy;
}

function add(document: unknown, path: readonly string[], value: unknown): unknown {
  if (path.length === 0) return value;
  return within(document, path, (holder, key) => {
    if (!Array.isArray(holder)) put(holder, key, value);
    else holder.splice(key === '-' ? holder.length : placeIn(holder, key, holder.length), 0, value);
  });
}

function remove(document: unknown, path: readonly string[]): unknown {
  read(document, path);
  if (path.length === 0) return null;
  return within(document, path, (holder, key) => {
    if (Array.isArray(holder)) holder.splice(placeIn(holder, key, holder.length - 1), 1);
    else delete holder[key];
  });
}

function replace(document: unknown, path: readonly string[], value: unknown): unknown {
  read(document, path);
  if (path.length === 0) return value;
  return within(document, path, (holder, key) => {
    put(holder as Json, key, value);
  });
}

function placeIn(list: readonly unknown[], key: string, last: number): number {
  if (!/^(0|[1-9]\d*)$/.test(key) || Number(key) > last) {
    throw new PatchProblem(`"${key}" is no place of a list of ${list.length}`, 'place');
  }
  return Number(key);
}
