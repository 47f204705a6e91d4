import { literal } from '../contract/literal.js';

/** What gives a person or a credential away wherever it stands, most telling first. */
const PATTERNS = {
  uuid: '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}',
  hex: '(?<![\\w-])[0-9a-fA-F]{24,128}(?![\\w-])',
  email: "[\\w.%+'-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,5}",
  jwt: '(?<![\\w-])eyJ[\\w-]{5,}(?:\\.[\\w-]*){1,4}',
  base64: '[A-Za-z0-9+/]{64,}={0,2}',
  token: '(?<![\\w+=-])[\\w+=-]{24,}(?![\\w+=-])',
  title: '(?<![\\w-])(?=[A-Z-]*\\d)[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}(?![\\w-])',
  passport: '(?<!\\p{L})\\p{Lu}{2} ?№? ?\\d{6}(?!\\d)',
  phone:
    '\\+\\d[\\d ()-]{7,18}\\d|(?<![\\w.])\\(?0\\d{2}\\)?[ -]?\\d{3}[ -]?\\d{2}[ -]?\\d{2}(?!\\w)',
  digits: '(?<![\\w.])\\d{8}-\\d{5}(?!\\w)|(?<![\\w.])\\d{8,}(?!\\w)',
};

export type Pattern = keyof typeof PATTERNS;

const NAMES = Object.keys(PATTERNS) as Pattern[];

/** @param known values that are to be found besides the patterns */
export function makeFinder(known: readonly string[]): RegExp {
  const groups = NAMES.map((name) => `(?<${name}>${PATTERNS[name]})`);
  if (known.length === 0) return new RegExp(groups.join('|'), 'giu');
  const values = [...known].sort((a, b) => b.length - a.length).map(literal);
  const whole = `(?<![\\p{L}\\p{N}])(?:${values.join('|')})(?![\\p{L}\\p{N}])`;
  return new RegExp(`(?<known>${whole})|${groups.join('|')}`, 'giu');
}

/** Which pattern a match of the finder is of. */
export function patternOf(groups: Record<string, string | undefined>): Pattern | 'known' {
  const found = Object.keys(groups).find((name) => groups[name] !== undefined);
  return (found ?? 'token') as Pattern | 'known';
}

/** Random characters hold all three; words, constants and paths do not. */
export function looksRandom(text: string): boolean {
  return /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text);
}

/** A whole text that is base64, in one line or in several; paths are made of the same letters. */
export function isBase64(text: string): boolean {
  const bare = text.replace(/[\r\n]/g, '');
  if (bare.length < 24 || !/^[\w+/-]+={0,2}$/.test(bare) || !looksRandom(bare)) return false;
  const path = bare.startsWith('/') && bare.length < 200 && !/[+=]/.test(bare);
  return !path && !new RegExp(PATTERNS.uuid).test(bare);
}
