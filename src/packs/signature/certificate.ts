import { createHash } from 'node:crypto';
import {
  type BaseBlock,
  BaseStringBlock,
  Constructed,
  fromBER,
  ObjectIdentifier,
  OctetString,
} from 'asn1js';
import { Certificate, IssuerAndSerialNumber, type SignedData, type SignerInfo } from 'pkijs';
import { LIMITS } from './limits.js';

/** RFC 5280 appendix A.1: ub-common-name-length, and then some. */
const MAX_NAME = 100;

const COMMON_NAME = '2.5.4.3';
const SERIAL_NUMBER = '2.5.4.5';
const SUBJECT_KEY_IDENTIFIER = '2.5.29.14';
const SUBJECT_DIRECTORY_ATTRIBUTES = '2.5.29.9';
/** The number of the register of natural persons (ДРФО), an attribute of qualified certificates in Ukraine. */
const DRFO = '1.2.804.2.1.1.1.11.1.4.1.1';

/** The certificate of a signer, if the container holds it (RFC 5652 §5.3, sid). */
export function certificateOf(
  { sid }: SignerInfo,
  { certificates = [] }: SignedData,
): Certificate | undefined {
  const known = certificates.filter((one) => one instanceof Certificate);
  if (sid instanceof IssuerAndSerialNumber) {
    return known.find(
      (one) => one.issuer.isEqual(sid.issuer) && one.serialNumber.isEqual(sid.serialNumber),
    );
  }
  const wanted = bytesOf(sid as BaseBlock);
  return known.find((one) => keyIdentifiersOf(one).some((id) => id.equals(wanted)));
}

/** For people: the common name, else nothing that could be told. */
export function nameOf({ subject }: Certificate): string {
  const [name = 'a signer without a name'] = textsOf(subject.typesAndValues, COMMON_NAME);
  return name.slice(0, MAX_NAME).replace(/\p{Cc}+/gu, ' ');
}

/**
 * The tax ids that a certificate names: `TINUA-1234567890` or ten digits as the subject's serialNumber
 * (ETSI EN 319 412-1 §5.1.3), or ДРФО among the subject's directory attributes (RFC 5280 §4.2.1.8).
 */
export function taxIdsOf(certificate: Certificate): string[] {
  const numbers = textsOf(certificate.subject.typesAndValues, SERIAL_NUMBER);
  const named = numbers.flatMap((number) => {
    const [, id] = /^TINUA-(.+)$/i.exec(number) ?? /^(\d{10})$/.exec(number) ?? [];
    return id === undefined ? [] : [id.trim()];
  });
  return [...named, ...drfoOf(certificate)];
}

function drfoOf(certificate: Certificate): string[] {
  const [list] = extensionOf(certificate, SUBJECT_DIRECTORY_ATTRIBUTES);
  return childrenOf(list).flatMap((attribute) => {
    const [type, values] = childrenOf(attribute);
    if (!(type instanceof ObjectIdentifier) || type.getValue() !== DRFO) return [];
    return childrenOf(values).flatMap((value) =>
      value instanceof BaseStringBlock ? [value.getValue().trim()] : [],
    );
  });
}

function keyIdentifiersOf(certificate: Certificate): Buffer[] {
  const [given] = extensionOf(certificate, SUBJECT_KEY_IDENTIFIER);
  if (given) return [bytesOf(given)];
  // RFC 5280 §4.2.1.2: without the extension, SHA-1 of the key's bits.
  const bits = certificate.subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView;
  return [createHash('sha1').update(bits).digest()];
}

function extensionOf({ extensions = [] }: Certificate, oid: string): BaseBlock[] {
  const found = extensions.find((extension) => extension.extnID === oid);
  if (!found) return [];
  const { offset, result } = fromBER(found.extnValue.getValue(), LIMITS);
  return offset === -1 ? [] : [result];
}

function textsOf(list: Certificate['subject']['typesAndValues'], oid: string): string[] {
  return list.flatMap(({ type, value }) => {
    const text = value instanceof BaseStringBlock ? value.getValue().trim() : '';
    return (type as string) === oid && text !== '' ? [text] : [];
  });
}

/** Of an OCTET STRING, or of one under an implicit tag. */
function bytesOf(block: BaseBlock): Buffer {
  if (block instanceof OctetString) return Buffer.from(block.getValue());
  const [inner] = childrenOf(block);
  if (inner instanceof OctetString) return Buffer.from(inner.getValue());
  const { valueBlock } = block as { valueBlock: { valueHexView?: Uint8Array } };
  return Buffer.from(valueBlock.valueHexView ?? []);
}

/** Of a constructed block; any other has none. */
export function childrenOf(block: BaseBlock | undefined): BaseBlock[] {
  return block instanceof Constructed ? (block.valueBlock.value as BaseBlock[]) : [];
}
