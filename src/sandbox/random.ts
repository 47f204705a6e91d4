import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A stream of random numbers: the same seed gives the same numbers. */
export type RandomStream = ReturnType<typeof xoroshiro128plus>;

/** The beginning of a stream, named by a text. */
export function beginStream(seed: string): RandomStream {
  return xoroshiro128plus(hash(seed));
}

/** FNV-1a, 32 bits: spreads names over seeds. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  return value >>> 0;
}
