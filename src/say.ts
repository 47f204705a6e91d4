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
