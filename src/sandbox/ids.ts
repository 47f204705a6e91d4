import { randomUUID } from 'node:crypto';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A source of ids and of seeds for generated data. */
export interface Ids {
  /** A version 4 UUID (RFC 9562 §5.4). */
  uuid(): string;
  /** A whole number from 0 to 2³¹−1. */
  number(): number;
}

/** Without a seed: what the system's random source gives. With one: the same sequence each time. */
export function makeIds(seed: number | undefined, stream: string): Ids {
  const random = xoroshiro128plus(hash(`${seed ?? randomUUID()}/${stream}`));
  const number = () => uniformInt(random, 0, 0x7fffffff);
  if (seed === undefined) return { uuid: randomUUID, number };
  const hex = (digits: number) =>
    uniformInt(random, 0, 16 ** digits - 1)
      .toString(16)
      .padStart(digits, '0');
  return {
    number,
    uuid: () => {
      const variant = (8 + uniformInt(random, 0, 3)).toString(16);
      return `${hex(4)}${hex(4)}-${hex(4)}-4${hex(3)}-${variant}${hex(3)}-${hex(6)}${hex(6)}`;
    },
  };
}

/** V8 keeps a text made of pieces as a tree of them, ten times its size until someone reads it. */
export function flat(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}

/** FNV-1a, 32 bits: spreads names over seeds. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  return value >>> 0;
}
