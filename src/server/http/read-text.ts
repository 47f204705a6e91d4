import type { IncomingMessage, ServerResponse } from 'node:http';
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

/**
 * Reads a request's body as text; an empty one is none. One of the two functions is called, once.
 * @param most bytes; RFC 9110 §15.5.14: longer bodies are refused with 413
 */
export function readText(
  req: IncomingMessage,
  most: number,
  done: (text: string | undefined) => void,
  fail: (problem: BodyProblem) => void,
): void {
  const { 'content-encoding': encoding = 'identity', 'content-type': type = '' } = req.headers;
  if (encoding.toLowerCase() === 'identity' && PLAIN.test(type)) readPlain(req, most, done, fail);
  else readOther(req, most, done, fail);
}

function readPlain(
  req: IncomingMessage,
  most: number,
  done: (text: string | undefined) => void,
  fail: (problem: BodyProblem) => void,
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
    // RFC 8259 §8.1: a byte order mark may be ignored.
    const text = Buffer.concat(chunks)
      .toString('utf8')
      .replace(/^\uFEFF/, '');
    done(text === '' ? undefined : text);
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

/** Compressed bodies and other charsets. */
function readOther(
  req: IncomingMessage,
  most: number,
  done: (text: string | undefined) => void,
  fail: (problem: BodyProblem) => void,
): void {
  import('body-parser').then(({ default: parser }) => {
    const read = parser.text({ limit: most, type: () => true, defaultCharset: 'utf-8' });
    read(req, {} as ServerResponse, (error?: unknown) => {
      const { body } = req as IncomingMessage & { body?: unknown };
      if (isTooLarge(error)) fail(tooLarge(most));
      else if (error) fail(error as BodyProblem);
      else done(typeof body === 'string' && body !== '' ? body : undefined);
    });
  }, fail);
}
