import { isDeepStrictEqual } from 'node:util';
import { isObject, type Json } from './json.js';
import { isAddress, isSegment, type Piece, pieces } from './template.js';

/** What a value says in the places of a template. */
export interface Unfilled {
  /** By the name of the place; undefined where the value leaves it out. */
  places: ReadonlyMap<string, unknown>;
  /** Paths (`links[].href`) of what the value holds and the template does not speak of. */
  extras: readonly string[];
}

/**
 * The inverse of filling a template: what its places would have to stand for, so that it becomes the
 * value. Undefined when it cannot become it. A place that stands twice must say the same twice.
 * @param source what the template was compiled from
 */
export function unfill(source: unknown, value: unknown): Unfilled | undefined {
  const reader = new Reader();
  return reader.read(source, value, '') ? reader : undefined;
}

/** Paths of everything that a template speaks of, in the form of {@link Unfilled.extras}. */
export function pathsIn(source: unknown, path = ''): string[] {
  if (Array.isArray(source)) return source.flatMap((item) => pathsIn(item, `${path}[]`));
  if (!isObject(source)) return [];
  return Object.entries(source).flatMap(([key, inner]) => {
    const here = join(path, key);
    return [here, ...pathsIn(inner, here)];
  });
}

class Reader implements Unfilled {
  readonly places = new Map<string, unknown>();
  readonly extras: string[] = [];

  read(source: unknown, value: unknown, path: string): boolean {
    if (typeof source === 'string') return this.#text(pieces(source), value);
    if (Array.isArray(source)) return this.#list(source, value, path);
    if (isObject(source)) return this.#object(source, value, path);
    return source === value;
  }

  #text(parts: readonly Piece[], value: unknown): boolean {
    const [first] = parts;
    if (parts.length === 1 && first && 'name' in first) return this.#found(first.name, value);
    return typeof value === 'string' && this.#parts(parts, value);
  }

  /** Each place takes as little as it can; the last one takes the rest. */
  #parts(parts: readonly Piece[], value: string): boolean {
    const encoded = isAddress(parts);
    let at = 0;
    for (let i = 0; i < parts.length; i += 1) {
      const part = parts[i] as Piece;
      if ('text' in part) {
        if (!value.startsWith(part.text, at)) return false;
        at += part.text.length;
        continue;
      }
      const end = endOfPlace(parts.slice(i + 1), value, at);
      if (end === -1) return false;
      const said = value.slice(at, end);
      const meant = encoded && isSegment(part.name) ? decode(said) : said;
      if (!this.#found(part.name, meant)) return false;
      at = end;
    }
    return at === value.length;
  }

  #list(source: readonly unknown[], value: unknown, path: string): boolean {
    if (!Array.isArray(value) || value.length > source.length) return false;
    return source.every((item, i) =>
      i < value.length || canBeLeftOut(item) ? this.read(item, value[i], `${path}[]`) : false,
    );
  }

  #object(source: Json, value: unknown, path: string): boolean {
    if (!isObject(value)) return false;
    for (const key of Object.keys(source)) {
      const there = Object.hasOwn(value, key);
      if (!there && !canBeLeftOut(source[key])) return false;
      if (!this.read(source[key], there ? value[key] : undefined, join(path, key))) return false;
    }
    for (const key of Object.keys(value)) {
      if (!Object.hasOwn(source, key)) this.extras.push(join(path, key));
    }
    return true;
  }

  #found(name: string, value: unknown): boolean {
    if (this.places.has(name)) return saysTheSame(this.places.get(name), value);
    this.places.set(name, value);
    return true;
  }
}

/** Within a text a number stands as its digits. */
export function saysTheSame(a: unknown, b: unknown): boolean {
  const isNumber = typeof a === 'number' || typeof b === 'number';
  return isNumber ? String(a) === String(b) : isDeepStrictEqual(a, b);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Where the text of a place that starts at `at` ends: before the next fixed text, or with the value. */
function endOfPlace(rest: readonly Piece[], value: string, at: number): number {
  const [next] = rest;
  if (!next) return value.length;
  if (!('text' in next)) return at;
  if (rest.length > 1) return value.indexOf(next.text, at);
  const end = value.length - next.text.length;
  return end >= at ? end : -1;
}

/** A string that is one place alone may stand for nothing. */
function canBeLeftOut(source: unknown): boolean {
  if (typeof source !== 'string') return false;
  const parts = pieces(source);
  return parts.length === 1 && 'name' in (parts[0] as Piece);
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
