import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** English text, or a phrase with its holes → the text in the reader's language. */
export type Say = (text: string | TemplateStringsArray, ...holes: (string | number)[]) => string;

/** As the code writes it. */
export const inEnglish: Say = (text, ...holes) =>
  typeof text === 'string' ? text : String.raw({ raw: text }, ...holes);

/** The language of whoever shows the components: that of the page, or of a report. */
export const SpokenLanguage = createContext<Say>(inEnglish);

/** `const t = useText()`, then `t('polls')` or t`${n} of ${m} jobs are shown`. */
export function useText(): Say {
  return useContext(SpokenLanguage);
}
