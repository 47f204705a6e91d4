/** The languages that people are spoken to in; programs get English. */
export const LANGUAGES = ['en', 'uk'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What people's systems say of their language, the first that is set counts (POSIX.1-2017, 8.2). */
const VARIABLES = ['LC_ALL', 'LC_MESSAGES', 'LANG'] as const;

/**
 * The language of a person by the environment: `uk_UA.UTF-8` is Ukrainian, whatever else is English.
 * @param system what the system says where no variable does, as Windows does: `uk-UA`
 */
export function languageOf(
  env: Readonly<Record<string, string | undefined>>,
  system?: () => string,
): Language {
  const name = VARIABLES.find((variable) => env[variable]);
  const locale = name === undefined ? system?.() : env[name];
  return asLanguage(locale) ?? 'en';
}

/** `uk` of `uk_UA.UTF-8`; undefined: none that is spoken here. */
export function asLanguage(locale: string | undefined): Language | undefined {
  const [tag = ''] = (locale ?? '').toLowerCase().split(/[_.@-]/, 1);
  return LANGUAGES.find((language) => language === tag);
}
