import { describe, expect, it } from 'vitest';
import { isSignature } from '../../../src/packs/signature/dstu/equation.js';
import { expectRefused, expectSeen, expectVerified, MODES, PARTS } from './judging.js';
import { CONTAINERS, type Equation, vectors } from './vectors.js';

describe('every container of Bouncy Castle', () => {
  const usual = CONTAINERS.filter(({ about }) => !/detached|another/.test(about));
  it.each(usual)('is verified: $about, $digests, $length bytes', expectVerified);

  const short = CONTAINERS.filter(
    ({ about, length }) => MODES.includes(about) && length > 0 && length < 2000,
  );
  it.each(PARTS)('with one bit of its %s turned is no good', (name) => expectSeen(short, name));
});

describe('a container that is damaged two thousand times', () => {
  it('never throws, and never verifies as another content', () => expectRefused(2000));
});

describe('the equation of forty keys', () => {
  it('holds for their signatures, and for no other', () => {
    const bytes = (hex: string) => Buffer.from(hex, 'hex');
    const equations = vectors<Equation>('equations');
    expect(equations.length).toBe(40);
    for (const [i, { key, hash, signature }] of equations.entries()) {
      const [Q, h, rs] = [bytes(key), bytes(hash), bytes(signature)];
      expect(isSignature(Q, h, rs), `number ${i}`).toBe(true);
      const other = equations[(i + 1) % equations.length] as Equation;
      expect(isSignature(bytes(other.key), h, rs)).toBe(false);
      expect(isSignature(Q, bytes(other.hash), rs)).toBe(false);
      expect(isSignature(Q, h, bytes(other.signature))).toBe(false);
    }
  });
});
