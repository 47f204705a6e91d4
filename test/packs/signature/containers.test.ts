import { fromBER } from 'asn1js';
import * as pki from 'pkijs';
import { describe, expect, it } from 'vitest';
import {
  expectRefused,
  expectSeen,
  expectVerified,
  MODES,
  one,
  PARTS,
  partsOf,
  stateOf,
  turned,
} from './judging.js';
import { CONTAINERS } from './vectors.js';

describe('a container of Bouncy Castle', () => {
  it('is there for each digest, each length, with signed attributes and without', () => {
    const lengths = CONTAINERS.filter(({ about }) => MODES.includes(about)).map((v) => v.length);
    expect(lengths).toEqual(expect.arrayContaining([0, 31, 32, 33, 200_000]));
    expect(lengths.length).toBe(4 * new Set(lengths).size);
    expect(CONTAINERS.length).toBeGreaterThan(70);
  });

  // The others: containers.full.test.ts.
  const some = CONTAINERS.filter(
    ({ about, length }) => !/detached|another/.test(about) && length < 60,
  ).filter(
    ({ about, digests }, i) => i % 6 === 0 || (digests[0] === 'gost' && !MODES.includes(about)),
  );

  it.each(some)('is verified: $about, $digests, $length bytes', expectVerified);

  it('is recognised, and not verified, on another curve and with another table', () => {
    expect(stateOf(one('another curve'))).toBe(
      'unverified: DSTU 4145 on the curve 1.2.804.2.1.1.1.1.3.1.1.2.9',
    );
    expect(stateOf(one('another substitution table'))).toBe(
      'unverified: DSTU 4145 with a substitution table of its own',
    );
    // Kupyna has no use for the table.
    expect(stateOf(one('another substitution table', 'kupyna'))).toBe(
      'verified: DSTU 4145 with Kupyna',
    );
  });

  it('binds its content also where it is not verified', () => {
    const bytes = one('another curve');
    expect(stateOf(turned(bytes, partsOf(bytes).content.at, 0))).toMatch(
      /the content is not what was signed/,
    );
  });

  it('is refused without its content', () => {
    for (const digest of ['gost', 'kupyna'] as const) {
      expect(stateOf(one('detached', digest))).toMatch(/^is a detached signature/);
    }
  });
});

describe('a container with one bit turned', () => {
  const vectors = CONTAINERS.filter(({ about, length }) => MODES.includes(about) && length === 51);

  it.each(PARTS)('of its %s is no good', (name) => expectSeen(vectors, name));

  it('says which of content and signature it is', () => {
    const bytes = one('JSON');
    const { content, signature } = partsOf(bytes);
    expect(stateOf(turned(bytes, content.at, 0))).toMatch(/the content is not what was signed/);
    expect(stateOf(turned(bytes, signature.at, 0))).toMatch(
      /signature does not verify with the key/,
    );
  });
});

describe('three signers', () => {
  it.each([1, 2, 3])('are no good where the one of number %i is not', (number) => {
    const bytes = one('three signers');
    const info = new pki.ContentInfo({ schema: fromBER(bytes).result });
    const data = new pki.SignedData({ schema: info.content });
    const bad = data.signerInfos[number - 1]?.signature.getValue() ?? new ArrayBuffer(0);
    const place = bytes.indexOf(Buffer.from(bad));
    const named = /\(of Signer \d+\) that is no good: the signature/;
    expect(stateOf(turned(bytes, place + 40, 3))).toMatch(named);
  });
});

describe('a damaged container', () => {
  it('never throws, and never verifies as another content', () => expectRefused(30));

  it('is refused where the key is one of RSA, or is cut short', () => {
    const bytes = one('JSON');
    const { key } = partsOf(bytes);
    const shorter = turned(bytes, key.at - 1, 0);
    expect(stateOf(shorter)).toMatch(/no good: the key of its certificate is not one for/);
  });
});
