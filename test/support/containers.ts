import { webcrypto } from 'node:crypto';
import * as asn1 from 'asn1js';
import * as pki from 'pkijs';

export type KeyKind = 'rsa' | 'rsa-pss' | 'p256' | 'p384';

/** A physician with a key and a certificate. */
export interface Physician {
  key: webcrypto.CryptoKey;
  certificate: pki.Certificate;
  hash: string;
}

const KEYS: Record<KeyKind, [webcrypto.RsaHashedKeyGenParams | webcrypto.EcKeyGenParams, string]> =
  {
    rsa: [rsa('RSASSA-PKCS1-v1_5'), 'SHA-256'],
    'rsa-pss': [rsa('RSA-PSS'), 'SHA-256'],
    p256: [{ name: 'ECDSA', namedCurve: 'P-256' }, 'SHA-256'],
    p384: [{ name: 'ECDSA', namedCurve: 'P-384' }, 'SHA-384'],
  };

function rsa(name: string): webcrypto.RsaHashedKeyGenParams {
  return { name, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' };
}

/** Where a certificate says the tax id. */
export interface Identity {
  name?: string;
  /** The subject's serialNumber, `TINUA-…`. */
  serialNumber?: string;
  /** Among the subject's directory attributes. */
  drfo?: string;
  /** The key's algorithm, by object identifier, in place of the real one. */
  keyAlgorithm?: string;
}

const CN = '2.5.4.3';
const SERIAL_NUMBER = '2.5.4.5';
const DRFO = '1.2.804.2.1.1.1.11.1.4.1.1';
let serial = 0;

export async function makePhysician(kind: KeyKind, identity: Identity = {}): Promise<Physician> {
  const [algorithm, hash] = KEYS[kind];
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, [
    'sign',
    'verify',
  ])) as webcrypto.CryptoKeyPair;
  const certificate = new pki.Certificate();
  serial += 1;
  certificate.version = 2;
  certificate.serialNumber = new asn1.Integer({ value: serial });
  const { name = 'A physician', serialNumber, drfo, keyAlgorithm } = identity;
  for (const side of [certificate.subject, certificate.issuer]) {
    side.typesAndValues.push(says(CN, new asn1.Utf8String({ value: name })));
    if (serialNumber === undefined) continue;
    side.typesAndValues.push(
      says(SERIAL_NUMBER, new asn1.PrintableString({ value: serialNumber })),
    );
  }
  certificate.notBefore.value = new Date('2026-01-01T00:00:00Z');
  certificate.notAfter.value = new Date('2036-01-01T00:00:00Z');
  if (drfo !== undefined) certificate.extensions = [directoryAttributes(drfo)];
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey);
  if (keyAlgorithm) certificate.subjectPublicKeyInfo.algorithm.algorithmId = keyAlgorithm;
  await certificate.sign(keys.privateKey, hash);
  return { key: keys.privateKey, certificate, hash };
}

function says(type: string, value: asn1.Utf8String | asn1.PrintableString) {
  return new pki.AttributeTypeAndValue({ type, value });
}

/** RFC 5280 §4.2.1.8 */
function directoryAttributes(drfo: string): pki.Extension {
  const values = new asn1.Set({ value: [new asn1.PrintableString({ value: drfo })] });
  const attribute = [new asn1.ObjectIdentifier({ value: DRFO }), values];
  const list = new asn1.Sequence({ value: [new asn1.Sequence({ value: attribute })] });
  return new pki.Extension({ extnID: '2.5.29.9', extnValue: list.toBER() });
}

export interface Sealing {
  /** Whether the signature covers attributes, and these the content. Default: it does. */
  attributes?: boolean;
  /** Whether the certificates are inside. Default: they are. */
  certificates?: boolean;
  /** Signs in place of the physicians' own keys. */
  key?: webcrypto.CryptoKey;
  /** Changes the structure after it has been signed. */
  spoil?: (data: pki.SignedData) => void;
}

/** A CMS SignedData container (RFC 5652), DER. */
export async function seal(
  content: string | Buffer,
  physicians: Physician[],
  { attributes = true, certificates = true, key, spoil }: Sealing = {},
): Promise<Buffer> {
  const bytes = Buffer.from(content);
  const data = new pki.SignedData({
    version: 1,
    encapContentInfo: new pki.EncapsulatedContentInfo({
      eContentType: pki.ContentInfo.DATA,
      eContent: new asn1.OctetString({ valueHex: Uint8Array.from(bytes).buffer }),
    }),
    signerInfos: await Promise.all(physicians.map((one) => signerInfo(one, bytes, attributes))),
    ...(certificates ? { certificates: physicians.map(({ certificate }) => certificate) } : {}),
  });
  for (const [i, physician] of physicians.entries()) {
    await data.sign(key ?? physician.key, i, physician.hash, Uint8Array.from(bytes).buffer);
  }
  spoil?.(data);
  const signed = data.toSchema(true);
  const info = new pki.ContentInfo({ contentType: pki.ContentInfo.SIGNED_DATA, content: signed });
  return Buffer.from(info.toSchema().toBER());
}

async function signerInfo(
  { certificate, hash }: Physician,
  bytes: Buffer,
  attributes: boolean,
): Promise<pki.SignerInfo> {
  const info = new pki.SignerInfo({
    version: 1,
    sid: new pki.IssuerAndSerialNumber({
      issuer: certificate.issuer,
      serialNumber: certificate.serialNumber,
    }),
  });
  if (!attributes) return info;
  const digest = await webcrypto.subtle.digest(hash, bytes);
  const attribute = (type: string, value: unknown) => new pki.Attribute({ type, values: [value] });
  info.signedAttrs = new pki.SignedAndUnsignedAttributes({
    type: 0,
    attributes: [
      attribute('1.2.840.113549.1.9.3', new asn1.ObjectIdentifier({ value: pki.ContentInfo.DATA })),
      attribute('1.2.840.113549.1.9.5', new asn1.UTCTime({ valueDate: new Date('2026-02-02') })),
      attribute('1.2.840.113549.1.9.4', new asn1.OctetString({ valueHex: digest })),
    ],
  });
  return info;
}

/** The look of DSTU 4145 in a normal basis, over Kupyna of 512 bits: nobody here can compute it. */
export const LOOKS_LIKE_DSTU = '1.2.804.2.1.1.1.1.3.1.2';

export function makeDstu(data: pki.SignedData): void {
  for (const info of data.signerInfos) {
    info.digestAlgorithm.algorithmId = '1.2.804.2.1.1.1.1.2.2.3';
    info.signatureAlgorithm = new pki.AlgorithmIdentifier({ algorithmId: LOOKS_LIKE_DSTU });
    info.signature = new asn1.OctetString({ valueHex: new Uint8Array(64).fill(7).buffer });
  }
}
