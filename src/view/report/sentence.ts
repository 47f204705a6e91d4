/** Messages are written as parts of sentences. */
export function sentence(text: string): string {
  const begun = text.startsWith('expect.') ? text : text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`;
}
