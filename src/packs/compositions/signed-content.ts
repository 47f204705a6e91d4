import {
  type BaseBlock,
  Constructed,
  fromBER,
  ObjectIdentifier,
  OctetString,
  Sequence,
} from 'asn1js';
import { isObject, type Json } from '../../contract/json.js';

export type SignedContent = { content: Json } | { problem: string };

/** RFC 5652 §5.1. */
const SIGNED_DATA = '1.2.840.113549.1.7.2';

/** Content signed as a stream comes in many pieces; a hostile mebibyte still costs a fraction of a second. */
const LIMITS = { maxDepth: 64, maxNodes: 20_000, parseEmbedded: false };

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
const PEM = /^\s*-----BEGIN [A-Z0-9 ]+-----([^-]+)-----END [A-Z0-9 ]+-----\s*$/;

/**
 * Reads the JSON that a client signed: base64 of a CMS container with the content inside, or of the
 * JSON alone, so that a client can be tried out before it has a key. The signature is not verified.
 */
export function readSignedContent(data: string): SignedContent {
  const bytes = decode(data);
  if (!bytes?.length) return { problem: 'is not base64; send the signature container in base64' };
  const json = parseObject(bytes);
  if (json) return { content: json };
  const pem = PEM.exec(bytes.toString('latin1'))?.[1];
  const content = unwrap((pem === undefined ? undefined : decode(pem)) ?? bytes);
  if (typeof content === 'string') return { problem: content };
  const signed = parseObject(content);
  return signed
    ? { content: signed }
    : { problem: 'holds a content that is no JSON object; sign the JSON document itself' };
}

/** RFC 4648 §4 and §5: both alphabets, with line breaks, with or without padding. */
function decode(text: string): Buffer | undefined {
  const plain = text.replace(/\s+/g, '').replaceAll('-', '+').replaceAll('_', '/');
  return BASE64.test(plain) ? Buffer.from(plain, 'base64') : undefined;
}

function parseObject(bytes: Buffer): Json | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes)); // drops a byte order mark
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const NOT_A_CONTAINER =
  'holds neither a CMS SignedData container (RFC 5652) nor a JSON object; sign the JSON with the content attached';

/** The signed bytes; a text says why there are none. Whatever was sent, it does not throw. */
function unwrap(bytes: Buffer): Buffer | string {
  try {
    const { offset, result } = fromBER(bytes, LIMITS);
    if (offset !== -1) return contentOf(result);
    return `${NOT_A_CONTAINER} (ASN.1: ${result.error.toLowerCase()})`;
  } catch {
    return NOT_A_CONTAINER;
  }
}

/** ContentInfo → SignedData → encapContentInfo → eContent (RFC 5652 §3, §5.1, §5.2). */
function contentOf(container: BaseBlock): Buffer | string {
  const [contentType, wrapped] = childrenOf(container);
  if (!(contentType instanceof ObjectIdentifier)) return NOT_A_CONTAINER;
  const oid = contentType.getValue();
  if (oid !== SIGNED_DATA) {
    return `is a CMS container of another kind (${oid.slice(0, 60)}); send SignedData (${SIGNED_DATA})`;
  }
  const [signedData] = childrenOf(wrapped);
  const encapsulated = childrenOf(signedData)[2];
  if (!(encapsulated instanceof Sequence)) return NOT_A_CONTAINER;
  const [content] = childrenOf(childrenOf(encapsulated)[1]);
  if (content === undefined) {
    return 'is a detached signature: the signed JSON is not inside; sign with the content attached';
  }
  return content instanceof OctetString ? Buffer.from(content.getValue()) : NOT_A_CONTAINER;
}

/** Of a constructed block; any other has none. */
function childrenOf(block: BaseBlock | undefined): BaseBlock[] {
  return block instanceof Constructed ? (block.valueBlock.value as BaseBlock[]) : [];
}
