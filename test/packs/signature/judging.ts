import { fromBER } from 'asn1js';
import * as pki from 'pkijs';
import { expect } from 'vitest';
import { answer } from '../../../src/packs/signature/dstu/question.js';
import { openContainer } from '../../../src/packs/signature/open-container.js';
import { bytesOf, CONTAINERS, type ContainerVector, contentOf, repeatable } from './vectors.js';

const NAMES = { gost: 'GOST 34.311', kupyna: 'Kupyna' };
export const MODES = ['with attributes', 'without attributes'];
export const PARTS = ['content', 'signature', 'key', 'attributes'] as const;

/** What a container is found to be, in words. */
export function stateOf(bytes: Buffer): string {
  const opened = openContainer(bytes, answer);
  return typeof opened === 'string'
    ? opened
    : opened.signers.map(({ state, how }) => `${state}: ${how}`).join('; ');
}

function good({ digests }: ContainerVector): string {
  return digests.map((digest) => `verified: DSTU 4145 with ${NAMES[digest]}`).join('; ');
}

export function one(about: string, digest: 'gost' | 'kupyna' = 'gost'): Buffer {
  const found = CONTAINERS.find((each) => each.about === about && each.digests[0] === digest);
  if (!found) throw new Error(`there is no vector ${about}`);
  return bytesOf(found);
}

/** Turns a bit of what stands at a place. */
export function turned(bytes: Buffer, place: number, bit: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[place] = (changed[place] ?? 0) ^ (1 << bit);
  return changed;
}

/** Where its parts begin and how long they are. */
export function partsOf(bytes: Buffer) {
  const info = new pki.ContentInfo({ schema: fromBER(bytes).result });
  const data = new pki.SignedData({ schema: info.content });
  const [signer] = data.signerInfos;
  const [certificate] = data.certificates ?? [];
  if (!signer || !(certificate instanceof pki.Certificate)) throw new Error('no signer');
  const part = (view: ArrayBuffer | Uint8Array) => ({
    at: bytes.indexOf(Buffer.from(view as Uint8Array)),
    length: view.byteLength,
  });
  // The attributes stand there under another tag than the one that is signed.
  const attributes = signer.signedAttrs && part(signer.signedAttrs.encodedValue.slice(1));
  return {
    signature: part(signer.signature.getValue()),
    key: part(certificate.subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView.slice(2)),
    content: part(data.encapContentInfo.eContent?.getValue() ?? new ArrayBuffer(0)),
    attributes: attributes && { at: attributes.at, length: attributes.length },
  };
}

/** Holds one to what is known of it. */
export function expectVerified(vector: ContainerVector): void {
  const bytes = bytesOf(vector);
  expect(stateOf(bytes)).toBe(good(vector));
  const opened = openContainer(bytes, () => 'good');
  if (typeof opened === 'string' || !MODES.includes(vector.about)) return;
  expect(opened.content.equals(contentOf(vector.length))).toBe(true);
  expect(opened.signers[0]?.taxIds).toEqual(['1234567890']);
}

/** Turns a bit of one part of each; a seeded one. */
export function expectSeen(
  vectors: readonly ContainerVector[],
  name: (typeof PARTS)[number],
): void {
  const random = repeatable(2002);
  let count = 0;
  for (const vector of vectors) {
    const bytes = bytesOf(vector);
    const part = partsOf(bytes)[name];
    if (!part) continue;
    expect(part.at).toBeGreaterThan(0);
    const place = part.at + random(part.length);
    const state = stateOf(turned(bytes, place, random(8)));
    expect(state, `${vector.about}, ${vector.length}, byte ${place}`).not.toMatch(/verified/);
    count += 1;
  }
  expect(count).toBeGreaterThanOrEqual(vectors.length / 2);
}

/** Damages a container so many times: it never throws, and never verifies as another content. */
export function expectRefused(times: number): void {
  const random = repeatable(1995);
  const bytes = one('JSON');
  const { content } = openContainer(bytes, answer) as { content: Buffer };
  const found = { refused: 0, verified: 0, unverified: 0 };
  for (let i = 0; i < times; i += 1) {
    let damaged = Buffer.from(bytes);
    for (let n = 1 + random(4); n > 0; n -= 1) damaged[random(damaged.length)] = random(256);
    if (i % 5 === 0) damaged = damaged.subarray(0, random(damaged.length));
    const opened = openContainer(damaged, answer);
    if (typeof opened === 'string') {
      found.refused += 1;
      continue;
    }
    for (const { state } of opened.signers) found[state] += 1;
    const verified = opened.signers.every(({ state }) => state === 'verified');
    if (verified) expect(opened.content).toEqual(content);
  }
  expect(found.refused).toBeGreaterThan(times / 3);
}
