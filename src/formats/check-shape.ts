import * as z from 'zod';
import type { ErrorCode } from '../error-codes.js';
import { nearest } from '../problem.js';
import { plain } from '../yaml.js';
import { wordsOf } from './declare.js';
import type { FormatDocument, Path, Weight } from './document.js';

/** Which format a file is of: the first part of its codes. */
export type Prefix = 'SCENARIO' | 'SUITE' | 'BINDING';

type Issue = z.core.$ZodIssue;

/**
 * Holds a file to the declaration of its format and notes each mistake at its place.
 * @param weigh what the mistake at a path is beside its text
 * @returns what the file says, without the values that are wrong: other checks go on with the rest
 */
export function checkShape<S extends z.ZodType>(
  document: FormatDocument,
  format: S,
  prefix: Prefix,
  weigh: (path: Path, unknownKey: boolean) => Weight = () => ({}),
): unknown {
  document.refuseAliases();
  const value = plain(document.yaml.root);
  const found = format.safeParse(value);
  for (const { path, issue } of (found.error?.issues ?? []).flatMap((each) => leaves(each, []))) {
    if (!document.isFaulty(path)) tell(document, format, prefix, value, path, issue, weigh);
  }
  return without(document, value, []);
}

/** A union says what each of its forms misses; only the form that the value has is worth telling. */
function leaves(issue: Issue, above: Path): { path: Path; issue: Issue }[] {
  const path = [...above, ...(issue.path as (string | number)[])];
  if (issue.code !== 'invalid_union') return [{ path, issue }];
  const meant = issue.errors.find(
    (errors) =>
      !errors.some(
        ({ code, path: at }) =>
          at.length === 0 && (code === 'invalid_type' || code === 'invalid_union'),
      ),
  );
  const inner = meant?.flatMap((each) => leaves(each, path)) ?? [];
  return inner.length > 0 ? inner : [{ path, issue }];
}

function tell(
  document: FormatDocument,
  format: z.ZodType,
  prefix: Prefix,
  value: unknown,
  path: Path,
  issue: Issue,
  weigh: (path: Path, unknownKey: boolean) => Weight,
): void {
  const part = partAt(format, value, path);
  const words = part && wordsOf.get(part);
  const code = (end: string) => `${prefix}_${words?.code ?? end}` as ErrorCode;
  if (issue.code === 'unrecognized_keys') {
    const keys = part instanceof z.ZodObject ? Object.keys(part.shape) : [];
    for (const key of issue.keys) {
      const message = `unknown ${words?.what ?? 'key'} "${key}"`;
      const at = [...path, key];
      const weight = weigh(at, true);
      document.wrongKey(at, `${prefix}_UNKNOWN_KEY`, message, nearest(key, keys), weight);
    }
    return;
  }
  const key = nameOf(path);
  const given = valueAt(value, path);
  const weight = weigh(path, false);
  if (given === undefined) {
    const message = `the key "${key}" is missing`;
    document.wrong(path, `${prefix}_MISSING_KEY`, message, words?.hint, weight);
    return;
  }
  const scalar = ['string', 'number', 'boolean'].includes(typeof given);
  const names = enumOf(part);
  if (words?.wrong)
    document.wrong(path, code('WRONG_VALUE'), words.wrong(given), words.hint, weight);
  else if (scalar && names) {
    const message = `unknown ${words?.what ?? key} "${given}"`;
    document.wrong(path, code('UNKNOWN_NAME'), message, nearest(String(given), names), weight);
  } else if (scalar && words?.form) {
    const message = `"${key}: ${given}" is not ${words.form}`;
    document.wrong(path, code('WRONG_VALUE'), message, words.hint, weight);
  } else {
    const message = `"${key}" must be ${words?.must ?? 'another value'}`;
    const hint = words?.form || names ? undefined : words?.hint;
    document.wrong(path, `${prefix}_WRONG_TYPE`, message, hint, weight);
  }
}

/** `life[2]` for an entry of a list. */
function nameOf(path: Path): string {
  const last = path.at(-1);
  return typeof last === 'number' ? `${path.at(-2)}[${last}]` : String(last ?? 'file');
}

function enumOf(part: z.ZodType | undefined): string[] | undefined {
  return part instanceof z.ZodEnum ? (part.options as string[]) : undefined;
}

/** The part of a declaration that stands at a path of a value. */
function partAt(format: z.ZodType, value: unknown, path: Path): z.ZodType | undefined {
  const part = formOf(format, value);
  const [head, ...rest] = path;
  if (head === undefined) return part;
  const inner = typeof value === 'object' && value !== null ? Reflect.get(value, head) : undefined;
  const next =
    part instanceof z.ZodObject
      ? part.shape[head]
      : part instanceof z.ZodRecord
        ? part.valueType
        : part instanceof z.ZodArray
          ? part.element
          : undefined;
  return next === undefined ? undefined : partAt(next as z.ZodType, inner, rest);
}

/** Without `optional` and the like; of a union the form that the value has. */
function formOf(part: z.ZodType, value: unknown): z.ZodType {
  if (part instanceof z.ZodOptional || part instanceof z.ZodNullable) {
    return formOf(part.unwrap() as z.ZodType, value);
  }
  if (part instanceof z.ZodLazy) return formOf(part.unwrap() as z.ZodType, value);
  if (!(part instanceof z.ZodUnion)) return part;
  const forms = (part.options as z.ZodType[]).map((each) => formOf(each, value));
  const meant = forms.find((form) => {
    if (Array.isArray(value)) return form instanceof z.ZodArray;
    if (typeof value !== 'object' || value === null) return false;
    return form instanceof z.ZodObject || form instanceof z.ZodRecord;
  });
  return meant ?? part;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (here, part) =>
      typeof here === 'object' && here !== null ? Reflect.get(here, part) : undefined,
    value,
  );
}

/** The value without what has been found wrong in it; entries of lists keep their places. */
function without(document: FormatDocument, value: unknown, path: Path): unknown {
  if (document.isFlawless) return value;
  if (document.isFaulty(path)) return undefined;
  if (Array.isArray(value)) return value.map((item, i) => without(document, item, [...path, i]));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).map(
    ([key, inner]) => [key, without(document, inner, [...path, key])] as const,
  );
  return Object.fromEntries(kept.filter(([, inner]) => inner !== undefined));
}
