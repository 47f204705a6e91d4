import { describe, expect, it } from 'vitest';
import { languageOf } from '../../src/texts/languages.js';

describe('the language of a person', () => {
  it.each([
    [{ LANG: 'uk_UA.UTF-8' }, 'uk'],
    [{ LANG: 'uk' }, 'uk'],
    [{ LANG: 'C.UTF-8' }, 'en'],
    [{ LANG: 'de_DE.UTF-8' }, 'en'],
    [{}, 'en'],
    [{ LC_ALL: 'C', LANG: 'uk_UA.UTF-8' }, 'en'],
    [{ LC_ALL: '', LC_MESSAGES: 'uk_UA', LANG: 'en_US' }, 'uk'],
    [{ LANG: 'ukulele' }, 'en'],
  ] as const)('is, by %o, %s', (env, language) => {
    expect(languageOf(env)).toBe(language);
  });

  it('is that of the system where no variable says it', () => {
    expect(languageOf({}, () => 'uk-UA')).toBe('uk');
    expect(languageOf({ LANG: 'en_US' }, () => 'uk-UA')).toBe('en');
  });
});
