import { byPlace, stepsTo, without } from './breach-path.js';
import type { OpenApiDocument } from './document.js';
import type { Json } from './json.js';
import type { Breach } from './operation.js';
import { fillMissing } from './sample.js';

/** A place that is mended may show another one behind it; wide values tell their breaches one by one. */
const ROUNDS = 24;
/** Of a choice of forms a short one fits several, and a long one may fit none: each is tried in its turn. */
const OPTIONAL = [0, 1, 0.5];
/** Knuth's multiplier: seeds that follow each other lead generators to choices that do. */
const APART = 0x9e3779b1;

/**
 * An example as its schema wants it: what breaks the schema is left out, and what is then missing is made up.
 * Undefined when that does not mend it.
 * @param breachesOf what a value breaks; places are JSON paths
 */
export function repair(
  document: OpenApiDocument,
  schema: Json,
  example: unknown,
  breachesOf: (value: unknown) => readonly Breach[],
  seed: number,
): unknown {
  let value = example;
  for (let round = 0; round < ROUNDS; round += 1) {
    const breaches = breachesOf(value);
    if (breaches.length === 0) return value;
    if (breaches.some(({ at }) => stepsTo(at).length === 0)) return undefined;
    const wrong = breaches.filter(({ rule }) => rule !== 'required').map(({ at }) => stepsTo(at));
    // Backwards, so that items of a list keep their places until their turn comes.
    const right = wrong.sort(byPlace).reduceRight<unknown>(without, value);
    const optional = OPTIONAL[round % OPTIONAL.length];
    const own = Math.imul(seed + round + 1, APART) >>> 0;
    value = fillMissing(document, schema, right, own, optional);
  }
  return undefined;
}
