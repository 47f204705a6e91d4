import { readFileSync } from 'node:fs';
import { asset } from '../assets.js';
import type { Language } from './languages.js';
import { type Entries, makePhrasebook, type Phrasebook } from './phrasebook.js';

const read = new Map<Language, Phrasebook>();

/** The phrasebook of a language, as the build has put it together; English, which the code writes, needs none. */
export function readPhrasebook(language: Language): Phrasebook | undefined {
  if (language === 'en') return undefined;
  let book = read.get(language);
  if (!book) {
    const file = asset('dist', 'texts', `${language}.json`);
    book = makePhrasebook(JSON.parse(readFileSync(file, 'utf8')) as Entries, language);
    read.set(language, book);
  }
  return book;
}
