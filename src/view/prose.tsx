/** Parts of a text by turns: words, and what stood between two backticks, which is code. */
export function partsOf(text: string): string[] {
  return text.split(/`([^`\n]+)`/);
}

/** A text as its authors write it, with code between backticks; a backtick without another stays. */
export function Prose({ text }: { text: string }) {
  return <>{partsOf(text).map((part, i) => (i % 2 === 0 ? part : <code key={i}>{part}</code>))}</>;
}
