import type { IncomingMessage, ServerResponse } from 'node:http';
import { isJson, mediaTypeOf } from '../../contract/media-type.js';
import { isForm } from '../../contract/read-form.js';
import { firstBadByte } from '../../contract/utf8.js';
import { formatSize } from '../../size.js';

/** Why a body cannot be read, in the form of body-parser's errors. */
export interface BodyProblem {
  type?: string;
  status?: number;
  message: string;
}

/** RFC 9112 §6.3: without either header a request has no body. */
export function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

/** The encodings and charsets that need no library: what nearly every client sends. */
const PLAIN = /^(?:(?!charset).)*(?:charset="?utf-8"?)?$/i;

/** A body's text, and its bytes for what is no text. */
export interface BodyText {
  text: string;
  bytes: Buffer;
}

type Done = (body: BodyText | undefined) => void;
type Fail = (problem: BodyProblem) => void;

/**
 * Reads a request's body; an empty one is none. One of the two functions is called, once.
 * @param most bytes; RFC 9110 §15.5.14: longer bodies are refused with 413
 */
export function readText(req: IncomingMessage, most: number, done: Done, fail: Fail): void {
  const { 'content-encoding': encoding = 'identity', 'content-type': type = '' } = req.headers;
  const isUtf8 = PLAIN.test(type);
  const take = (bytes: Buffer) => takeText(bytes, mediaTypeOf(type), done, fail);
  if (encoding.toLowerCase() === 'identity' && isUtf8) readPlain(req, most, take, fail);
  else readOther(req, most, isUtf8 ? take : undefined, done, fail);
}

/** @param bytes said or taken to be UTF-8 */
function takeText(bytes: Buffer, mediaType: string, done: Done, fail: Fail): void {
  if (bytes.length === 0) {
    done(undefined);
    return;
  }
  const bad = isText(mediaType) ? badByte(bytes, mediaType) : undefined;
  if (bad !== undefined) {
    fail({ type: 'charset.wrong', status: 400, message: bad });
    return;
  }
  // RFC 8259 §8.1: a byte order mark may be ignored.
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  done(text === '' ? undefined : { text, bytes });
}

/** RFC 8259 §8.1, RFC 6657 §4, WHATWG URL §5.1: these are UTF-8 unless they say otherwise. XML says so within itself. */
function isText(mediaType: string): boolean {
  if (isJson(mediaType)) return true;
  if (mediaType.startsWith('text/')) return mediaType !== 'text/xml';
  return isForm(mediaType) && !mediaType.startsWith('multipart/');
}

/** Which byte is none of UTF-8, in words. */
function badByte(bytes: Buffer, mediaType: string): string | undefined {
  const at = firstBadByte(bytes);
  if (at !== undefined) {
    const byte = `0x${(bytes[at] as number).toString(16).padStart(2, '0').toUpperCase()}`;
    return `it is not UTF-8: byte ${at} is ${byte}; ${NEXT}`;
  }
  // RFC 4627 §3: JSON begins with two characters of ASCII, so a NUL among them is half of one of UTF-16.
  const half = bytes.subarray(0, 2).indexOf(0);
  if (half === -1 || bytes.length < 2 || bytes[1 - half] === 0 || !isJson(mediaType)) {
    return undefined;
  }
  return `it is not UTF-8 but UTF-16: byte ${half} is 0x00; ${NEXT}`;
}

const NEXT = 'send UTF-8, or name another one with charset= in Content-Type';

function readPlain(
  req: IncomingMessage,
  most: number,
  done: (bytes: Buffer) => void,
  fail: Fail,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  const stop = (problem: BodyProblem | undefined) => {
    req.off('data', take).off('end', end).off('close', abort).off('error', abort);
    if (problem) {
      req.pause();
      fail(problem);
    }
  };
  const take = (chunk: Buffer) => {
    size += chunk.length;
    chunks.push(chunk);
    if (size > most) stop(tooLarge(most));
  };
  const end = () => {
    stop(undefined);
    done(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));
  };
  const abort = () => stop({ type: 'request.aborted', status: 400, message: 'request aborted' });
  if (Number(req.headers['content-length'] ?? 0) > most) {
    fail(tooLarge(most));
    return;
  }
  req.on('data', take).on('end', end).on('close', abort).on('error', abort);
}

function isTooLarge(error: unknown): boolean {
  return (error as BodyProblem | undefined)?.type === 'entity.too.large';
}

function tooLarge(most: number): BodyProblem {
  const message = `the body is longer than ${formatSize(most)} (${most} bytes); --max-body raises the limit`;
  return { type: 'entity.too.large', status: 413, message };
}

/** Compressed bodies and other charsets; `take` for the bytes of those that are UTF-8. */
function readOther(
  req: IncomingMessage,
  most: number,
  take: ((bytes: Buffer) => void) | undefined,
  done: Done,
  fail: Fail,
): void {
  import('body-parser').then(({ default: parser }) => {
    const settings = { limit: most, type: () => true };
    const read = take
      ? parser.raw(settings)
      : parser.text({ ...settings, defaultCharset: 'utf-8' });
    read(req, {} as ServerResponse, (error?: unknown) => {
      const { body } = req as IncomingMessage & { body?: unknown };
      if (isTooLarge(error)) fail(tooLarge(most));
      else if (error) fail(error as BodyProblem);
      else if (Buffer.isBuffer(body)) take?.(body);
      else if (typeof body === 'string' && body !== '')
        done({ text: body, bytes: Buffer.from(body) });
      else done(undefined);
    });
  }, fail);
}
