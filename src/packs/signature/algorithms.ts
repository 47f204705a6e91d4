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

/**
 * Ukraine's arc of algorithms: `.3.1.1…` is DSTU 4145 with GOST 34.311, `.3.6…` the same with Kupyna;
 * `.2.1` is the digest GOST 34.311 and `.2.2…` Kupyna (DSTU 7564). No library of Node computes them.
 */
const DSTU_SIGNATURE = '1.2.804.2.1.1.1.1.3.';
const DSTU_DIGEST = '1.2.804.2.1.1.1.1.2.';

export function digestOf(oid: string): string | undefined {
  return Object.hasOwn(DIGESTS, oid) ? DIGESTS[oid] : undefined;
}

export function signatureOf(oid: string): SignatureAlgorithm | undefined {
  return Object.hasOwn(SIGNATURES, oid) ? SIGNATURES[oid] : undefined;
}

export function isDstuSignature(oid: string): boolean {
  return oid.startsWith(DSTU_SIGNATURE);
}

export function isDstuDigest(oid: string): boolean {
  return oid.startsWith(DSTU_DIGEST);
}
