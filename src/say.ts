/**
 * An English phrase for people, with its holes. It gives the plain English text; the mark is for the phrasebook
 * (`src/texts/`), whose test asks for the Ukrainian of every phrase that stands in a `say`.
 * @example say`${early} of ${told} came before the newest eta`
 */
export function say(texts: TemplateStringsArray, ...holes: readonly (string | number)[]): string {
  let text = texts[0] as string;
  holes.forEach((hole, i) => {
    text += `${hole}${texts[i + 1]}`;
  });
  return text;
}

/** What makes a text for people out of a finished English text, or of a phrase with its holes. */
export interface Say {
  (text: string): string;
  (texts: TemplateStringsArray, ...holes: (string | number)[]): string;
}

/** As the code writes it. */
export const inEnglish: Say = (
  text: string | TemplateStringsArray,
  ...holes: (string | number)[]
) => (typeof text === 'string' ? text : say(text, ...holes));
