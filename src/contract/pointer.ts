import { isObject, type Json } from './json.js';

/** `#/paths/~1jobs/get` → `['paths', '/jobs', 'get']`. RFC 6901 §6; a stray `%` stands for itself. */
function stepsOf(pointer: string): string[] {
  if (pointer === '#' || pointer === '') return [];
  return pointer
    .replace(/^#?\//, '')
    .split('/')
    .map((step) => decode(step).replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The inverse of {@link stepsOf}. */
export function pointerTo(steps: readonly string[]): string {
  return ['#', ...steps.map(escaped)].join('/');
}

function escaped(step: string): string {
  return encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'));
}

function decode(step: string): string {
  if (!step.includes('%')) return step;
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

/** What a pointer leads to, and its path from the document's top. */
interface Target {
  value: unknown;
  path: readonly string[];
}

/** References that lead to each other for ever end here. */
const MOST_HOPS = 50;

/**
 * What stands at a pointer; undefined when nothing does. A name that was not escaped is found too, and so is what
 * stands behind a reference on the way: a document in many files becomes one with such pointers.
 * @returns its path is that of the place itself, through no reference
 */
export function follow(document: Json, pointer: string, hops = 0): Target | undefined {
  const raw = pointer.split('/').slice(1);
  let here: Target = { value: document, path: [] };
  for (const [i, step] of stepsOf(pointer).entries()) {
    let next = inside(here, step, raw[i]);
    for (let hop = hops; !next && hop < MOST_HOPS; hop += 1) {
      const { $ref } = isObject(here.value) ? here.value : {};
      const behind = typeof $ref === 'string' ? follow(document, $ref, hop + 1) : undefined;
      if (!behind) return undefined;
      here = behind;
      next = inside(here, step, raw[i]);
    }
    if (!next) return undefined;
    here = next;
  }
  return here.value === undefined ? undefined : here;
}

/** @param raw the step as it is spelt: `a%20b` may be the very name of a schema */
function inside(
  { value, path }: Target,
  step: string,
  raw: string | undefined,
): Target | undefined {
  if (!(isObject(value) || Array.isArray(value))) return undefined;
  const name = [step, raw].find((key) => key !== undefined && Object.hasOwn(value, key));
  return name === undefined ? undefined : { value: (value as Json)[name], path: [...path, name] };
}
