import type { Answer, Step } from '../scenario/scenario.js';

/** What a life that is drawn is made of, in the order in which people read of it. */
export const KINDS = ['state', 'answer', 'fault', 'end', 'refusal'] as const;
export type IngredientKind = (typeof KINDS)[number];

/**
 * What an ingredient means to its client: the job goes `on`; a `mishap` says nothing of the job; `gone`: it is not
 * found; `refused`: its client may not ask.
 */
export type Temper = 'on' | 'mishap' | 'gone' | 'refused';

/** One thing that may be drawn: a step before the end of a life, how it ends, or what answers in its place. */
export interface Ingredient {
  kind: IngredientKind;
  /** A state, or the derived scenario that teaches it: `exec --scenario` plays that alone. */
  name: string;
  temper: Temper;
  /** One step of a life, or all that end it; none where the request itself is refused. */
  steps: readonly Step[];
  refuse?: Answer;
  /** The refusal breaks the contract on purpose. */
  offContract?: true;
}

/** Everything that lives of one API are drawn from. */
export interface Kit {
  /** Steps before the end; the first is the plainest. */
  pieces: readonly [Ingredient, ...Ingredient[]];
  /** The first is the usual one. */
  ends: readonly [Ingredient, ...Ingredient[]];
  refusals: readonly Ingredient[];
  /** What this API cannot have, and why. */
  leftOut: readonly { name: string; why: string }[];
}
