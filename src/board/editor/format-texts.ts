import type { Phrasebook } from '../../texts/phrasebook.js';
import { type Language, language, readPhrasebook, t } from '../text.js';

/** Names of the parts with the texts of the formats, which come with the editor alone. */
declare const EDITOR_PHRASES: { uk: string };

const books = new Map<Language, Phrasebook>();

/** Reads what the editor says of keys and values in the page's language; without it they are told in English. */
export async function loadFormatTexts(): Promise<void> {
  const chosen = language.value;
  if (chosen === 'en' || books.has(chosen)) return;
  books.set(chosen, await readPhrasebook(EDITOR_PHRASES[chosen], chosen));
}

/** What a key or a value means, as the formats declare it: a sentence or more, and examples below. */
export function sayAbout(about: string): string {
  return about.split('\n\n').map(sayParagraph).join('\n\n');
}

/** Titles of rules and faults are in the page's own phrasebook. */
function sayParagraph(text: string): string {
  if (text.startsWith('Example:')) return text.replaceAll(EXAMPLE, `${t('Example')}:`);
  const said = books.get(language.value)?.translate(text) ?? text;
  return said === text ? t(text) : said;
}

const EXAMPLE = /^Example:/gm;
