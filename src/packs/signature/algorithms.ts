import type { DstuDigest } from './dstu/question.js';

/** Digests that Node knows, by object identifier (RFC 8017 appendix B.1, RFC 3370 §2). */
const DIGESTS: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
  '2.16.840.1.101.3.4.2.4': 'sha224',
};

/** `digest`: named by the algorithm itself; without one the signer's digest algorithm counts. */
export interface SignatureAlgorithm {
  kind: 'rsa' | 'rsa-pss' | 'ecdsa';
  digest?: string;
}

/** RFC 8017 appendix C (RSA), RFC 4056 §3 (PSS), RFC 5753 §2.1.1 and RFC 5758 §3.2 (ECDSA). */
const SIGNATURES: Readonly<Record<string, SignatureAlgorithm>> = {
  '1.2.840.113549.1.1.1': { kind: 'rsa' },
  '1.2.840.113549.1.1.5': { kind: 'rsa', digest: 'sha1' },
  '1.2.840.113549.1.1.11': { kind: 'rsa', digest: 'sha256' },
  '1.2.840.113549.1.1.12': { kind: 'rsa', digest: 'sha384' },
  '1.2.840.113549.1.1.13': { kind: 'rsa', digest: 'sha512' },
  '1.2.840.113549.1.1.14': { kind: 'rsa', digest: 'sha224' },
  '1.2.840.113549.1.1.10': { kind: 'rsa-pss' },
  '1.2.840.10045.2.1': { kind: 'ecdsa' },
  '1.2.840.10045.4.1': { kind: 'ecdsa', digest: 'sha1' },
  '1.2.840.10045.4.3.1': { kind: 'ecdsa', digest: 'sha224' },
  '1.2.840.10045.4.3.2': { kind: 'ecdsa', digest: 'sha256' },
  '1.2.840.10045.4.3.3': { kind: 'ecdsa', digest: 'sha384' },
  '1.2.840.10045.4.3.4': { kind: 'ecdsa', digest: 'sha512' },
};

/** The digest of what is covered, and whether r and s are written big-endian. */
export interface DstuAlgorithm {
  digest: DstuDigest;
  bigEndian: boolean;
}

/** Digests of DSTU 4145 that are computed here: GOST 34.311, and Kupyna (DSTU 7564) of 256 bits. */
const DSTU_DIGESTS: Readonly<Record<string, DstuDigest>> = {
  '1.2.804.2.1.1.1.1.2.1': 'GOST 34.311',
  '1.2.804.2.1.1.1.1.2.2.1': 'Kupyna',
};

/** Signatures of DSTU 4145 in a polynomial basis. */
const DSTU_SIGNATURES: Readonly<Record<string, DstuAlgorithm>> = {
  '1.2.804.2.1.1.1.1.3.1.1': { digest: 'GOST 34.311', bigEndian: false },
  '1.2.804.2.1.1.1.1.3.1.1.1.1': { digest: 'GOST 34.311', bigEndian: true },
  '1.2.804.2.1.1.1.1.3.6.1.1': { digest: 'Kupyna', bigEndian: false },
};

/** Ukraine's arc of algorithms: what of it does not stand above is recognised, and cannot be computed here. */
const DSTU_SIGNATURE = '1.2.804.2.1.1.1.1.3.';
const DSTU_DIGEST = '1.2.804.2.1.1.1.1.2.';

export function digestOf(oid: string): string | undefined {
  return Object.hasOwn(DIGESTS, oid) ? DIGESTS[oid] : undefined;
}

export function signatureOf(oid: string): SignatureAlgorithm | undefined {
  return Object.hasOwn(SIGNATURES, oid) ? SIGNATURES[oid] : undefined;
}

export function dstuDigestOf(oid: string): DstuDigest | undefined {
  return Object.hasOwn(DSTU_DIGESTS, oid) ? DSTU_DIGESTS[oid] : undefined;
}

export function dstuSignatureOf(oid: string): DstuAlgorithm | undefined {
  return Object.hasOwn(DSTU_SIGNATURES, oid) ? DSTU_SIGNATURES[oid] : undefined;
}

export function isDstuSignature(oid: string): boolean {
  return oid.startsWith(DSTU_SIGNATURE);
}

export function isDstuDigest(oid: string): boolean {
  return oid.startsWith(DSTU_DIGEST);
}
