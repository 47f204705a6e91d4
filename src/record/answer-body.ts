import type { IncomingMessage, ServerResponse } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { isJson, mediaTypeOf } from '../contract/media-type.js';
import type { Duration } from '../time/moments.js';
import { decode } from './copy.js';
import type { Rewriter } from './rewrite.js';
import { type HeaderLines, headerOf } from './seen.js';

/** Compressed ones that are longer are passed on as they are; others stream, and lose the length that they had. */
const MAX_COLLECTED = 1024 * 1024;

/** A body that has not come whole by then trickles, and its client is to see it trickle; in milliseconds. */
const PATIENCE: Duration = 500;

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
 * Passes a body on, with the upstream's addresses told as the recorder's. One of a known length, or a
 * compressed one, waits for its end, since its length may change, and goes as it came if there is nothing to rewrite.
 * @param to how the client calls the recorder
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
  if (!isRewritten(reply, lines) || !CODINGS[coding]) {
    head(lines);
    reply.pipe(res);
    return;
  }
  const stream = (parts: readonly Buffer[]) => {
    head(lines.filter(([name]) => !isLength(name)));
    const rewriting = rewriter.stream(to);
    for (const part of parts) rewriting.write(part);
    reply.pipe(rewriting).pipe(res);
  };
  const asItCame = (parts: readonly Buffer[]) => {
    head(lines);
    for (const part of parts) res.write(part);
    reply.pipe(res);
  };
  const streams = coding === 'identity';
  if (streams && (length === undefined || Number(length) > MAX_COLLECTED)) stream([]);
  else {
    collect(reply, {
      whole: (bytes) => {
        const changed = rewritten(bytes, coding, rewriter, to);
        const own = String(changed?.length);
        head(changed ? lines.map(([n, value]) => [n, isLength(n) ? own : value]) : lines);
        res.end(changed ?? bytes);
      },
      part: streams ? stream : asItCame,
      broken: (parts) => {
        asItCame(parts);
        res.flushHeaders();
      },
    });
  }
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

/** Gives a body to one of three: whole, as far as it has come in time or has room, or as far as it came. */
function collect(
  reply: IncomingMessage,
  then: Record<'part' | 'broken', (parts: readonly Buffer[]) => void> & {
    whole: (bytes: Buffer) => void;
  },
): void {
  const parts: Buffer[] = [];
  let size = 0;
  let open = true;
  const once = (act: () => void) => {
    if (!open) return;
    open = false;
    clearTimeout(timer);
    reply.off('data', take);
    act();
  };
  const timer = setTimeout(() => once(() => then.part(parts)), PATIENCE);
  const take = (part: Buffer) => {
    parts.push(part);
    size += part.length;
    if (size > MAX_COLLECTED) once(() => then.part(parts));
  };
  reply.on('data', take);
  reply.on('end', () => once(() => then.whole(Buffer.concat(parts))));
  reply.on('close', () => once(() => then.broken(parts)));
}

function isLength(name: string): boolean {
  return name.toLowerCase() === 'content-length';
}
