import type { IncomingMessage, ServerResponse } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { isJson, mediaTypeOf } from '../contract/validator.js';
import { decode } from './copy.js';
import type { Rewriter } from './rewrite.js';
import { type HeaderLines, headerOf } from './seen.js';

/** Longer ones of a known length, and longer compressed ones, are passed on as they are. */
const MAX_REWRITTEN = 1024 * 1024;

const CODINGS: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  identity: (bytes) => bytes,
  gzip: gzipSync,
  'x-gzip': gzipSync,
  br: brotliCompressSync,
  deflate: deflateSync,
};

/** RFC 9530 and what came before it: a body that is signed must not be touched. */
const SIGNED = ['content-digest', 'repr-digest', 'digest', 'content-md5', 'signature'];

/** Sends the head of an answer. */
type SendHead = (lines: HeaderLines) => void;

/**
 * Passes a body on, with the upstream's addresses told as the recorder's. One without a length streams;
 * another waits for its end, since its length may change, and goes as it came if there is nothing to rewrite.
 * @param head sends the head; called once, before any byte of the body
 */
export function passBody(
  reply: IncomingMessage,
  res: ServerResponse,
  lines: HeaderLines,
  rewriter: Rewriter,
  to: string,
  head: SendHead,
): void {
  const coding = (headerOf(lines, 'content-encoding') ?? 'identity').trim().toLowerCase();
  const length = headerOf(lines, 'content-length');
  if (!isRewritten(reply, lines) || !CODINGS[coding] || Number(length ?? 0) > MAX_REWRITTEN) {
    head(lines);
    reply.pipe(res);
  } else if (coding === 'identity' && length === undefined) {
    head(lines);
    reply.pipe(rewriter.stream(to)).pipe(res);
  } else collect(reply, res, lines, (bytes) => rewritten(bytes, coding, rewriter, to), head);
}

/** Texts that may hold addresses, whole and unsigned. */
function isRewritten(
  { req, statusCode }: IncomingMessage & { req?: { method?: string } },
  lines: HeaderLines,
) {
  const type = mediaTypeOf(headerOf(lines, 'content-type'));
  const text = isJson(type) || /^text\/|[/+](xml|x?-?ndjson)$/.test(type);
  const bare = req?.method === 'HEAD' || [204, 206, 304].includes(statusCode ?? 0);
  return text && !bare && SIGNED.every((name) => headerOf(lines, name) === undefined);
}

/** Undefined where there is nothing to rewrite. */
function rewritten(
  bytes: Buffer,
  coding: string,
  rewriter: Rewriter,
  to: string,
): Buffer | undefined {
  const before = decode(bytes, coding)?.toString('latin1');
  if (before === undefined) return undefined;
  const after = rewriter.text(before, to);
  return after === before ? undefined : CODINGS[coding]?.(Buffer.from(after, 'latin1'));
}

function collect(
  reply: IncomingMessage,
  res: ServerResponse,
  lines: HeaderLines,
  change: (bytes: Buffer) => Buffer | undefined,
  head: SendHead,
): void {
  const parts: Buffer[] = [];
  let size = 0;
  let sent = false;
  const asItCame = () => {
    sent = true;
    head(lines);
    for (const part of parts) res.write(part);
  };
  const take = (part: Buffer) => {
    parts.push(part);
    size += part.length;
    if (size <= MAX_REWRITTEN) return;
    reply.off('data', take);
    asItCame();
    reply.pipe(res);
  };
  reply.on('data', take);
  reply.on('end', () => {
    if (sent) return;
    const changed = change(Buffer.concat(parts));
    if (changed === undefined) asItCame();
    else {
      head(lines.map(([name, value]) => [name, isLength(name) ? String(changed.length) : value]));
      res.write(changed);
    }
    res.end();
  });
  reply.on('close', () => {
    if (!reply.complete && !sent) asItCame();
  });
}

function isLength(name: string): boolean {
  return name.toLowerCase() === 'content-length';
}
