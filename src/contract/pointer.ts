import { isObject, type Json } from './json.js';

/** `#/paths/~1jobs/get` → `['paths', '/jobs', 'get']`. RFC 6901 §6; a stray `%` stands for itself. */
export function stepsOf(pointer: string): string[] {
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

/** What stands at a pointer; undefined when nothing does. A name that was not escaped is found too. */
export function follow(
  document: Json,
  pointer: string,
): { value: unknown; path: string[] } | undefined {
  const path = stepsOf(pointer);
  let value: unknown = document;
  for (const [i, step] of path.entries()) {
    if (!(isObject(value) || Array.isArray(value))) return undefined;
    if (Object.hasOwn(value, step)) value = (value as Json)[step];
    else {
      // `#/components/schemas/a%20b` of a schema whose very name is `a%20b`.
      const raw = pointer.split('/')[i + 1];
      if (raw === undefined || raw === step || !Object.hasOwn(value, raw)) return undefined;
      path[i] = raw;
      value = (value as Json)[raw];
    }
  }
  return value === undefined ? undefined : { value, path };
}
