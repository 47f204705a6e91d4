import * as z from 'zod';
import { DURATION_HINT, parseDuration } from '../time/duration.js';

/** What a part of a format says when a file gets it wrong, and what an editor is told beside its JSON Schema. */
export interface Words {
  /** `a text`, `a list`: "X" must be … */
  must: string;
  /** `a length`: "X: soon" is not …; for texts of a form. */
  form?: string;
  /** `fault`: unknown … "X"; for names of a list, and for the keys of a mapping. */
  what?: string;
  /** End of the code of its own, in place of WRONG_VALUE: `UNKNOWN_FAULT`. */
  code?: string;
  hint?: string;
  /** Says what is wrong with a value, where `must` and `form` cannot. */
  wrong?: (value: unknown) => string;
  /** Which words of an API an editor offers here. */
  slot?: Slot;
  /** JSON Schema that an editor needs and that a check of ours says in code: keys that exclude each other. */
  editor?: Record<string, unknown>;
  /** Schemas that `editor` refers to. */
  definitions?: Record<string, unknown>;
  /** A text for each value of a list of values. */
  values?: Readonly<Record<string, string>>;
}

/** Places whose values an API or the auditor brings. */
export type Slot =
  | 'operations'
  | 'step'
  | 'state'
  | 'shape'
  | 'scheduled'
  | 'envelope'
  | 'error'
  | 'tolerances'
  | 'rules'
  | 'scenario';

/** Beside the declaration of each part: its words. */
export const wordsOf = z.registry<Words>();

/** A text for people, in editors and on the reference page. */
export interface About {
  description: string;
  examples?: readonly unknown[];
  default?: unknown;
  [keyword: string]: unknown;
}

/** Gives a part its texts. */
export function declare<S extends z.ZodType>(schema: S, about: About, words: Words): S {
  const described: z.ZodType = schema.meta(about as Record<string, unknown>);
  return described.register(wordsOf, words) as S;
}

/** YAML writes a number or true where people mean a text; both are read as one. */
export const text = (about: About, words: Partial<Words> = {}) =>
  declare(z.union([z.string(), z.number(), z.boolean()]), about, { must: 'a text', ...words });

export const flag = (about: About) => declare(z.boolean(), about, { must: 'true or false' });

export const whole = (least: number, most: number | undefined, about: About) =>
  declare(
    z
      .int()
      .min(least)
      .max(most ?? Number.MAX_SAFE_INTEGER),
    about,
    {
      must: 'a whole number',
      hint: `from ${least} ${most === undefined ? 'or more' : `to ${most}`}`,
      editor: { minimum: least, maximum: most },
    },
  );

/** A text that a function of ours reads; `pattern` says the same to an editor. */
export const textOf = (
  reads: (text: string) => boolean,
  pattern: string,
  about: About,
  words: Omit<Words, 'must'>,
) => declare(z.string().refine(reads), { pattern, ...about }, { must: 'a text', ...words });

/** The units of {@link parseDuration}, as a pattern. */
export const UNIT = '(ms|s|sec|seconds?|m|min|minutes?|h|hours?|d|days?)';
const TIME = `\\d{1,12}(\\.\\d{1,6})? ?${UNIT}`;

export const duration = (about: About) =>
  textOf((said) => (parseDuration(said) ?? -1) >= 0, `^${TIME}$`, about, {
    form: 'a duration',
    hint: DURATION_HINT,
  });

/** A length of time that may be below zero. */
export const signed = (about: About) =>
  textOf((said) => parseDuration(said) !== undefined, `^-?${TIME}$`, about, {
    form: 'a time',
    hint: `${DURATION_HINT}; -1h is past`,
  });

export const oneOf = <const N extends readonly string[]>(
  names: N,
  what: string,
  code: string,
  about: About,
  values?: Readonly<Record<string, string>>,
) => declare(z.enum(names), about, { must: 'a text', what, code, ...(values ? { values } : {}) });

/** A mapping whose keys are these and no others. */
export const mapping = <S extends z.core.$ZodLooseShape>(
  shape: S,
  about: About,
  words: Partial<Words> = {},
) => {
  const keys = Object.keys(shape).join(', ');
  const usual = { must: 'a mapping', hint: `with some of: ${keys}` };
  return declare(z.strictObject(shape), about, { ...usual, ...words });
};

export const listOf = <S extends z.ZodType>(item: S, about: About, words: Partial<Words> = {}) =>
  declare(z.array(item), about, { must: 'a list', hint: 'start each entry with "- "', ...words });

/** A mapping whose keys are names of the file's own. */
export const named = <S extends z.ZodType>(value: S, about: About, words: Partial<Words> = {}) =>
  declare(z.record(z.string(), value), about, { must: 'a mapping', ...words });

export const anything = (about: About) => declare(z.unknown(), about, { must: 'a value' });

/** A single value: what a field of a request can be compared with. */
export const scalar = () =>
  declare(
    z.union([z.string(), z.number(), z.boolean(), z.null()]),
    { description: 'A text, a number, true, false or null.' },
    { must: 'a single value', hint: 'a text, number or true/false' },
  );
