import type { Certificate, SignerInfo } from 'pkijs';
import { dstuDigestOf, dstuSignatureOf, isDstuDigest, isDstuSignature } from '../algorithms.js';
import { attributeBytes, messageDigestOf } from '../signed-attributes.js';
import { dstuKeyOf, isOtherTable, PB_257 } from './key.js';
import type { DstuDigest, Question } from './question.js';

export const NOT_ITS_KEY = 'the key of its certificate is not one for its signature algorithm';

/** `how` is for people. The signature can be verified where the question asks for what is signed. */
export type DstuSignature = { how: string; question: Question } | { problem: string };

/** An OCTET STRING of 64 bytes inside the one that a signature always is: some signers wrap it once more. */
const WRAPPED = Buffer.of(0x04, 0x40);

/**
 * What is to be asked of a signature that has to do with DSTU 4145: all of it, or, where its algorithm, its curve or
 * its table of substitutions is another, at most whether the content is the one that it names.
 * Only after its signed attributes have been found complete.
 * @returns undefined: it has nothing to do with DSTU
 */
export function readDstu(
  signer: SignerInfo,
  certificate: Certificate,
  content: Buffer,
): DstuSignature | undefined {
  const { algorithmId } = signer.signatureAlgorithm;
  const digestOid = signer.digestAlgorithm.algorithmId;
  const isSignature = isDstuSignature(algorithmId);
  if (!isSignature && !isDstuDigest(digestOid)) return undefined;
  const key = dstuKeyOf(certificate);
  const otherTable = key?.otherTable || isOtherTable(signer.digestAlgorithm.algorithmParams);
  const can = (digest: DstuDigest) => digest === 'Kupyna' || !otherTable;
  const ofContent = dstuDigestOf(digestOid);
  const value = messageDigestOf(signer);
  const messageDigest =
    ofContent && value && can(ofContent) ? { digest: ofContent, value } : undefined;
  const unverified = (how: string) => ({
    how,
    question: { content, messageDigest, signed: undefined },
  });
  if (!isSignature) return unverified(`a digest of DSTU (${digestOid})`);
  const algorithm = dstuSignatureOf(algorithmId);
  if (!algorithm) return unverified(`DSTU 4145 (${algorithmId})`);
  if (!key) {
    const { algorithmId: keyOid } = certificate.subjectPublicKeyInfo.algorithm;
    return isDstuSignature(keyOid)
      ? unverified(`DSTU 4145 with a key of ${keyOid}`)
      : { problem: NOT_ITS_KEY };
  }
  const { digest, bigEndian } = algorithm;
  if (key.curve !== PB_257) return unverified(`DSTU 4145 on the curve ${key.curve}`);
  if (!can(digest)) return unverified('DSTU 4145 with a substitution table of its own');
  if (!ofContent && isDstuDigest(digestOid)) {
    return unverified(`DSTU 4145 over another digest (${digestOid})`);
  }
  if (!key.point) return { problem: NOT_ITS_KEY };
  const covered = signer.signedAttrs ? [...attributeBytes(signer)] : [content];
  const signature = signatureOf(signer, bigEndian);
  const signed = { covered, digest, key: key.point, signature };
  return { how: `DSTU 4145 with ${digest}`, question: { content, messageDigest, signed } };
}

function signatureOf(signer: SignerInfo, bigEndian: boolean): Buffer {
  const bytes = Buffer.from(signer.signature.getValue());
  const bare =
    bytes.length === 66 && bytes.subarray(0, 2).equals(WRAPPED) ? bytes.subarray(2) : bytes;
  return bigEndian ? bare.reverse() : bare;
}
