import type { RE2JS } from 're2js';
import { isObject, type Json } from './json.js';
import { loadRe2 } from './libraries.js';
import type { Slip } from './slip.js';

/** A regular expression of a contract. */
interface Pattern {
  test(text: string): boolean;
}

let engine: typeof RE2JS | undefined;

/** RE2, which is loaded with the first pattern. */
function linear(): typeof RE2JS {
  engine ??= loadRe2();
  return engine;
}

/**
 * Compiles a contract's `pattern` for RE2's engine: its time grows with the text's length alone, where
 * the one of JavaScript may need years for a line of text (CWE-1333).
 * @throws Error for what only backtracking could run: lookaheads, backreferences
 */
export function compilePattern(source: string): Pattern {
  const { compile, translateRegExp, LOOKBEHINDS } = linear();
  return compile(translateRegExp(splitCounts(source)), LOOKBEHINDS);
}

/** A pattern that is compiled when the first text is held to it. */
export function patternWhenNeeded(source: string): Pattern {
  let compiled: Pattern | undefined;
  return {
    test: (text) => {
      compiled ??= compilePattern(source);
      return compiled.test(text);
    },
  };
}

/** What Ajv takes in the place of `new RegExp`; generated code knows it by its name. */
export const LINEAR = Object.assign(compilePattern, { code: 'compilePattern' });

/** RE2 counts so far. */
const MAX_COUNT = 1000;
/** A machine of more states than that would take too long for a long text: where it begins anew at each character … */
const MAX_ANYWHERE = 2000;
/** … and where it has to hold from the first one on. */
const MAX_FROM_START = 10_000;
/** One character or class with a count: `[a-z]{1,2000}`. */
const COUNTED =
  /(\\[pP]\{[^}]*\}|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\c.|\\.|\[(?:\\.|[^\]\\])*\]|[^\\[\](){}|*+?^$])\{(\d+)(,?)(\d*)\}/gu;

/**
 * Counts that RE2 does not take, as several in a row: `a{1,2000}` → `a{1,1000}a{0,1000}`.
 */
function splitCounts(source: string): string {
  if (!/\{\d*,?\d{4,}\}|\{\d{4,},\}/.test(source)) return source;
  const allowed = source.startsWith('^') ? MAX_FROM_START : MAX_ANYWHERE;
  return source.replace(
    COUNTED,
    (whole, atom: string, least: string, comma: string, most: string) => {
      const from = Number(least);
      const to = comma === '' ? from : most === '' ? undefined : Number(most);
      const highest = to ?? from;
      if (highest <= MAX_COUNT || highest > allowed || highest < from) return whole;
      const needed = chunks(from).map((n) => `${atom}{${n}}`);
      if (to === undefined) return `${needed.join('')}${atom}*`;
      return [...needed, ...chunks(to - from).map((n) => `${atom}{0,${n}}`)].join('');
    },
  );
}

function chunks(count: number): number[] {
  const full = Array.from({ length: Math.floor(count / MAX_COUNT) }, () => MAX_COUNT);
  return count % MAX_COUNT > 0 ? [...full, count % MAX_COUNT] : full;
}

/** Patterns that were found to be fit or not; documents repeat theirs. */
type Known = Map<string, string | undefined>;
const known: Known = new Map();
const MAX_KNOWN = 2000;

/** Takes the patterns out of a schema that cannot be run: nothing is held to them. */
export function mendPatterns(schema: Json, path: () => string[]): Slip[] {
  const slips: Slip[] = [];
  if (typeof schema.pattern === 'string') {
    const why = unfit(schema.pattern);
    if (why !== undefined) {
      slips.push(told(schema.pattern, why, [...path(), 'pattern'], 'value'));
      delete schema.pattern;
    }
  }
  if (!isObject(schema.patternProperties)) return slips;
  for (const source of Object.keys(schema.patternProperties)) {
    const why = unfit(source);
    if (why === undefined) continue;
    slips.push(told(source, why, [...path(), 'patternProperties', source], 'key'));
    delete schema.patternProperties[source];
    // Which names are left for it nobody can tell.
    delete schema.additionalProperties;
    delete schema.unevaluatedProperties;
  }
  return slips;
}

function told(source: string, why: string, path: string[], of: 'key' | 'value'): Slip {
  return {
    code: 'CONTRACT_PATTERN',
    kind: 'pattern',
    path,
    of,
    name: JSON.stringify(source),
    message: `the pattern ${JSON.stringify(source)} at ${path.join('.')} cannot be run in linear time and is left unchecked: ${why}`,
    hint: 'write it without lookaheads, backreferences and counts above 1000',
  };
}

function unfit(source: string): string | undefined {
  if (known.has(source)) return known.get(source);
  if (known.size >= MAX_KNOWN) known.clear();
  const why = reasonAgainst(source);
  known.set(source, why);
  return why;
}

function reasonAgainst(source: string): string | undefined {
  try {
    compilePattern(source);
    return undefined;
  } catch (error) {
    return (error as Error).message.replace(/^error parsing regexp: /, '');
  }
}
