import * as z from 'zod';
import type { ErrorCode } from '../error-codes.js';
import { nearest } from '../problem.js';
import { plain } from '../yaml.js';
import { type Words, wordsOf } from './declare.js';
import type { FormatDocument, Path, Weight } from './document.js';
import { partAt } from './part-at.js';

/** Which format a file is of: the first part of its codes. */
export type Prefix = 'SCENARIO' | 'SUITE' | 'BINDING' | 'BASELINE' | 'PROFILE' | 'TEAMS';

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

/** One mistake, with all that is needed to say it. */
interface Mistake {
  document: FormatDocument;
  prefix: Prefix;
  path: Path;
  /** The part of the format that is not kept. */
  part: z.ZodType | undefined;
  words: Words | undefined;
  given: unknown;
  weight: Weight;
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
  const given = valueAt(value, path);
  const weight = weigh(path, false);
  const mistake = { document, prefix, path, part, words, given, weight };
  if (issue.code === 'unrecognized_keys') tellUnknownKeys(mistake, issue.keys, weigh);
  else if (issue.code === 'invalid_key') {
    const around = partAt(format, value, path.slice(0, -1));
    const hint = around && wordsOf.get(around)?.hint;
    const message = `"${nameOf(path)}" cannot be a key here`;
    document.wrongKey(path, `${prefix}_WRONG_VALUE`, message, hint, weigh(path, true));
  } else if (given === undefined) {
    const message = `the key "${nameOf(path)}" is missing`;
    document.wrong(path, `${prefix}_MISSING_KEY`, message, words?.hint, weight);
  } else tellValue(mistake, issue.code === 'invalid_type');
}

function tellUnknownKeys(
  { document, prefix, path, part, words }: Mistake,
  keys: readonly string[],
  weigh: (path: Path, unknownKey: boolean) => Weight,
): void {
  const known = part instanceof z.ZodObject ? Object.keys(part.shape) : [];
  for (const key of keys) {
    const at = [...path, key];
    const message = `unknown ${words?.what ?? 'key'} "${key}"`;
    document.wrongKey(at, `${prefix}_UNKNOWN_KEY`, message, nearest(key, known), weigh(at, true));
  }
}

function tellValue(mistake: Mistake, ofType: boolean): void {
  const { document, prefix, path, part, words, given, weight } = mistake;
  const key = nameOf(path);
  const names = part instanceof z.ZodEnum ? (part.options as string[]) : undefined;
  const wrong = (end: string, message: string, hint?: string) =>
    document.wrong(path, `${prefix}_${end}` as ErrorCode, message, hint, weight);
  const single = ['string', 'number', 'boolean'].includes(typeof given);
  if (words?.wrong) {
    wrong(ofType ? 'WRONG_TYPE' : 'WRONG_VALUE', words.wrong(given), words.hint);
  } else if (single && names) {
    const hint = nearest(String(given), names);
    wrong(words?.code ?? 'WRONG_VALUE', `unknown ${words?.what ?? key} "${given}"`, hint);
  } else if (single && words?.form) {
    wrong('WRONG_VALUE', `"${key}: ${given}" is not ${words.form}`, words.hint);
  } else {
    const hint = words?.form || names ? undefined : words?.hint;
    const message = `"${key}" must be ${words?.must ?? 'another value'}`;
    wrong(single && !ofType ? 'WRONG_VALUE' : 'WRONG_TYPE', message, hint);
  }
}

/** `life[2]` for an entry of a list. */
function nameOf(path: Path): string {
  const last = path.at(-1);
  return typeof last === 'number' ? `${path.at(-2)}[${last}]` : String(last ?? 'file');
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
