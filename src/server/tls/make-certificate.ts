import { createPrivateKey, randomBytes, webcrypto, X509Certificate } from 'node:crypto';
import { isIP, isIPv4 } from 'node:net';
import { BitString, Integer, OctetString, Utf8String } from 'asn1js';
import {
  AttributeTypeAndValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  Extension,
  ExtKeyUsage,
  GeneralName,
  GeneralNames,
} from 'pkijs';

/** Key and certificate in PEM. */
export interface Pair {
  key: string;
  cert: string;
}

/** Who signs certificates. */
export interface Issuer extends Pair {
  certificate: Certificate;
  privateKey: webcrypto.CryptoKey;
}

const DAY = 86_400_000;
const AUTHORITY_LASTS = 3650 * DAY;
/** Apple's systems take no more of a server, https://support.apple.com/102028. */
const LEAF_LASTS = 397 * DAY;
/** Clocks of clients in containers and virtual machines are late. */
const BEFORE = DAY;

/** Every TLS library that is in use reads it (RFC 8422 §5.1.1). */
const KEY_KIND = { name: 'ECDSA', namedCurve: 'P-256' };

const OID = {
  commonName: '2.5.4.3',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
};

/** RFC 5280 §4.2.1.3, counted from the first bit: digitalSignature (0); keyCertSign (5) and cRLSign (6). */
const SIGNS_HANDSHAKES = { bits: 0b1000_0000, unused: 7 };
const SIGNS_CERTIFICATES = { bits: 0b0000_0110, unused: 1 };

/** An authority that signs for servers, and for no further authority. */
export async function makeAuthority(host: string, now: number): Promise<Pair> {
  const keys = await makeKeys();
  const certificate = await begin(keys.publicKey, now, AUTHORITY_LASTS);
  // Two authorities of one name would be taken for one another.
  const mark = randomBytes(3).toString('hex');
  name(certificate, `ESOZ Sandbox authority ${mark} of ${host}`.slice(0, 64));
  certificate.issuer = certificate.subject;
  const own = await keyId(certificate);
  certificate.extensions = [
    extension(OID.basicConstraints, true, new BasicConstraints({ cA: true, pathLenConstraint: 0 })),
    usage(SIGNS_CERTIFICATES),
    extension(OID.subjectKeyIdentifier, false, own),
  ];
  return finish(certificate, keys.privateKey, keys.privateKey);
}

/**
 * A server's certificate.
 * @param names host names and addresses
 */
export async function makeLeaf(
  { certificate: authority, privateKey }: Issuer,
  names: readonly string[],
  now: number,
): Promise<Pair> {
  const keys = await makeKeys();
  const certificate = await begin(keys.publicKey, now, LEAF_LASTS);
  name(certificate, 'ESOZ Sandbox');
  certificate.issuer = authority.subject;
  const alternatives = new GeneralNames({ names: names.map(generalName) });
  const signer = new AuthorityKeyIdentifier({ keyIdentifier: await keyId(authority) });
  certificate.extensions = [
    extension(OID.basicConstraints, true, new BasicConstraints({ cA: false })),
    usage(SIGNS_HANDSHAKES),
    extension(OID.extKeyUsage, false, new ExtKeyUsage({ keyPurposes: [OID.serverAuth] })),
    extension(OID.subjectAltName, false, alternatives),
    extension(OID.subjectKeyIdentifier, false, await keyId(certificate)),
    extension(OID.authorityKeyIdentifier, false, signer),
  ];
  return finish(certificate, privateKey, keys.privateKey);
}

/** Reads what {@link makeAuthority} has made. @param text key and certificate, one behind the other */
export async function readIssuer(text: string): Promise<Issuer> {
  const { raw } = new X509Certificate(text);
  const certificate = Certificate.fromBER(raw);
  const der = createPrivateKey(text).export({ type: 'pkcs8', format: 'der' });
  const privateKey = await webcrypto.subtle.importKey('pkcs8', der, KEY_KIND, false, ['sign']);
  return { key: text, cert: pem('CERTIFICATE', raw), certificate, privateKey };
}

function makeKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(KEY_KIND, true, ['sign', 'verify']);
}

async function begin(
  publicKey: webcrypto.CryptoKey,
  now: number,
  lasts: number,
): Promise<Certificate> {
  const certificate = new Certificate();
  certificate.version = 2;
  // RFC 5280 §4.1.2.2: positive, at most 20 bytes, never twice of one issuer.
  const serial = randomBytes(16);
  serial[0] = ((serial[0] as number) & 0x7f) | 0x40;
  certificate.serialNumber = new Integer({ valueHex: Uint8Array.from(serial).buffer });
  certificate.notBefore.value = new Date(now - BEFORE);
  certificate.notAfter.value = new Date(now - BEFORE + lasts);
  await certificate.subjectPublicKeyInfo.importKey(publicKey);
  return certificate;
}

function name({ subject }: Certificate, commonName: string): void {
  const value = new Utf8String({ value: commonName });
  subject.typesAndValues.push(new AttributeTypeAndValue({ type: OID.commonName, value }));
}

/** RFC 5280 §4.2.1.2, method 1: SHA-1 of the key's bits; no more than a name for it. */
async function keyId({ subjectPublicKeyInfo }: Certificate): Promise<OctetString> {
  const bits = subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView;
  return new OctetString({ valueHex: await webcrypto.subtle.digest('SHA-1', bits) });
}

interface Encoded {
  toSchema?(): { toBER(): ArrayBuffer };
  toBER?(): ArrayBuffer;
}

function extension(extnID: string, critical: boolean, value: Encoded): Extension {
  const encoded = value.toSchema?.() ?? (value as { toBER(): ArrayBuffer });
  return new Extension({ extnID, critical, extnValue: encoded.toBER() });
}

function usage({ bits, unused }: { bits: number; unused: number }): Extension {
  const valueHex = new Uint8Array([bits]).buffer;
  return extension(OID.keyUsage, true, new BitString({ unusedBits: unused, valueHex }));
}

/** RFC 5280 §4.2.1.6: dNSName is [2], iPAddress [7]. */
function generalName(text: string): GeneralName {
  if (isIP(text) === 0) return new GeneralName({ type: 2, value: text });
  return new GeneralName({
    type: 7,
    value: new OctetString({ valueHex: addressBytes(text).buffer }),
  });
}

function addressBytes(address: string): Uint8Array<ArrayBuffer> {
  if (isIPv4(address)) return Uint8Array.from(address.split('.').map(Number));
  // The URL standard writes every IPv6 address in one way: groups in hex, `::` for the longest run of zeros.
  const { hostname } = new URL(`http://[${address}]`);
  const [before = '', after] = hostname.slice(1, -1).split('::');
  const groups = (text: string | undefined) => (text ? text.split(':') : []);
  const [first, last] = [groups(before), groups(after)];
  const zeros = Array<string>(8 - first.length - last.length).fill('0');
  const values = [...first, ...zeros, ...last].map((group) => Number.parseInt(group, 16));
  return Uint8Array.from(values.flatMap((value) => [value >> 8, value & 0xff]));
}

async function finish(
  certificate: Certificate,
  signer: webcrypto.CryptoKey,
  own: webcrypto.CryptoKey,
): Promise<Pair> {
  await certificate.sign(signer, 'SHA-256');
  const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', own));
  return {
    key: pem('PRIVATE KEY', key),
    cert: pem('CERTIFICATE', Buffer.from(certificate.toSchema(true).toBER())),
  };
}

/** RFC 7468 §2. */
function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
