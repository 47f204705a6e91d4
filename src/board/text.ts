import { signal } from '@preact/signals';
import { makePhrasebook, type Phrasebook } from '../texts/phrasebook.js';
import { speak, t as tell } from '../texts/spoken.js';
import { recall, remember } from './remember.js';

/** Names of the parts that the build makes of the phrasebooks. */
declare const PHRASES: { uk: string };

export const LANGUAGES = { uk: 'Українська', en: 'English' } as const;
export type Language = keyof typeof LANGUAGES;

export const language = signal<Language>('en');

/**
 * A text in the page's language. English is the key: `t('Sessions')`, t`${n} of ${m} jobs are shown`; texts of the
 * control API (titles, causes, errors) are translated by the same phrasebook.
 */
export function t(text: string | TemplateStringsArray, ...holes: (string | number)[]): string {
  // Whoever says something is shown anew when the language changes.
  void language.value;
  return typeof text === 'string' ? tell(text) : tell(text, ...holes);
}

/** By the address (`?lang=uk`), by what was chosen before, by the browser. */
export async function beginLanguage(): Promise<void> {
  const asked = new URLSearchParams(location.search).get('lang') ?? recall('language');
  await setLanguage(asked !== undefined && isLanguage(asked) ? asked : ofBrowser());
}

/** Chosen by hand: remembered for the next time. */
export function chooseLanguage(chosen: Language): Promise<void> {
  remember('language', chosen);
  return setLanguage(chosen);
}

async function setLanguage(chosen: Language): Promise<void> {
  speak(chosen === 'en' ? undefined : await readPhrasebook(PHRASES[chosen], chosen));
  language.value = chosen;
  document.documentElement.lang = chosen;
}

/** English is what the page is written in; a phrasebook is loaded for another language alone. @param part its name */
export async function readPhrasebook(part: string, chosen: Language): Promise<Phrasebook> {
  const answer = await fetch(`board/${part}`);
  return makePhrasebook(await answer.json(), chosen);
}

function ofBrowser(): Language {
  return navigator.languages.some((each) => each.toLowerCase().startsWith('uk')) ? 'uk' : 'en';
}

function isLanguage(text: string): text is Language {
  return Object.hasOwn(LANGUAGES, text);
}
