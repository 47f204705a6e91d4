import { type Hole, holesOf, readLiterals, readSaying } from './template.js';

/** By the number of a hole, the first that is one unless `by` names another (CLDR plural categories). */
interface PluralForms {
  by?: number;
  one: string;
  few: string;
  many: string;
}

/** A translation: one text, or one for each form that a number asks for. */
export type Translation = string | PluralForms;

/** One phrase, with what is needed to find it in a text. */
export interface Phrase {
  literals: readonly string[];
  /** How many characters of it are not holes. */
  weight: number;
  translation: Translation;
  /** Holes of the translation that are numbers. */
  numbers: readonly Hole[];
  /** Between two holes or more it has a word of its own or common ones alone: many a sentence has these by chance. */
  isWeak: boolean;
}

export interface PhraseIndex {
  /** By its English, holes as `{0}`. */
  byKey: ReadonlyMap<string, Phrase>;
  /** Phrases with holes at one of their words, which every text of the phrase has; the longest first. */
  byWord: ReadonlyMap<string, readonly Phrase[]>;
}

/** Letters and digits in a row. */
const WORD = /[A-Za-z0-9]+/g;

export function indexPhrases(entries: Readonly<Record<string, Translation>>): PhraseIndex {
  const byKey = new Map<string, Phrase>();
  for (const [key, translation] of Object.entries(entries)) {
    for (const spelling of spellings(key)) byKey.set(spelling, readPhrase(spelling, translation));
  }
  const withHoles = [...byKey.values()].filter(({ literals }) => literals.length > 1);
  const words = withHoles.map(({ literals }) => ownWords(literals));
  const often = new Map<string, number>();
  for (const word of words.flat()) often.set(word, (often.get(word) ?? 0) + 1);
  const byWord = new Map<string, Phrase[]>();
  withHoles.forEach((phrase, i) => {
    if (phrase.numbers.length === 0 && words[i]?.every((word) => JOINTS.has(word))) return;
    const [rarest] = (words[i] ?? []).toSorted((a, b) => (often.get(a) ?? 0) - (often.get(b) ?? 0));
    if (rarest === undefined) return;
    const beside = byWord.get(rarest);
    if (beside) beside.push(phrase);
    else byWord.set(rarest, [phrase]);
  });
  for (const beside of byWord.values()) beside.sort((a, b) => b.weight - a.weight);
  return { byKey, byWord };
}

/** The phrase with the most characters of its own that a text is of, and what stands in its holes. */
export function findPhrase(
  { byKey, byWord }: PhraseIndex,
  text: string,
): { phrase: Phrase; holes: readonly string[] } | undefined {
  const whole = byKey.get(text);
  if (whole?.literals.length === 1) return { phrase: whole, holes: [] };
  let best: { phrase: Phrase; holes: string[] } | undefined;
  for (const word of new Set(text.match(WORD))) {
    for (const phrase of byWord.get(word) ?? []) {
      if (best && phrase.weight <= best.phrase.weight) break;
      const holes = holesIn(phrase, text);
      if (holes) best = { phrase, holes };
    }
  }
  return best;
}

/** `{0} poll(s)`: `{0} poll` and `{0} polls`. */
function spellings(key: string): string[] {
  if (!key.endsWith('(s)')) return [key];
  const one = key.slice(0, -'(s)'.length);
  return [one, `${one}s`];
}

function readPhrase(spelling: string, translation: Translation): Phrase {
  const literals = readLiterals(spelling);
  const text = typeof translation === 'string' ? translation : translation.many;
  const numbers = readSaying(text).filter(
    (part): part is Hole => typeof part !== 'string' && part.way in NUMBERS,
  );
  const own = literals.join(' ').match(WORD) ?? [];
  const isCommon = own.length <= 1 || own.every((word) => COMMON.has(word.toLowerCase()));
  const isBare = /^[A-Za-z :]*$/.test(literals.join(''));
  const isWeak = literals.length > 2 && isCommon && isBare && numbers.length === 0;
  return { literals, weight: literals.join('').length, translation, numbers, isWeak };
}

/** The words that every text of a phrase has: none that touches a hole. */
function ownWords(literals: readonly string[]): string[] {
  return literals.flatMap((literal, i) =>
    [...literal.matchAll(WORD)]
      .filter(({ index, 0: word }) => {
        const touchesBefore = i > 0 && index === 0;
        const touchesAfter = i < literals.length - 1 && index + word.length === literal.length;
        return !touchesBefore && !touchesAfter;
      })
      .map(([word]) => word),
  );
}

/** Words of which alone no text is known to be a phrase of ours. */
const JOINTS = new Set(['of', 'and', 'or', 'in', 'at', 'by', 'to', 'for', 'with']);

/** Words that sentences of every API have. */
const COMMON = new Set([
  'is',
  'are',
  'was',
  'not',
  'no',
  'has',
  'the',
  'in',
  'of',
  'at',
  'for',
  'found',
  'allowed',
]);
/** Words in a row: more than a name, so a phrase that has but common words of its own says nothing of it. */
const SENTENCE = /[a-z]+[,;:]? [a-z]+[,;:]? [a-z]+|\b(?:the|an?)(?: [a-z]|$)/i;

/** The holes of a text, if it is of the phrase and numbers are where the translation wants them. */
function holesIn({ literals, numbers, isWeak }: Phrase, text: string): string[] | undefined {
  for (const from of ['front', 'end'] as const) {
    const holes = holesOf(literals, text, from);
    if (holes === undefined) return undefined;
    if (isWeak && holes.some((hole) => SENTENCE.test(hole))) continue;
    if (numbers.every(({ hole, way }) => NUMBERS[way]?.test(holes[hole] ?? ''))) return holes;
  }
  return undefined;
}

/** What a hole has to be where a number is asked for: `#` a number alone, else what begins with one. */
const NUMBERS: Readonly<Record<string, RegExp>> = {
  '#': /^[+−-]?\d+(?:[.,]\d+)*$/,
  n: /^\d+\b/,
  '|': /^\d+\b/,
};
