import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { harvest, harvestBoard, unheard } from '../../scripts/phrases.mjs';
import { readEntries } from '../../scripts/texts.mjs';
import type { Entries } from '../../src/texts/phrasebook.js';

/** What the code says outside of the page; texts of scenarios, suites and rules have a test of their own. */
const OWN = [
  'audit.json',
  'cli.json',
  'compositions.json',
  'findings.json',
  'lint.json',
  'notes.json',
  'report.json',
  'server.json',
  'store.json',
  'written.json',
];

const said = harvest();
/** The page has files of its own, and says what reports say as well. */
const everywhere = new Set([...said.keys(), ...harvestBoard().keys()]);
const entries = readEntries('uk');
const isOfPage = (place: string) => /^src\/(board|view)\//.test(place);

describe('what the code says', () => {
  it('has its Ukrainian: node scripts/phrases.mjs lists what is missing', () => {
    const missing = [...said].filter(
      ([phrase, place]) => !isOfPage(place) && !Object.hasOwn(entries, phrase),
    );
    expect(missing.map(([phrase, place]) => `${place}: ${phrase}`)).toEqual([]);
  });

  it('stands in rooms that scripts/phrases/places.mjs names, as read by people or as not', () => {
    expect(unheard()).toEqual([]);
  });

  it.each(OWN)('is all that %s has', (name) => {
    const file = JSON.parse(readFileSync(`src/texts/uk/${name}`, 'utf8')) as Entries;
    expect(Object.keys(file).filter((phrase) => !everywhere.has(phrase))).toEqual([]);
  });

  it('says the same of a phrase wherever it stands', () => {
    const names = readdirSync('src/texts/uk').filter((name) => name.endsWith('.json'));
    const files = names.map(
      (name) => JSON.parse(readFileSync(`src/texts/uk/${name}`, 'utf8')) as Entries,
    );
    const differing = files.flatMap((file) =>
      Object.entries(file).filter(
        ([phrase, text]) => JSON.stringify(entries[phrase]) !== JSON.stringify(text),
      ),
    );
    expect(differing).toEqual([]);
  });

  it('keeps every hole, and asks for none that a phrase does not have', () => {
    const wrong = Object.entries(entries).filter(([phrase, translation]) => {
      const forms = typeof translation === 'string' ? [translation] : pluralForms(translation);
      return forms.some((text) => holes(text).join() !== holes(phrase).join());
    });
    expect(wrong).toEqual([]);
  });
});

function pluralForms({ one, few, many }: Exclude<Entries[string], string>): string[] {
  return [one, few, many];
}

/** The numbers of the holes, each once. */
function holes(text: string): string[] {
  const found = [...text.matchAll(/\{(\d+)(?:[:|][^{}]*)?\}/g)].map(([, number]) => number ?? '');
  return [...new Set(found)].sort();
}
