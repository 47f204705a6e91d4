import { createHash } from 'node:crypto';
import * as asn1 from 'asn1js';
import * as pki from 'pkijs';
import { BASE, ORDER, sumOf } from '../../src/packs/signature/dstu/curve.js';
import {
  bitsOf,
  element,
  invert,
  multiply,
  ONE,
  trace,
} from '../../src/packs/signature/dstu/field.js';
import { DIGESTS, type DstuDigest } from '../../src/packs/signature/dstu/question.js';

/** A physician whose key is one of DSTU 4145 on PB-257, made of a name. */
export interface DstuPhysician {
  secret: bigint;
  certificate: pki.Certificate;
}

const ARC = '1.2.804.2.1.1.1.1';
const OIDS: Record<DstuDigest, { digest: string; signature: string }> = {
  'GOST 34.311': { digest: `${ARC}.2.1`, signature: `${ARC}.3.1.1` },
  Kupyna: { digest: `${ARC}.2.2.1`, signature: `${ARC}.3.6.1.1` },
};
const SIGN = OIDS['GOST 34.311'].signature;

export function makeDstuPhysician(name: string, serialNumber?: string): DstuPhysician {
  const secret = numberFrom(`secret ${name}`);
  const certificate = new pki.Certificate();
  certificate.version = 2;
  certificate.serialNumber = new asn1.Integer({ value: 7 });
  for (const side of [certificate.subject, certificate.issuer]) {
    side.typesAndValues.push(says('2.5.4.3', new asn1.Utf8String({ value: name })));
    if (serialNumber === undefined) continue;
    side.typesAndValues.push(says('2.5.4.5', new asn1.PrintableString({ value: serialNumber })));
  }
  certificate.notBefore.value = new Date('2026-01-01T00:00:00Z');
  certificate.notAfter.value = new Date('2036-01-01T00:00:00Z');
  const curve = new asn1.Sequence({
    value: [new asn1.ObjectIdentifier({ value: `${SIGN}.2.6` })],
  });
  certificate.subjectPublicKeyInfo.algorithm = algorithm(SIGN, curve);
  const point = new asn1.OctetString({ valueHex: arrayOf(publicKeyOf(secret)) });
  certificate.subjectPublicKeyInfo.subjectPublicKey = new asn1.BitString({
    valueHex: point.toBER(),
  });
  certificate.signature = algorithm(SIGN);
  certificate.signatureAlgorithm = algorithm(SIGN);
  certificate.tbsView = new Uint8Array(certificate.encodeTBS().toBER());
  const covered = Buffer.from(certificate.tbsView);
  const own = sign(secret, DIGESTS['GOST 34.311'](covered));
  const wrapped = new asn1.OctetString({ valueHex: arrayOf(own) });
  certificate.signatureValue = new asn1.BitString({ valueHex: wrapped.toBER() });
  return { secret, certificate };
}

/** A CMS SignedData container (RFC 5652), DER, with signed attributes. */
export function sealWithDstu(
  content: string | Buffer,
  physicians: DstuPhysician[],
  digest: DstuDigest = 'GOST 34.311',
): Buffer {
  const bytes = Buffer.from(content);
  const data = new pki.SignedData({
    version: 1,
    encapContentInfo: new pki.EncapsulatedContentInfo({
      eContentType: pki.ContentInfo.DATA,
      eContent: new asn1.OctetString({ valueHex: arrayOf(bytes) }),
    }),
    digestAlgorithms: [algorithm(OIDS[digest].digest)],
    signerInfos: physicians.map((one) => signerInfo(one, bytes, digest)),
    certificates: physicians.map(({ certificate }) => certificate),
  });
  const info = new pki.ContentInfo({
    contentType: pki.ContentInfo.SIGNED_DATA,
    content: data.toSchema(true),
  });
  return Buffer.from(info.toSchema().toBER());
}

function signerInfo(
  { secret, certificate }: DstuPhysician,
  content: Buffer,
  digest: DstuDigest,
): pki.SignerInfo {
  const hash = new asn1.OctetString({ valueHex: arrayOf(DIGESTS[digest](content)) });
  const attributes = [
    new pki.Attribute({
      type: '1.2.840.113549.1.9.3',
      values: [new asn1.ObjectIdentifier({ value: pki.ContentInfo.DATA })],
    }),
    new pki.Attribute({ type: '1.2.840.113549.1.9.4', values: [hash] }),
  ];
  const set = new asn1.Set({ value: attributes.map((attribute) => attribute.toSchema()) });
  const covered = DIGESTS[digest](Buffer.from(set.toBER()));
  const { issuer, serialNumber } = certificate;
  return new pki.SignerInfo({
    version: 1,
    sid: new pki.IssuerAndSerialNumber({ issuer, serialNumber }),
    digestAlgorithm: algorithm(OIDS[digest].digest),
    signedAttrs: new pki.SignedAndUnsignedAttributes({ type: 0, attributes }),
    signatureAlgorithm: algorithm(OIDS[digest].signature),
    signature: new asn1.OctetString({ valueHex: arrayOf(sign(secret, covered)) }),
  });
}

/** DSTU 4145-2002, with a random number that is made of key and hash. */
function sign(secret: bigint, hash: Buffer): Buffer {
  const e = numberFrom(`${secret} ${hash.toString('hex')}`);
  const point = sumOf(e, BASE, 0n, BASE);
  if (!point) throw new Error('e is a multiple of the order');
  const product = multiply(element(fromBytes(hash)), point.x);
  const r = BigInt.asUintN(255, bitsOf(product));
  return Buffer.concat([toBytes(r, 32), toBytes((e + secret * r) % ORDER, 32)]);
}

/** Q = -d P, compressed, little-endian. */
function publicKeyOf(secret: bigint): Buffer {
  const point = sumOf(ORDER - secret, BASE, 0n, BASE);
  if (!point) throw new Error('the secret is a multiple of the order');
  const { x, y } = point;
  const bit = trace(multiply(y, invert(x))) === ONE ? 1n : 0n;
  const bits = bitsOf(x);
  return toBytes(bits - (bits & 1n) + bit, 33);
}

/** Below the order. */
function numberFrom(text: string): bigint {
  return BigInt(`0x${createHash('sha256').update(text).digest('hex')}`) >> 2n;
}

function fromBytes(bytes: Buffer): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
}

function toBytes(number: bigint, length: number): Buffer {
  return Buffer.from(number.toString(16).padStart(2 * length, '0'), 'hex').reverse();
}

function algorithm(algorithmId: string, algorithmParams?: asn1.Sequence): pki.AlgorithmIdentifier {
  return new pki.AlgorithmIdentifier({ algorithmId, ...(algorithmParams && { algorithmParams }) });
}

function says(type: string, value: asn1.Utf8String | asn1.PrintableString) {
  return new pki.AttributeTypeAndValue({ type, value });
}

function arrayOf(bytes: Buffer): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
