import { isObject, type Json } from '../../contract/json.js';
import type { Signer } from './open-container.js';

/** What a client signed, and who; without a container nobody has. */
export type SignedContent = { content: Json; signers: readonly Signer[] } | { problem: string };

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
const PEM = /^\s*-----BEGIN [A-Z0-9 ]+-----([^-]+)-----END [A-Z0-9 ]+-----\s*$/;

let open: typeof import('./open-container.js').openContainer | undefined;

/**
 * Reads the library for containers, which costs a twentieth of a second that a start does not have.
 * Undefined: it is there.
 */
export function prepareContainers(): Promise<void> | undefined {
  if (open) return undefined;
  return import('./open-container.js').then(({ openContainer }) => {
    open = openContainer;
  });
}

/**
 * Reads the JSON that a client signed: base64 of a CMS container with the content inside, or of the
 * JSON alone, so that a client can be tried out before it has a key. Only after {@link prepareContainers}.
 */
export function readSignedContent(data: string): SignedContent {
  if (!open) throw new Error('the library for signature containers has not been read');
  const bytes = decode(data);
  if (!bytes?.length) return { problem: 'is not base64; send the signature container in base64' };
  const json = parseObject(bytes);
  if (json) return { content: json, signers: [] };
  const pem = PEM.exec(bytes.toString('latin1'))?.[1];
  const opened = open((pem === undefined ? undefined : decode(pem)) ?? bytes);
  if (typeof opened === 'string') return { problem: opened };
  const content = parseObject(opened.content);
  return content
    ? { content, signers: opened.signers }
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
