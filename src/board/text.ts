import { signal } from '@preact/signals';

export const LANGUAGES = { uk: 'Українська', en: 'English' } as const;
export type Language = keyof typeof LANGUAGES;

/** English text → the text in the page's language. */
type Translate = (text: string) => string;

const asItIs: Translate = (text) => text;

export const language = signal<Language>('en');
const translate = signal<Translate>(asItIs);

/**
 * A text in the page's language. English is the key: `t('Sessions')`, t`${n} of ${m} jobs are shown`; texts of the
 * control API (titles, causes, errors) are translated by the same phrasebook.
 */
export function t(text: string | TemplateStringsArray, ...values: unknown[]): string {
  return translate.value(typeof text === 'string' ? text : String.raw({ raw: text }, ...values));
}

/** By the address (`?lang=uk`), by what was chosen before, by the browser. */
export async function beginLanguage(): Promise<void> {
  const asked = new URLSearchParams(location.search).get('lang') ?? remembered();
  await setLanguage(asked !== undefined && isLanguage(asked) ? asked : ofBrowser());
}

async function setLanguage(chosen: Language): Promise<void> {
  translate.value = chosen === 'en' ? asItIs : await loadPhrasebook(chosen);
  language.value = chosen;
  document.documentElement.lang = chosen;
}

/** Chosen by hand: remembered for the next time. */
export function chooseLanguage(chosen: Language): Promise<void> {
  try {
    localStorage.setItem('esoz-sandbox.language', chosen);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
  return setLanguage(chosen);
}

const PHRASES = { uk: () => import('./phrases-uk.js') };

async function loadPhrasebook(chosen: keyof typeof PHRASES): Promise<Translate> {
  const { default: phrases } = await PHRASES[chosen]();
  return (text) => phrases[text] ?? text;
}

function remembered(): string | undefined {
  try {
    return localStorage.getItem('esoz-sandbox.language') ?? undefined;
  } catch {
    return undefined;
  }
}

function ofBrowser(): Language {
  return navigator.languages.some((each) => each.toLowerCase().startsWith('uk')) ? 'uk' : 'en';
}

function isLanguage(text: string): text is Language {
  return Object.hasOwn(LANGUAGES, text);
}
