import { isSignature } from './equation.js';
import { gost34311 } from './gost34311.js';
import { kupyna256 } from './kupyna.js';

/** Digests that DSTU 4145 goes with, as people know them. */
export const DIGESTS = { 'GOST 34.311': gost34311, Kupyna: kupyna256 };
export type DstuDigest = keyof typeof DIGESTS;

/** What is to be computed of one signature of DSTU 4145. It crosses over to a thread. */
export interface Question {
  /** What the container holds. */
  content: Uint8Array;
  /** What the signed attributes say of the content; undefined: there are none, or it cannot be computed. */
  messageDigest: { digest: DstuDigest; value: Uint8Array } | undefined;
  /** Undefined: it cannot be computed. */
  signed: SignedBytes | undefined;
}

/** What a signature on the curve PB-257 covers, and with which key. */
interface SignedBytes {
  /** One of these. */
  covered: readonly Uint8Array[];
  digest: DstuDigest;
  /** The compressed point, little-endian. */
  key: Uint8Array;
  /** r and s, little-endian. */
  signature: Uint8Array;
}

/** What is wrong; `good`: nothing is. */
export type Answer = 'good' | 'content' | 'signature';

/** Whoever answers, here or elsewhere. */
export type Ask = (question: Question) => Answer;

/** Takes some hundredths of a second, and as much again for a content of 200 kB. */
export function answer({ content, messageDigest, signed }: Question): Answer {
  if (messageDigest) {
    const computed = DIGESTS[messageDigest.digest](content);
    if (!computed.equals(messageDigest.value)) return 'content';
  }
  if (!signed) return 'good';
  const { covered, digest, key, signature } = signed;
  const good = covered.some((bytes) => isSignature(key, DIGESTS[digest](bytes), signature));
  return good ? 'good' : 'signature';
}
