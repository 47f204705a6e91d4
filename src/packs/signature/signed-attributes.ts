import { createHash } from 'node:crypto';
import { type BaseBlock, fromBER, ObjectIdentifier, OctetString } from 'asn1js';
import type { SignerInfo } from 'pkijs';
import { childrenOf } from './certificate.js';
import { LIMITS } from './limits.js';

const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';

/** Its tag. */
const SET_OF = 0x31;

/**
 * What the signature says of the content, when it does not cover the content itself: both attributes
 * must be there, once, with one value (RFC 5652 §5.3, §11.1, §11.2).
 * @param digest of the signer, by Node's name; undefined: it cannot be computed here
 * @returns what is wrong
 */
export function attributesProblem(
  signer: SignerInfo,
  content: Buffer,
  contentType: string,
  digest: string | undefined,
): string | undefined {
  const type = onlyValue(signer, CONTENT_TYPE);
  if (!(type instanceof ObjectIdentifier))
    return 'its signed attributes do not name the content type';
  if (type.getValue() !== contentType) return 'its signed attributes name another content type';
  const signed = messageDigestOf(signer);
  if (!signed) return 'its signed attributes hold no message digest';
  if (digest === undefined) return undefined;
  const computed = createHash(digest).update(content).digest();
  return computed.equals(signed) ? undefined : OTHER_CONTENT;
}

export const OTHER_CONTENT = 'the content is not what was signed: its digest differs';

/** What the signed attributes say of the content; undefined: nothing. */
export function messageDigestOf(signer: SignerInfo): Buffer | undefined {
  const signed = onlyValue(signer, MESSAGE_DIGEST);
  return signed instanceof OctetString ? Buffer.from(signed.getValue()) : undefined;
}

/**
 * The bytes that a signature over attributes may cover: the attributes under the tag SET OF, in DER (RFC 5652 §5.4).
 * As they came first, for most signers write DER; then in order, and what came in indefinite length encoded anew.
 */
export function* attributeBytes({ signedAttrs }: SignerInfo): Generator<Buffer> {
  if (!signedAttrs) return;
  const came = Buffer.from(signedAttrs.encodedValue);
  yield came;
  const { result } = fromBER(came, LIMITS);
  const members = hasIndefinite(result)
    ? signedAttrs.attributes.map((attribute) => Buffer.from(attribute.toSchema().toBER()))
    : childrenOf(result).map((member) => Buffer.from(member.valueBeforeDecodeView));
  // ITU-T X.690 §11.6: the members of a SET OF stand in ascending order.
  const sorted = members.toSorted(Buffer.compare);
  if (hasIndefinite(result) || sorted.some((member, i) => member !== members[i])) {
    yield setOf(Buffer.concat(sorted));
  }
}

function hasIndefinite(block: BaseBlock): boolean {
  return block.lenBlock.isIndefiniteForm || childrenOf(block).some(hasIndefinite);
}

/** A SET OF with these members, DER: an octet string has its length in the same place. */
function setOf(members: Buffer): Buffer {
  const set = Buffer.from(new OctetString({ valueHex: Uint8Array.from(members).buffer }).toBER());
  set[0] = SET_OF;
  return set;
}

function onlyValue({ signedAttrs }: SignerInfo, type: string): unknown {
  const found = signedAttrs?.attributes.filter((attribute) => attribute.type === type) ?? [];
  const values = found.flatMap((attribute) => attribute.values as unknown[]);
  return found.length === 1 && values.length === 1 ? values[0] : undefined;
}
