import { describe, expect, it } from 'vitest';
import {
  BASE,
  BASE_POINT,
  decompress,
  ORDER,
  sumOf,
} from '../../../src/packs/signature/dstu/curve.js';
import { isSignature } from '../../../src/packs/signature/dstu/equation.js';
import {
  bitsOf,
  element,
  halfTrace,
  invert,
  multiply,
  ONE,
  square,
  trace,
  ZERO,
} from '../../../src/packs/signature/dstu/field.js';
import { gost34311 } from '../../../src/packs/signature/dstu/gost34311.js';
import { kupyna256 } from '../../../src/packs/signature/dstu/kupyna.js';
import { contentOf, type Equation, repeatable, vectors } from './vectors.js';

const EQUATIONS = vectors<Equation>('equations');
const bytes = (hex: string) => Buffer.from(hex, 'hex');
const verify = ({ key, hash, signature }: Equation) =>
  isSignature(bytes(key), bytes(hash), bytes(signature));

/** One bit of a text of hexadecimal digits turned. */
function flipped(hex: string, bit: number): string {
  const changed = bytes(hex);
  changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return changed.toString('hex');
}

describe('a digest', () => {
  const digests = vectors<{ length: number; gost: string; kupyna: string }>('digests');

  it('is that of Bouncy Castle, whatever the length', () => {
    expect(digests.length).toBeGreaterThan(190);
    for (const { length, gost, kupyna } of digests) {
      const content = contentOf(length);
      expect(gost34311(content).toString('hex'), `GOST 34.311 of ${length} bytes`).toBe(gost);
      expect(kupyna256(content).toString('hex'), `Kupyna of ${length} bytes`).toBe(kupyna);
    }
  });

  // DSTU 7564:2014, appendix, as eprint.iacr.org/2015/885 has it.
  it.each([
    [0, 'cd5101d1ccdf0d1d1f4ada56e888cd724ca1a0838a3521e7131d4fb78d0f5eb6'],
    [64, '08f4ee6f1be6903b324c4e27990cb24ef69dd58dbe84813ee0a52f6631239875'],
    [95, '1075c8b0cb910f116bda5fa1f19c29cf8ecc75caff7208ba2994b68fc56e8d16'],
    [256, 'd305a32b963d149dc765f68594505d4077024f836c1bf03806e1624ce176c08f'],
  ])('of Kupyna is that of the standard, of %i bytes', (length, digest) => {
    const content = Buffer.from(Array.from({ length }, (_, i) => i));
    expect(kupyna256(content).toString('hex')).toBe(digest);
  });
});

describe('the field', () => {
  const random = repeatable(257);
  const some = Array.from({ length: 10 }, () =>
    element(BigInt(`0x${Array.from({ length: 64 }, () => random(16).toString(16)).join('')}`)),
  );

  it('is one', () => {
    for (const a of some) {
      expect(multiply(a, invert(a))).toBe(ONE);
      const [b = ONE, c = ZERO] = some;
      expect(multiply(a, b ^ c)).toBe(multiply(a, b) ^ multiply(a, c));
      expect(bitsOf(square(a))).toBe(bitsOf(multiply(a, a)));
      const solvable = a ^ (trace(a) === ONE ? ONE : ZERO);
      const z = halfTrace(solvable);
      expect(square(z) ^ z).toBe(solvable);
    }
  });

  it('reduces by x^257 + x^12 + 1', () => {
    const x256 = element(1n << 256n);
    expect(bitsOf(multiply(x256, element(2n)))).toBe((1n << 12n) | 1n);
  });
});

describe('the curve', () => {
  it('has a base point of its order', () => {
    expect(decompress(BigInt(`0x${BASE_POINT}`))).toEqual(BASE);
    expect(sumOf(ORDER, BASE, ORDER, BASE)).toBeUndefined();
    expect(sumOf(ORDER, BASE, 1n, BASE)).toEqual(BASE);
    expect(sumOf(2n, BASE, 3n, BASE)).toEqual(sumOf(4n, BASE, 1n, BASE));
    const opposite = { x: BASE.x, y: BASE.x ^ BASE.y };
    expect(sumOf(5n, BASE, 5n, opposite)).toBeUndefined();
    expect(sumOf(5n, BASE, 3n, opposite)).toEqual(sumOf(1n, BASE, 1n, BASE));
  });

  it('has no point for half of the numbers, for zero and for longer ones', () => {
    const found = Array.from({ length: 40 }, (_, i) => decompress(BigInt(2 * i + 2)));
    expect(found.filter((point) => point === undefined).length).toBeGreaterThan(5);
    expect(found.filter((point) => point !== undefined).length).toBeGreaterThan(5);
    expect(decompress(0n)).toBeUndefined();
    expect(decompress(1n << 257n)).toBeUndefined();
  });
});

describe('a signature of Bouncy Castle', () => {
  it('is one, with any of a dozen keys', () => {
    expect(EQUATIONS.slice(0, 12).filter(verify).length).toBe(12);
  });

  it('is none when a bit of key, hash or signature is another', () => {
    const random = repeatable(4145);
    for (const equation of EQUATIONS.slice(0, 4)) {
      for (const part of ['key', 'hash', 'signature'] as const) {
        // Of a longer hash the lowest 257 bits count.
        const bits = part === 'hash' ? 256 : 4 * equation[part].length;
        const bit = random(bits);
        const changed = { ...equation, [part]: flipped(equation[part], bit) };
        expect(verify(changed), `${part}, bit ${bit}`).toBe(false);
      }
    }
  });

  it('is none when its numbers are out of their range', () => {
    const [{ key, hash, signature } = { key: '', hash: '', signature: '' }] = EQUATIONS;
    const [r, s] = [signature.slice(0, 64), signature.slice(64)];
    const little = (n: bigint) =>
      Buffer.from(n.toString(16).padStart(64, '0'), 'hex').reverse().toString('hex');
    const zero = '0'.repeat(64);
    const more = little(BigInt(`0x${bytes(s).reverse().toString('hex')}`) + ORDER);
    const others = [zero + s, r + zero, little(ORDER) + s, r + little(ORDER), r + more, s + r, ''];
    for (const other of [...others, signature.slice(2), `${signature}00`]) {
      expect(verify({ key, hash, signature: other }), other).toBe(false);
    }
    expect(verify({ key: key.slice(2), hash, signature })).toBe(false);
  });
});
