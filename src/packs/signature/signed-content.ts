import { isObject, type Json } from '../../contract/json.js';
import type { Signer } from './open-container.js';

/** What a client signed, and who; without a container nobody has. */
export type SignedContent = { content: Json; signers: readonly Signer[] } | { problem: string };

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
const PEM = /^\s*-----BEGIN [A-Z0-9 ]+-----([^-]+)-----END [A-Z0-9 ]+-----\s*$/;

let library: typeof import('./containers.js') | undefined;

/**
 * Makes ready what {@link readSignedContent} needs for this text: reads the library for containers, which costs a
 * twentieth of a second that a start does not have, and lets a thread compute signatures of DSTU 4145.
 * Undefined: everything is there.
 *
 * @example
 * prepare: (operation, body) => (SIGNED.includes(operation) ? prepareContainers(at(body, 'data')) : undefined),
 */
export function prepareContainers(data?: unknown): Promise<void> | undefined {
  const container = typeof data === 'string' ? containerOf(data) : undefined;
  if (library) return container && library.verifyAhead(container);
  return import('./containers.js').then((read) => {
    library = read;
    return container && read.verifyAhead(container);
  });
}

/**
 * Reads the JSON that a client signed: base64 of a CMS container with the content inside, or of the
 * JSON alone, so that a client can be tried out before it has a key. Only after {@link prepareContainers}.
 */
export function readSignedContent(data: string): SignedContent {
  if (!library) throw new Error('the library for signature containers has not been read');
  const bytes = containerOf(data);
  if (!bytes) return { problem: 'is not base64; send the signature container in base64' };
  const json = parseObject(bytes);
  if (json) return { content: json, signers: [] };
  const opened = library.open(bytes);
  if (typeof opened === 'string') return { problem: opened };
  const content = parseObject(opened.content);
  return content
    ? { content, signers: opened.signers }
    : { problem: 'holds a content that is no JSON object; sign the JSON document itself' };
}

/** The bytes that came in base64, also those of a PEM text; undefined: they are none. */
function containerOf(data: string): Buffer | undefined {
  const bytes = decode(data);
  if (!bytes?.length) return undefined;
  const pem = PEM.exec(bytes.toString('latin1'))?.[1];
  return (pem === undefined ? undefined : decode(pem)) ?? bytes;
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
