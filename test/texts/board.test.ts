import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { harvest, harvestBoard } from '../../scripts/phrases.mjs';
import { readEntries } from '../../scripts/texts.mjs';

describe('what the page says', () => {
  const said = harvestBoard();

  it('has its Ukrainian in src/texts/uk/board.json', () => {
    const entries = readEntries('uk');
    const missing = [...said].filter(([phrase]) => !Object.hasOwn(entries, phrase));
    expect(missing.map(([phrase, place]) => `${place}: ${phrase}`)).toEqual([]);
  });

  it('is all that src/texts/uk/board.json has', () => {
    const own = JSON.parse(readFileSync('src/texts/uk/board.json', 'utf8'));
    const all = new Set([...said.keys(), ...harvest().keys()]);
    // Words of data, such as a state of what is told, stand in no phrase of the sources.
    const phrases = Object.keys(own).filter((phrase) => phrase.includes(' '));
    expect(phrases.filter((phrase) => !all.has(phrase))).toEqual([]);
  });
});
