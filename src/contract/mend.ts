import { byPlace, stepsTo, without } from './breach-path.js';
import type { Breach } from './operation.js';

/** A place that is mended may show another one behind it. */
const ROUNDS = 8;

/**
 * A value of which what breaks its schema is left out, and what is then missing is added. Undefined when that does
 * not mend it.
 * @param breachesOf what a value breaks; places are JSON paths
 * @param again adds what is missing; the later the round, the less is left to examples
 */
export function mend(
  given: unknown,
  breachesOf: (value: unknown) => readonly Breach[],
  again: (value: unknown, round: number) => unknown,
): unknown {
  let value = given;
  for (let round = 0; round < ROUNDS; round += 1) {
    const breaches = breachesOf(value);
    if (breaches.length === 0) return value;
    const wrong = breaches.filter(({ rule }) => rule !== 'required').map(({ at }) => stepsTo(at));
    if (wrong.some((steps) => steps.length === 0)) return undefined;
    // Backwards, so that items of a list keep their places until their turn comes.
    value = again(wrong.sort(byPlace).reduceRight<unknown>(without, value), round);
  }
  return undefined;
}
