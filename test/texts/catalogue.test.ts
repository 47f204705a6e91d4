import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { type PackagePhrases, packagePhrases } from '../support/package-phrases.js';

type Phrasebook = Readonly<Record<string, string>>;

const BOOKS = ['scenarios', 'suites', 'rules', 'formats'] as const;
/** What the page loads with its editor lies beside the rest. */
const FILES = { formats: 'editor/formats' } as Partial<Record<(typeof BOOKS)[number], string>>;
let phrases: PackagePhrases;
let books: Record<(typeof BOOKS)[number], Phrasebook>;

beforeAll(async () => {
  phrases = await packagePhrases();
  const texts = await Promise.all(BOOKS.map(async (name) => [name, await read(name)]));
  books = Object.fromEntries(texts);
});

async function read(name: (typeof BOOKS)[number]): Promise<Phrasebook> {
  return JSON.parse(await readFile(`src/texts/uk/${FILES[name] ?? name}.json`, 'utf8'));
}

describe.each(BOOKS)('the Ukrainian of %s', (name) => {
  it('has every phrase of the package, and no other', () => {
    const spoken = [...phrases[name]].sort();
    const known = Object.keys(books[name]).sort();
    expect({
      lacking: spoken.filter((phrase) => books[name][phrase] === undefined),
      superfluous: known.filter((phrase) => !phrases[name].has(phrase)),
    }).toEqual({ lacking: [], superfluous: [] });
  });

  it('is sorted, so that two people add to it without meeting', () => {
    const keys = Object.keys(books[name]);
    expect(keys).toEqual([...keys].sort());
  });

  it('begins and ends as the English does: capital or not, full stop or not', () => {
    const differing = Object.entries(books[name]).filter(
      ([english, text]) =>
        english.endsWith('.') !== text.endsWith('.') || !beginsAlike(english, text),
    );
    expect(differing).toEqual([]);
  });

  it('keeps figures of HTTP, fields and states of the English as they are', () => {
    const differing = Object.entries(books[name]).filter(
      ([english, text]) => `${names(english)}` !== `${names(text)}`,
    );
    expect(differing).toEqual([]);
  });
});

describe('Ukrainian', () => {
  it('is written with its own letters, apostrophe and quotes', () => {
    const all = Object.values(books).flatMap((book) => Object.values(book));
    expect(all.filter((text) => /[ыъэё]|['"“]|[а-яіїєґ][a-z]|[a-z][а-яіїєґ]/iu.test(text))).toEqual(
      [],
    );
  });
});

/** A small letter stays small; a name or number in front says nothing. */
function beginsAlike(english: string, ukrainian: string): boolean {
  const [from] = english;
  const [to] = ukrainian;
  const cyrillic = /\p{Script=Cyrillic}/u.test(to as string);
  if (!cyrillic || !/[a-z]/i.test(from as string)) return true;
  return isSmall(from as string) === isSmall(to as string);
}

const isSmall = (letter: string) => letter === letter.toLowerCase();

/** What is spelled the same in both: `CODES`, statuses of HTTP, `a_field`, what stands between backticks. */
function names(text: string): string[] {
  const found = text.match(/[A-Z_]{4,}|\b[1-9]\d{2,3}\b|`[^`]+`|\b[a-z]+_[a-z_]+/g) ?? [];
  return [...new Set(found)].filter((name) => name !== 'ERLN').sort();
}
