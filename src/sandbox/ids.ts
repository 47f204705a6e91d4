import { randomInt, randomUUID } from 'node:crypto';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { IdForm } from '../contract/id-form.js';

/** A source of ids and of seeds for generated data. */
export interface Ids {
  /** A version 4 UUID (RFC 9562 §5.4). */
  uuid(): string;
  /** An id of this form. */
  id(form: IdForm): string;
  /** A whole number from 0 to 2³¹−1. */
  number(): number;
}

/** Without a seed: what the system's random source gives. With one: the same sequence each time. */
export function makeIds(seed: number | undefined, stream: string): Ids {
  const random = xoroshiro128plus(hash(`${seed ?? randomUUID()}/${stream}`));
  const number = () => uniformInt(random, 0, 0x7fffffff);
  if (seed === undefined) return withForms({ uuid: randomUUID, number }, (end) => randomInt(end));
  const hex = (digits: number) =>
    uniformInt(random, 0, 16 ** digits - 1)
      .toString(16)
      .padStart(digits, '0');
  const uuid = () => {
    const variant = (8 + uniformInt(random, 0, 3)).toString(16);
    return `${hex(4)}${hex(4)}-${hex(4)}-4${hex(3)}-${variant}${hex(3)}-${hex(6)}${hex(6)}`;
  };
  return withForms({ uuid, number }, (end) => uniformInt(random, 0, end - 1));
}

/** @param below gives a whole number from 0 to one below `end` */
function withForms(ids: Omit<Ids, 'id'>, below: (end: number) => number): Ids {
  return {
    ...ids,
    id: (form) => {
      if (form === 'uuid') return ids.uuid();
      const { alphabet, length } = form;
      return Array.from({ length }, () => alphabet.charAt(below(alphabet.length))).join('');
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
