import type { Scenario } from '../scenario/scenario.js';
import { type Ingredient, type IngredientKind, KINDS, type Kit } from './ingredient.js';
import type { Outcome } from './play.js';

/** Ingredients of one kind that no client has met. */
export interface Untried {
  kind: IngredientKind;
  names: readonly string[];
}

/** What of an API the client has been put to. */
export class Tried {
  readonly #met = new Set<Ingredient>();
  readonly #etas = new Set<number>();

  constructor(private readonly kit: Kit) {}

  /** A run has come so far in a life. @param parts what its steps are made of */
  note(
    parts: readonly Ingredient[],
    { life, refuse }: Pick<Scenario, 'life' | 'refuse'>,
    { met }: Pick<Outcome, 'met'>,
  ): void {
    for (const index of met) {
      const part = parts[refuse ? 0 : index];
      if (part) this.#met.add(part);
      const told = life[index]?.eta?.after;
      if (told !== undefined) this.#etas.add(told);
    }
  }

  /** The longest wait that an answer has asked for. */
  get longestEta(): number {
    return Math.max(0, ...this.#etas);
  }

  /** What no life that was played had, or no client came to. */
  untried(): Untried[] {
    const { pieces, ends, refusals } = this.kit;
    const left = [...pieces, ...ends, ...refusals].filter((each) => !this.#met.has(each));
    return KINDS.map((kind) => ({
      kind,
      names: left.filter((each) => each.kind === kind).map(({ name }) => name),
    })).filter(({ names }) => names.length > 0);
  }

  /** How many there are, and how many of them were met. */
  get counts(): { met: number; all: number } {
    const { pieces, ends, refusals } = this.kit;
    return { met: this.#met.size, all: pieces.length + ends.length + refusals.length };
  }
}
