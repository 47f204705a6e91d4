import type { Certificate, SignerInfo } from 'pkijs';
import { dstuDigestOf, dstuSignatureOf, isDstuDigest, isDstuSignature } from '../algorithms.js';
import { attributeBytes, messageDigestOf } from '../signed-attributes.js';
import { dstuKeyOf, isOtherTable } from './key.js';
import type { Question } from './question.js';

/** A signature of DSTU 4145; `how` is for people. Without a question it cannot be verified here. */
export type DstuSignature = { how: string; question?: Question } | { problem: string };

/** An OCTET STRING of 64 bytes inside the one that a signature always is: some signers wrap it once more. */
const WRAPPED = Buffer.of(0x04, 0x40);

/**
 * What is to be asked of a signature, or why nothing can be: another curve, another table of substitutions,
 * another digest. Only after its signed attributes have been found complete.
 * @returns undefined: it has nothing to do with DSTU
 */
export function readDstu(
  signer: SignerInfo,
  certificate: Certificate,
  content: Buffer,
): DstuSignature | undefined {
  const { algorithmId } = signer.signatureAlgorithm;
  const { algorithmId: digestOid, algorithmParams } = signer.digestAlgorithm;
  const algorithm = dstuSignatureOf(algorithmId);
  if (!algorithm) {
    if (isDstuSignature(algorithmId)) return { how: `DSTU 4145 (${algorithmId})` };
    return isDstuDigest(digestOid) ? { how: `a digest of DSTU (${digestOid})` } : undefined;
  }
  const ofContent = dstuDigestOf(digestOid);
  if (!ofContent && isDstuDigest(digestOid)) {
    return { how: `DSTU 4145 over another digest (${digestOid})` };
  }
  const key = dstuKeyOf(certificate);
  if (typeof key === 'string') return { how: `DSTU 4145 ${key}` };
  if (!key) return { problem: 'the key of its certificate is not one for its signature algorithm' };
  const { digest, bigEndian } = algorithm;
  const usesTable = digest === 'GOST 34.311' || ofContent === 'GOST 34.311';
  if (usesTable && (key.otherTable || isOtherTable(algorithmParams))) {
    return { how: 'DSTU 4145 with a substitution table of its own' };
  }
  const value = messageDigestOf(signer);
  return {
    how: `DSTU 4145 with ${digest}`,
    question: {
      content,
      messageDigest: ofContent && value && { digest: ofContent, value },
      covered: signer.signedAttrs ? [...attributeBytes(signer)] : [content],
      digest,
      key: key.point,
      signature: signatureOf(signer, bigEndian),
    },
  };
}

function signatureOf(signer: SignerInfo, bigEndian: boolean): Buffer {
  const bytes = Buffer.from(signer.signature.getValue());
  const bare =
    bytes.length === 66 && bytes.subarray(0, 2).equals(WRAPPED) ? bytes.subarray(2) : bytes;
  return bigEndian ? bare.reverse() : bare;
}
