import type { IncomingMessage, ServerResponse } from 'node:http';

/** RFC 9110 §15.5.14: longer bodies are refused with 413. */
export const MAX_BODY = 1024 * 1024;

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

/** Reads a request's body as text; an empty one is none. One of the two functions is called, once. */
export function readText(
  req: IncomingMessage,
  done: (text: string | undefined) => void,
  fail: (problem: BodyProblem) => void,
): void {
  const { 'content-encoding': encoding = 'identity', 'content-type': type = '' } = req.headers;
  if (encoding.toLowerCase() === 'identity' && PLAIN.test(type)) readPlain(req, done, fail);
  else readOther(req, done, fail);
}

function readPlain(
  req: IncomingMessage,
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
    if (size > MAX_BODY) stop({ type: 'entity.too.large', status: 413, message: 'too large' });
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
  if (Number(req.headers['content-length'] ?? 0) > MAX_BODY) {
    fail({ type: 'entity.too.large', status: 413, message: 'too large' });
    return;
  }
  req.on('data', take).on('end', end).on('close', abort).on('error', abort);
}

/** Compressed bodies and other charsets. */
function readOther(
  req: IncomingMessage,
  done: (text: string | undefined) => void,
  fail: (problem: BodyProblem) => void,
): void {
  import('body-parser').then(({ default: parser }) => {
    const read = parser.text({ limit: MAX_BODY, type: () => true, defaultCharset: 'utf-8' });
    read(req, {} as ServerResponse, (error?: unknown) => {
      const { body } = req as IncomingMessage & { body?: unknown };
      if (error) fail(error as BodyProblem);
      else done(typeof body === 'string' && body !== '' ? body : undefined);
    });
  }, fail);
}
