import type { Certificate, SignerInfo } from 'pkijs';
import { dstuDigestOf, dstuSignatureOf, isDstuDigest, isDstuSignature } from '../algorithms.js';
import { attributeBytes, messageDigestOf } from '../signed-attributes.js';
import { type DstuKey, dstuKeyOf, isOtherTable, PB_257 } from './key.js';
import type { DstuDigest, Question } from './question.js';

export const NOT_ITS_KEY = 'the key of its certificate is not one for its signature algorithm';

/** `how` is for people. The signature can be verified where the question asks for what is signed. */
export type DstuSignature = { how: string; question: Question } | { problem: string };

/** An OCTET STRING of 64 bytes inside the one that a signature always is: some signers wrap it once more. */
const WRAPPED = Buffer.of(0x04, 0x40);

/**
 * What is to be asked of a signature that has to do with DSTU 4145: all of it, or, where something of it is another
 * than what can be computed, at most whether the content is the one that it names.
 * Only after its signed attributes have been found complete.
 * @returns undefined: it has nothing to do with DSTU
 */
export function readDstu(
  signer: SignerInfo,
  certificate: Certificate,
  content: Buffer,
): DstuSignature | undefined {
  const { signatureAlgorithm, digestAlgorithm, signedAttrs } = signer;
  const { algorithmId } = signatureAlgorithm;
  if (!isDstuSignature(algorithmId) && !isDstuDigest(digestAlgorithm.algorithmId)) return undefined;
  const key = dstuKeyOf(certificate);
  const otherTable = key?.otherTable || isOtherTable(digestAlgorithm.algorithmParams);
  const can: Can = (digest) => digest === 'Kupyna' || !otherTable;
  const messageDigest = namedDigest(signer, can);
  const how = obstacle(signer, certificate, key, can);
  if (how !== undefined) return { how, question: { content, messageDigest, signed: undefined } };
  const algorithm = dstuSignatureOf(algorithmId);
  if (!algorithm || !key?.point) return { problem: NOT_ITS_KEY };
  const { digest, bigEndian } = algorithm;
  const covered = signedAttrs ? [...attributeBytes(signer)] : [content];
  const signed = { covered, digest, key: key.point, signature: signatureOf(signer, bigEndian) };
  return { how: `DSTU 4145 with ${digest}`, question: { content, messageDigest, signed } };
}

/** Whether a digest can be computed with the table of substitutions that it is to be computed with. */
type Can = (digest: DstuDigest) => boolean;

/** What the signed attributes say of the content, if that can be computed. */
function namedDigest(signer: SignerInfo, can: Can): Question['messageDigest'] {
  const digest = dstuDigestOf(signer.digestAlgorithm.algorithmId);
  const value = messageDigestOf(signer);
  return digest && value && can(digest) ? { digest, value } : undefined;
}

/** Why a signature cannot be verified here, in words that say what it is; undefined: it can, or it is no good. */
function obstacle(
  { signatureAlgorithm: { algorithmId }, digestAlgorithm: { algorithmId: digest } }: SignerInfo,
  { subjectPublicKeyInfo: { algorithm: keyAlgorithm } }: Certificate,
  key: DstuKey | undefined,
  can: Can,
): string | undefined {
  if (!isDstuSignature(algorithmId)) return `a digest of DSTU (${digest})`;
  const algorithm = dstuSignatureOf(algorithmId);
  if (!algorithm) return `DSTU 4145 (${algorithmId})`;
  if (!key) {
    const { algorithmId: kind } = keyAlgorithm;
    return isDstuSignature(kind) ? `DSTU 4145 with a key of ${kind}` : undefined;
  }
  if (key.curve !== PB_257) return `DSTU 4145 on the curve ${key.curve}`;
  if (!can(algorithm.digest)) return 'DSTU 4145 with a substitution table of its own';
  const otherDigest = isDstuDigest(digest) && !dstuDigestOf(digest);
  return otherDigest ? `DSTU 4145 over another digest (${digest})` : undefined;
}

function signatureOf(signer: SignerInfo, bigEndian: boolean): Buffer {
  const bytes = Buffer.from(signer.signature.getValue());
  const bare =
    bytes.length === 66 && bytes.subarray(0, 2).equals(WRAPPED) ? bytes.subarray(2) : bytes;
  return bigEndian ? bare.reverse() : bare;
}
