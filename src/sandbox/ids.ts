import { randomInt, randomUUID } from 'node:crypto';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import type { MadeIdForm } from '../contract/id-form.js';
import { drawText } from '../contract/text-of-pattern.js';
import type { RandomStream } from './random.js';

/** A source of ids and of seeds for generated data. */
export interface Ids {
  /** A version 4 UUID (RFC 9562 §5.4). */
  uuid(): string;
  /** An id of this form. */
  id(form: MadeIdForm): string;
  /** A whole number from 0 to 2³¹−1. */
  number(): number;
}

const MAX_NUMBER = 0x7fffffff;

/** What the system's random source gives. */
export const RANDOM_IDS: Ids = {
  uuid: randomUUID,
  number: () => randomInt(MAX_NUMBER),
  id: (form) => (form === 'uuid' ? randomUUID() : spell(form, randomInt)),
};

/**
 * The same stream gives the same ids.
 * @param stream asked for when something is drawn
 */
export function idsOf(stream: () => RandomStream): Ids {
  const hex = (digits: number) =>
    uniformInt(stream(), 0, 16 ** digits - 1)
      .toString(16)
      .padStart(digits, '0');
  const uuid = () => {
    const variant = (8 + uniformInt(stream(), 0, 3)).toString(16);
    return `${hex(4)}${hex(4)}-${hex(4)}-4${hex(3)}-${variant}${hex(3)}-${hex(6)}${hex(6)}`;
  };
  return {
    uuid,
    number: () => uniformInt(stream(), 0, MAX_NUMBER),
    id: (form) =>
      form === 'uuid' ? uuid() : spell(form, (end) => uniformInt(stream(), 0, end - 1)),
  };
}

/** @param below gives a whole number from 0 to one below `end` */
function spell(form: Exclude<MadeIdForm, 'uuid'>, below: (end: number) => number): string {
  if ('pattern' in form) return drawText(form.pattern, below);
  const { alphabet, length, prefix = '' } = form;
  return prefix + Array.from({ length }, () => alphabet.charAt(below(alphabet.length))).join('');
}

/** V8 keeps a text made of pieces as a tree of them, ten times its size until someone reads it. */
export function flat(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}
