import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto';
import {
  type AlgorithmIdentifier,
  type Certificate,
  RSASSAPSSParams,
  type SignerInfo,
} from 'pkijs';
import {
  digestOf,
  isDstuDigest,
  isDstuSignature,
  type SignatureAlgorithm,
  signatureOf,
} from './algorithms.js';
import { attributeBytes, attributesProblem } from './signed-attributes.js';

/** How a signature stands; `how` is for people. */
export type Checked = { state: 'verified' | 'unverified'; how: string } | { problem: string };

/** Checks one signature of a container, with the key of the signer's certificate (RFC 5652 §5.6). */
export function checkSignature(
  signer: SignerInfo,
  certificate: Certificate,
  content: Buffer,
  contentType: string,
): Checked {
  const digestOid = signer.digestAlgorithm.algorithmId;
  const digest = digestOf(digestOid);
  const { algorithmId } = signer.signatureAlgorithm;
  const dstu = dstuOf(signer, certificate);
  if (digest === undefined && dstu === undefined) {
    return { problem: `the digest algorithm ${digestOid} is not known here` };
  }
  const wrong = signer.signedAttrs && attributesProblem(signer, content, contentType, digest);
  if (wrong) return { problem: wrong };
  if (dstu !== undefined) return { state: 'unverified', how: dstu };
  const algorithm = signatureOf(algorithmId);
  if (!algorithm) return { problem: `the signature algorithm ${algorithmId} is not known here` };
  const covered = signer.signedAttrs ? attributeBytes(signer) : [content];
  const key = keyOf(certificate);
  if (!key || !fits(key, algorithm)) {
    return { problem: 'the key of its certificate is not one for its signature algorithm' };
  }
  const hash = hashOf(algorithm, signer.signatureAlgorithm) ?? digest;
  const signature = Buffer.from(signer.signature.getValue());
  for (const bytes of covered) {
    if (hash !== undefined && isGood(hash, bytes, key, algorithm, signer, signature)) {
      return { state: 'verified', how: `${algorithm.kind.toUpperCase()} with ${hash}` };
    }
  }
  return { problem: 'the signature does not verify with the key of its certificate' };
}

/** What of it nobody can compute here: the signature, the key that made it, or the digest. */
function dstuOf(
  { digestAlgorithm, signatureAlgorithm }: SignerInfo,
  { subjectPublicKeyInfo }: Certificate,
): string | undefined {
  const key = subjectPublicKeyInfo.algorithm.algorithmId;
  const signature = [signatureAlgorithm.algorithmId, key].find(isDstuSignature);
  if (signature !== undefined) return `DSTU 4145 (${signature})`;
  const digest = digestAlgorithm.algorithmId;
  return isDstuDigest(digest) ? `a digest of DSTU (${digest})` : undefined;
}

function isGood(
  hash: string,
  bytes: Buffer,
  key: KeyObject,
  { kind }: SignatureAlgorithm,
  { signatureAlgorithm }: SignerInfo,
  signature: Buffer,
): boolean {
  try {
    if (kind !== 'rsa-pss') return verify(hash, bytes, key, signature);
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    const { saltLength } = pssOf(signatureAlgorithm);
    return verify(hash, bytes, { key, padding, saltLength }, signature);
  } catch {
    return false;
  }
}

function hashOf({ kind, digest }: SignatureAlgorithm, given: AlgorithmIdentifier) {
  return kind === 'rsa-pss' ? digestOf(pssOf(given).hashAlgorithm.algorithmId) : digest;
}

/** Left out, they are SHA-1 and 20 (RFC 4055 §3.1). */
function pssOf({ algorithmParams }: AlgorithmIdentifier): RSASSAPSSParams {
  try {
    return new RSASSAPSSParams({ schema: algorithmParams });
  } catch {
    return new RSASSAPSSParams();
  }
}

function keyOf({ subjectPublicKeyInfo }: Certificate): KeyObject | undefined {
  try {
    const key = Buffer.from(subjectPublicKeyInfo.toSchema().toBER());
    return createPublicKey({ key, format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
}

function fits({ asymmetricKeyType }: KeyObject, { kind }: SignatureAlgorithm): boolean {
  if (kind === 'ecdsa') return asymmetricKeyType === 'ec';
  return asymmetricKeyType === 'rsa' || (kind === 'rsa-pss' && asymmetricKeyType === 'rsa-pss');
}
