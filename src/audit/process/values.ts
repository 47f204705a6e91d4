import { isObject } from '../../contract/json.js';
import { isAlike } from '../../scenario/match.js';

/**
 * The values at a dotted path. `*` stands for each entry of a list, or for the one thing that there is, `**` for
 * every single value below. A name may hold dots itself.
 * @example valuesAt({ links: [{ id: 1 }, { id: 2 }] }, 'links.*.id') // [1, 2]
 */
export function valuesAt(value: unknown, path: string): unknown[] {
  if (path === '') return [value];
  const [head = '', ...rest] = path.split('.');
  const below = rest.join('.');
  if (head === '**') return leavesOf(value);
  if (head === '*') {
    const items = Array.isArray(value) ? value : [value];
    return items.flatMap((item) => valuesAt(item, below));
  }
  if (typeof value !== 'object' || value === null) return [];
  if (Object.hasOwn(value, path)) return [Reflect.get(value, path)];
  return Object.hasOwn(value, head) ? valuesAt(Reflect.get(value, head), below) : [];
}

function leavesOf(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return value === undefined ? [] : [value];
  return Object.values(value).flatMap(leavesOf);
}

/**
 * Are two values the same? Single ones are compared as conditions of scenarios are: identifiers are the same in any
 * case. Of lists and objects everything must be the same to the letter.
 */
export function isSame(found: unknown, wanted: unknown): boolean {
  if (isMany(found) || isMany(wanted)) return differenceAt(found, wanted) === undefined;
  return found === wanted || (wanted !== undefined && isAlike(found, wanted));
}

function isMany(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** Where two values differ first, as a JSON path; undefined: nowhere. A key without a value is as good as none. */
export function differenceAt(found: unknown, wanted: unknown, path = '$'): string | undefined {
  if (Array.isArray(found) && Array.isArray(wanted)) {
    const longest = Math.max(found.length, wanted.length);
    return first(longest, (i) => differenceAt(found[i], wanted[i], `${path}[${i}]`));
  }
  if (isObject(found) && isObject(wanted)) {
    const keys = [...new Set([...Object.keys(wanted), ...Object.keys(found)])];
    return first(keys.length, (i) => {
      const key = keys[i] as string;
      return differenceAt(own(found, key), own(wanted, key), `${path}.${key}`);
    });
  }
  return found === wanted ? undefined : path;
}

function own(object: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function first(size: number, at: (i: number) => string | undefined): string | undefined {
  for (let i = 0; i < size; i += 1) {
    const found = at(i);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A value for people, no longer than a line has room for. */
export function showValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text === '' ? '""' : text;
}

const MOST = 80;
