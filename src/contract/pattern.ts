import { RE2JS } from 're2js';
import { isCollection, isNode } from 'yaml';
import type { Problem } from '../problem.js';
import { readYaml } from '../yaml.js';
import { isObject, type Json } from './json.js';

/** A regular expression of a contract. */
interface Pattern {
  test(text: string): boolean;
}

/**
 * Compiles a contract's `pattern` for RE2's engine: its time grows with the text's length alone, where
 * the one of JavaScript may need years for a line of text (CWE-1333).
 * @throws Error for what only backtracking could run: lookaheads, backreferences
 */
export function compilePattern(source: string): Pattern {
  return RE2JS.compile(RE2JS.translateRegExp(source), RE2JS.LOOKBEHINDS);
}

/** What Ajv takes in the place of `new RegExp`. */
export const LINEAR = Object.assign(compilePattern, { code: 'compilePattern' });

/** Keys whose values are data, not schemas. */
const DATA = ['example', 'examples', 'enum', 'const', 'default'];
/** Keys whose value names its entries freely. */
const NAMES = ['properties', 'patternProperties', '$defs', 'definitions', 'schemas', 'responses'];

/** Every pattern of a document that cannot be run, with the place where it stands. */
export function patternProblems(file: string, text: string, document: Json): Problem[] {
  return unusable(document, []).map(({ at, source, why }) => {
    const message = `the pattern ${JSON.stringify(source)} at ${at.join('.')} cannot be run in linear time: ${why}`;
    const hint = 'write it without lookaheads, backreferences and counts above 1000';
    return { code: 'CONTRACT_PATTERN' as const, file, ...placeOf(file, text, at), message, hint };
  });
}

interface Unusable {
  at: string[];
  source: string;
  why: string;
}

function unusable(value: unknown, at: string[], named = false): Unusable[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, i) => unusable(item, [...at, String(i)]));
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = [...at, key];
    if (!named && DATA.includes(key)) return [];
    if (!named && key === 'pattern' && typeof inner === 'string') return problemOf(inner, here);
    const keys = at.at(-1) === 'patternProperties' && named ? problemOf(key, here) : [];
    return [...keys, ...unusable(inner, here, !named && NAMES.includes(key))];
  });
}

function problemOf(source: string, at: string[]): Unusable[] {
  try {
    compilePattern(source);
    return [];
  } catch (error) {
    return [{ at, source, why: (error as Error).message.replace(/^error parsing regexp: /, '') }];
  }
}

/** Line and column; the whole file when the pattern has come from another one. */
function placeOf(file: string, text: string, at: readonly string[]) {
  const { root, at: place } = readYaml(file, text, Number.POSITIVE_INFINITY);
  const node = isCollection(root) ? root.getIn(at, true) : undefined;
  return isNode(node) ? place(node) : { line: 0, column: 0 };
}
