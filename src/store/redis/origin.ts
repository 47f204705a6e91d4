import { randomBytes } from 'node:crypto';

/**
 * Marks the first fact of each append with who appends, so that an append whose answer was lost is known again when it is
 * sent once more. JSON has no line breaks outside of its escapes.
 */
export class Origins {
  readonly writer = randomBytes(6).toString('base64url');
  #count = 0;

  /** Of an append that has none yet. */
  next(): string {
    this.#count += 1;
    return `${this.writer}${this.#count.toString(36)}`;
  }
}

/** Facts as they are kept. */
export function marked(origin: string, facts: readonly string[]): string[] {
  return facts.map((fact, i) => (i === 0 ? `${origin}\n${fact}` : `\n${fact}`));
}

export function factOf(kept: string): string {
  return kept.slice(kept.indexOf('\n') + 1);
}

export function originOf(kept: string): string {
  return kept.slice(0, kept.indexOf('\n'));
}
