import { describe, expect, it } from 'vitest';
import { readEntries } from '../../scripts/texts.mjs';
import { findPhrase, indexPhrases } from '../../src/texts/phrase-index.js';
import { makePhrasebook } from '../../src/texts/phrasebook.js';

const entries = readEntries('uk');
const index = indexPhrases(entries);
const book = makePhrasebook(entries, 'uk');
const phrases = [...index.byKey.keys()];
const withHoles = [...index.byKey].filter(([, { literals }]) => literals.length > 1);
const findable = new Set([...index.byWord.values()].flat());

/** A text of a phrase: names that no phrase has, numbers where the translation asks for some. */
function sample(phrase: string): string {
  const numbers = new Set(index.byKey.get(phrase)?.numbers.map(({ hole }) => hole));
  let next = 0;
  return phrase.replace(/\{\d+\}/g, () => {
    const at = next++;
    return numbers.has(at) ? `${at + 2}` : `Xq${'zvwjk'[at % 5]}`;
  });
}

describe('the Ukrainian phrasebook', () => {
  it('finds the phrase of every text again', () => {
    const lost = withHoles.flatMap(([phrase, own]) => {
      if (!findable.has(own)) return [];
      const found = findPhrase(index, sample(phrase))?.phrase;
      // Another may fit as well, if as much of the text is its own.
      return found && found.weight >= own.weight ? [] : [phrase];
    });
    expect(lost).toEqual([]);
  });

  it('tells of a text what stands in its holes, and leaves no hole', () => {
    const wrong = phrases.filter((phrase) => /\{\d+[:|}]/.test(book.translate(sample(phrase))));
    expect(wrong).toEqual([]);
  });

  it('says one, few and many of what is counted', () => {
    const counted = phrases.filter((phrase) => /^\{0\} [a-z]+s$/.test(phrase));
    const forms = counted.map((phrase) =>
      [1, 2, 5, 11, 21].map((n) => book.translate(phrase.replace('{0}', String(n)))),
    );
    expect(counted.length).toBeGreaterThan(10);
    for (const [i, said] of forms.entries()) {
      expect(
        said.every((text) => /\d/.test(text) && /[а-яіїєґ]/i.test(text)),
        counted[i],
      ).toBe(true);
    }
    expect(book.translate('2 polls')).toBe('2 опитування');
    expect(book.translate('21 exchanges')).toBe('21 обмін');
    expect(book.translate('11 exchanges')).toBe('11 обмінів');
  });

  it('takes microseconds for a text, not milliseconds: what is asked for is few', () => {
    const most = Math.max(...[...index.byWord.values()].map((beside) => beside.length));
    expect(most).toBeLessThan(60);
  });
});
