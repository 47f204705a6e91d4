import { findPhrase, indexPhrases, type Phrase, type Translation } from './phrase-index.js';
import { type Hole, readSaying, type Saying } from './template.js';

/** English phrases, each with its translation; `{0} poll(s)` is the phrase of one and of many. */
export type Entries = Readonly<Record<string, Translation>>;

export interface Phrasebook {
  /** `uk` */
  lang: string;
  /** A finished English text in the other language; as it is where no phrase fits. */
  translate(text: string): string;
  /** The translation of a phrase, its holes filled; undefined: there is no such phrase. */
  fill(phrase: string, holes: readonly string[]): string | undefined;
}

/** Longer texts are no phrases of ours. */
const LONGEST = 20_000;
/** A hole in a hole in a hole: no phrase of ours is deeper. */
const DEEPEST = 6;
/** Texts that are remembered, and how long they may be. */
const KEPT = { texts: 2000, length: 300 };

/**
 * A phrasebook of finished entries. It reads no file, so that it works in a browser as well; a text costs it a few
 * microseconds, whatever stands in it.
 * @param lang as BCP 47 has it; its rules choose the plural forms
 */
export function makePhrasebook(entries: Entries, lang: string): Phrasebook {
  const index = indexPhrases(entries);
  const plural = new Intl.PluralRules(lang);
  const kept = new Map<string, string>();

  const find = (text: string, depth: number): string | undefined => {
    const found = findPhrase(index, text);
    return found && write(found.phrase, found.holes, depth);
  };

  /** Phrases in a row. */
  const byParts = (text: string, depth: number): string => {
    for (const joint of JOINTS.filter((each) => text.includes(each))) {
      const parts = splitBy(joint, text);
      const said = parts.map((part) => (/\s/.test(part) ? translate(part, depth + 1) : part));
      if (said.some((part, i) => part !== parts[i])) return said.join(joint);
    }
    const [place = ''] = PLACE.exec(text) ?? [];
    return place === '' ? text : place + translate(text.slice(place.length), depth + 1);
  };

  const translate = (text: string, depth: number): string => {
    if (text.length > LONGEST || depth > DEEPEST) return text;
    const known = kept.get(text);
    if (known !== undefined) return known;
    const inner = text.trim();
    const at = text.indexOf(inner);
    const around = (found: string) =>
      `${text.slice(0, at)}${found}${text.slice(at + inner.length)}`;
    const said =
      inner === ''
        ? text
        : (find(text, depth) ?? around(find(inner, depth) ?? byParts(inner, depth)));
    if (text.length <= KEPT.length) {
      if (kept.size >= KEPT.texts) kept.clear();
      kept.set(text, said);
    }
    return said;
  };

  const write = (phrase: Phrase, holes: readonly string[], depth: number): string =>
    sayingOf(phrase, holes, plural)
      .map((part) => {
        if (typeof part === 'string') return part;
        if (part.forms) return part.forms[formOf(holes[part.hole], plural)] ?? '';
        const quoted = isQuoted(phrase.literals, part.hole);
        return fillHole(part, holes[part.hole] ?? '', quoted, (text) => translate(text, depth + 1));
      })
      .join('');

  return {
    lang,
    translate: (text) => translate(text, 0),
    fill: (key, holes) => {
      const phrase = index.byKey.get(key);
      return phrase && write(phrase, holes, 0);
    },
  };
}

/** The translation, in the form that goes with its number. */
function sayingOf(
  { translation, numbers }: Phrase,
  holes: readonly string[],
  plural: Intl.PluralRules,
): Saying {
  if (typeof translation === 'string') return readSaying(translation);
  const { by = numbers[0]?.hole ?? 0, one, few, many } = translation;
  return readSaying([one, few, many][formOf(holes[by], plural)] as string);
}

/** Which of the forms for one, few and many goes with a number; a fraction goes with few. */
function formOf(text: string | undefined, plural: Intl.PluralRules): 0 | 1 | 2 {
  const category = plural.select(Number.parseFloat(text ?? '') || 0);
  if (category === 'one') return 0;
  return category === 'many' ? 2 : 1;
}

/** In the English text it stands between quotes or backticks: a name, and no phrase. */
function isQuoted(literals: readonly string[], hole: number): boolean {
  return /["`]$/.test(literals[hole] ?? '') && /^["`]/.test(literals[hole + 1] ?? '');
}

function fillHole(
  { way }: Hole,
  text: string,
  quoted: boolean,
  translate: (text: string) => string,
): string {
  if (way === '-') return '';
  if (way === '=' || (quoted && way === '')) return text;
  if (way === '#') return asNumber(text);
  if (way === 'n') return /^\d+/.exec(text)?.[0] ?? text;
  if (way === 'list') return text.split(LIST).map(translate).join('');
  // A single word may be a name of the API or of a file: only a translation that asks for it has it translated.
  return way === 't' || /\s/.test(text) ? translate(text) : text;
}

/** `2,4` and `1 234`: as Ukrainian and most other languages write them. */
function asNumber(text: string): string {
  return /^\d{1,3}(,\d{3})+$/.test(text) ? text.replaceAll(',', '\u00a0') : text.replace('.', ',');
}

/** What is told of a thing may have a colon of its own: it is split at the first alone. */
function splitBy(joint: string, text: string): string[] {
  if (joint !== COLON) return text.split(joint);
  const at = text.indexOf(COLON);
  return [text.slice(0, at), text.slice(at + COLON.length)];
}

const COLON = ': ';
/** What stands between phrases that are no list. */
const JOINTS = ['; ', COLON, ', '];
/** What is said of a place begins with it: `$.data.id must be a number`, `Authorization send …`. */
const PLACE = /^(?:\$\S*|Authorization|\w+(?:-\w+)+|\S*[.[]\S*) (?=[a-z])/;
/** What stands between the members of a list: phrases themselves. */
const LIST = /(, | and | or )/;
