import type { OpenApiDocument } from './document.js';
import { isObject, type Json } from './json.js';
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
    if (breaches.some(({ at }) => stepsOf(at).length === 0)) return undefined;
    const wrong = breaches.filter(({ rule }) => rule !== 'required').map(({ at }) => stepsOf(at));
    // Backwards, so that items of a list keep their places until their turn comes.
    const right = wrong.sort(byPlace).reduceRight<unknown>(without, value);
    const optional = OPTIONAL[round % OPTIONAL.length];
    const own = Math.imul(seed + round + 1, APART) >>> 0;
    value = fillMissing(document, schema, right, own, optional);
  }
  return undefined;
}

/** `$.a[0]['b c']` → `['a', '0', 'b c']`; the notation of {@link Breach.at}. */
function stepsOf(path: string): string[] {
  const found = path.matchAll(
    /\.(?<name>[\p{L}_$][\p{L}\p{N}_$-]*)|\[(?<index>\d+)\]|\['(?<quoted>(?:[^'\\]|\\.)*)'\]/gu,
  );
  return [...found].map(({ groups = {} }) => {
    const { name, index, quoted } = groups;
    return name ?? index ?? (quoted ?? '').replaceAll("\\'", "'");
  });
}

function byPlace(a: readonly string[], b: readonly string[]): number {
  const i = a.findIndex((step, index) => step !== b[index]);
  if (i === -1) return a.length - b.length;
  const [left = '', right = ''] = [a[i], b[i]];
  return Number(left) - Number(right) || left.localeCompare(right);
}

function without(value: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return value;
  if (Array.isArray(value)) {
    const index = Number(step);
    if (rest.length === 0) return value.filter((_, i) => i !== index);
    return value.map((item, i) => (i === index ? without(item, rest) : item));
  }
  if (!isObject(value) || !Object.hasOwn(value, step)) return value;
  if (rest.length > 0) return { ...value, [step]: without(value[step], rest) };
  const { [step]: _, ...others } = value;
  return others;
}
