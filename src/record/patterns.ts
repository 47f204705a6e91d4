import type { Place } from './known.js';

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

/** Finds whatever gives itself away. */
export function makeFinder(): RegExp {
  return new RegExp(NAMES.map((name) => `(?<${name}>${PATTERNS[name]})`).join('|'), 'giu');
}

const FINDER = makeFinder();

/**
 * Replaces what is known and whatever gives itself away: of two that overlap what begins first, and what is known before
 * the rest.
 * @param known places in their order
 */
export function replaceFound(
  text: string,
  known: readonly Place[],
  replace: (found: string, pattern: Pattern | 'known') => string,
): string {
  const replaced: string[] = [];
  let at = 0;
  let next = 0;
  let match: RegExpExecArray | null = find(text, at);
  while (true) {
    while ((known[next]?.from ?? at) < at) next += 1;
    if (match && match.index < at) match = find(text, at);
    const place = known[next];
    if (!place && !match) return replaced.join('') + text.slice(at);
    const isKnown = place && !(match && match.index < place.from);
    const from = isKnown ? place.from : (match as RegExpExecArray).index;
    const to = isKnown ? place.to : from + (match as RegExpExecArray)[0].length;
    const pattern = isKnown ? 'known' : patternOf(match?.groups ?? {});
    replaced.push(text.slice(at, from), replace(text.slice(from, to), pattern));
    at = to;
  }
}

function find(text: string, from: number): RegExpExecArray | null {
  FINDER.lastIndex = from;
  return FINDER.exec(text);
}

/** Which pattern a match of the finder is of. */
export function patternOf(groups: Record<string, string | undefined>): Pattern {
  const found = Object.keys(groups).find((name) => groups[name] !== undefined);
  return (found ?? 'token') as Pattern;
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
