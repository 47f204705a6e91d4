/**
 * A pattern for what is nearly one of some words: one letter too many, too few or another one. A schema that does
 * not know whose words a file is in can mark those at least. Case counts: `done` is a word of other APIs.
 */
export function slipsOf(words: readonly string[]): string {
  const slips = words.flatMap((word) =>
    [...word, ''].flatMap((_, i) => {
      const [before, after] = [word.slice(0, i), word.slice(i)];
      const more = `${before}.${after}`;
      return after === '' ? [more] : [more, `${before}.?${after.slice(1)}`];
    }),
  );
  const exactly = words.length === 0 ? '' : `(?!(?:${words.join('|')})$)`;
  return `^${exactly}(?:${slips.join('|')})$`;
}
