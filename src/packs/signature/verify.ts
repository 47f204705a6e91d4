import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto';
import {
  type AlgorithmIdentifier,
  type Certificate,
  RSASSAPSSParams,
  type SignerInfo,
} from 'pkijs';
import { digestOf, isDstuDigest, type SignatureAlgorithm, signatureOf } from './algorithms.js';
import type { Ask } from './dstu/question.js';
import { type DstuSignature, NOT_ITS_KEY, readDstu } from './dstu/read-signer.js';
import { attributeBytes, attributesProblem, OTHER_CONTENT } from './signed-attributes.js';

/** How a signature stands; `how` is for people. */
export type Checked = { state: 'verified' | 'unverified'; how: string } | { problem: string };

const OTHER_SIGNATURE = 'the signature does not verify with the key of its certificate';

/**
 * Checks one signature of a container, with the key of the signer's certificate (RFC 5652 §5.6).
 * @param ask who computes what Node does not
 */
export function checkSignature(
  signer: SignerInfo,
  certificate: Certificate,
  content: Buffer,
  contentType: string,
  ask: Ask,
): Checked {
  const digestOid = signer.digestAlgorithm.algorithmId;
  const digest = digestOf(digestOid);
  const { algorithmId } = signer.signatureAlgorithm;
  if (digest === undefined && !isDstuDigest(digestOid)) {
    return { problem: `the digest algorithm ${digestOid} is not known here` };
  }
  const wrong = signer.signedAttrs && attributesProblem(signer, content, contentType, digest);
  if (wrong) return { problem: wrong };
  const dstu = readDstu(signer, certificate, content);
  if (dstu) return checkDstu(dstu, ask);
  const algorithm = signatureOf(algorithmId);
  if (!algorithm) return { problem: `the signature algorithm ${algorithmId} is not known here` };
  const covered = signer.signedAttrs ? attributeBytes(signer) : [content];
  const key = keyOf(certificate);
  if (!key || !fits(key, algorithm)) {
    return { problem: NOT_ITS_KEY };
  }
  const hash = hashOf(algorithm, signer.signatureAlgorithm) ?? digest;
  const signature = Buffer.from(signer.signature.getValue());
  for (const bytes of covered) {
    if (hash !== undefined && isGood(hash, bytes, key, algorithm, signer, signature)) {
      return { state: 'verified', how: `${algorithm.kind.toUpperCase()} with ${hash}` };
    }
  }
  return { problem: OTHER_SIGNATURE };
}

function checkDstu(signature: DstuSignature, ask: Ask): Checked {
  if ('problem' in signature) return signature;
  const { how, question } = signature;
  const answer = ask(question);
  if (answer === 'good') return { state: question.signed ? 'verified' : 'unverified', how };
  return { problem: answer === 'content' ? OTHER_CONTENT : OTHER_SIGNATURE };
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
