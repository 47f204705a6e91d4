import { type BaseBlock, fromBER, ObjectIdentifier, OctetString, Sequence } from 'asn1js';
import { SignedData, type SignerInfo } from 'pkijs';
import { certificateOf, childrenOf, nameOf, taxIdsOf } from './certificate.js';
import type { Ask } from './dstu/question.js';
import { LIMITS } from './limits.js';
import { checkSignature } from './verify.js';

/** Whose signature it is, and how it stands. */
export interface Signer {
  /** Common name of the certificate's subject. */
  name: string;
  /** Tax ids that the certificate names; most often one. */
  taxIds: readonly string[];
  state: 'verified' | 'unverified';
  /** The algorithm, in words. */
  how: string;
}

/** A container whose every signature is good, or of a kind that cannot be verified. */
export interface Opened {
  content: Buffer;
  signers: readonly Signer[];
}

/** RFC 5652 §5.1. */
const SIGNED_DATA = '1.2.840.113549.1.7.2';

/** A physician and a seal or two; each costs a verification, with a key as long as a client likes. */
const MAX_SIGNERS = 16;

const NOT_A_CONTAINER =
  'holds neither a CMS SignedData container (RFC 5652) nor a JSON object; sign the JSON with the content attached';

/**
 * Opens a CMS SignedData container; a text says what is wrong. Whatever was sent, it does not throw.
 * @param ask who computes signatures of DSTU 4145: once for each of them, in their order, up to the first that is no good
 */
export function openContainer(bytes: Buffer, ask: Ask): Opened | string {
  try {
    const { offset, result } = fromBER(bytes, LIMITS);
    if (offset === -1) return `${NOT_A_CONTAINER} (ASN.1: ${result.error.toLowerCase()})`;
    const container = containerOf(result);
    if (typeof container === 'string') return container;
    const extra = bytes.length - offset;
    if (extra > 0)
      return `has ${extra} bytes after the end of the container; send the container alone`;
    return opened(container, ask);
  } catch {
    return NOT_A_CONTAINER;
  }
}

/** ContentInfo → SignedData → encapContentInfo → eContent (RFC 5652 §3, §5.1, §5.2). */
function containerOf(root: BaseBlock): { signedData: BaseBlock; content: Buffer } | string {
  const [contentType, wrapped] = childrenOf(root);
  if (!(contentType instanceof ObjectIdentifier)) return NOT_A_CONTAINER;
  const oid = contentType.getValue();
  if (oid !== SIGNED_DATA) {
    return `is a CMS container of another kind (${oid.slice(0, 60)}); send SignedData (${SIGNED_DATA})`;
  }
  const [signedData] = childrenOf(wrapped);
  const encapsulated = childrenOf(signedData)[2];
  if (!signedData || !(encapsulated instanceof Sequence)) return NOT_A_CONTAINER;
  const [content] = childrenOf(childrenOf(encapsulated)[1]);
  if (content === undefined) {
    return 'is a detached signature: the signed JSON is not inside; sign with the content attached';
  }
  if (!(content instanceof OctetString)) return NOT_A_CONTAINER;
  return { signedData, content: Buffer.from(content.getValue()) };
}

function opened(
  { signedData, content }: { signedData: BaseBlock; content: Buffer },
  ask: Ask,
): Opened | string {
  const data = new SignedData({ schema: signedData });
  if (data.signerInfos.length === 0)
    return 'is a container without any signature; sign the content';
  const { length } = data.signerInfos;
  if (length > MAX_SIGNERS)
    return `has ${length} signatures; ${MAX_SIGNERS} are the most that is read`;
  const signers: Signer[] = [];
  for (const info of data.signerInfos) {
    const signer = readSigner(info, data, content, ask);
    if (typeof signer === 'string') return signer;
    signers.push(signer);
  }
  return { content, signers };
}

function readSigner(
  info: SignerInfo,
  data: SignedData,
  content: Buffer,
  ask: Ask,
): Signer | string {
  const certificate = certificateOf(info, data);
  if (!certificate) {
    return 'does not hold the certificate of its signer; sign with the certificate included';
  }
  const { eContentType } = data.encapContentInfo;
  const checked = checkSignature(info, certificate, content, eContentType, ask);
  const name = nameOf(certificate);
  if ('problem' in checked)
    return `has a signature (of ${name}) that is no good: ${checked.problem}`;
  return { name, taxIds: taxIdsOf(certificate), ...checked };
}
