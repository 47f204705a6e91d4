import type { ClientRequest, IncomingMessage } from 'node:http';
import type { ErrorCode } from '../../error-codes.js';
import type { Duration } from '../../time/moments.js';
import { endOfExchange } from '../api/journal-line.js';
import type { RequestContext } from '../api/request-context.js';
import { endToEnd, forUpstream, type HeaderLines, linesOf } from '../http/end-to-end.js';
import {
  type ForwardProxy,
  ProxyError,
  refusal as refusalOf,
  requestTo,
  unreachable,
} from '../http/forward-proxy.js';
import { writeRest } from './write-rest.js';

/** Another system, which answers what no contract here knows. */
export interface Upstream {
  url: URL;
  /** What stands between, as the environment says; undefined: nothing. */
  proxy: ForwardProxy | undefined;
  /** The body that tells a client why there is no answer. */
  refusal: (status: number, message: string) => string;
}

/** So long may it be silent. */
const PATIENCE: Duration = 120_000;
const SILENT = 'it has not answered in time';

/** So much of a body is kept for the journal, which cuts it further. */
const KEPT = 32_768;

/** Ours alone: the upstream is told nothing of sessions and tokens of this server. */
const OWN = /^x-sandbox-/i;

/** Passes a request on as it came, and the answer back, byte by byte as they come. */
export function passOn(context: RequestContext, upstream: Upstream): void {
  const { req, res } = context;
  const lines = linesOf(req.rawHeaders).filter(([name]) => !OWN.test(name));
  const asked = new Beginning(req.headers['content-type'], req.headers['content-encoding']);
  let ended = false;
  const end: End = (status, headers, body, refused) => {
    if (ended) return;
    ended = true;
    if (req.method === 'HEAD') return;
    writeRest(context, {
      answeredBy: 'upstream',
      note: `passed on to ${upstream.url.origin}`,
      asked: asked.text,
      status,
      headers,
      body,
      refused,
      end: endOfExchange(context),
    });
  };
  const fail = (status: number, code: ErrorCode, why: string) => {
    const message = `the upstream ${upstream.url.origin} gave no answer: ${why} [${code}]`;
    const body = upstream.refusal(status, message);
    const headers = {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': String(Buffer.byteLength(body)),
    };
    end(status, Object.entries(headers), body, message);
    req.unpipe();
    req.resume();
    context.answered = true;
    res.writeHead(status, headers);
    res.end(body);
  };
  let forward: ClientRequest;
  try {
    forward = open(context, upstream, lines);
  } catch (error) {
    fail(502, 'UPSTREAM_UNREACHABLE', (error as Error).message);
    return;
  }
  forward.setTimeout(PATIENCE, () => forward.destroy(new Error(SILENT)));
  forward.on('response', (reply) => {
    const { statusCode = 0, statusMessage = '' } = reply;
    // RFC 9110 §15.5.8: only a proxy says so.
    if (upstream.proxy && statusCode === 407) {
      const { message } = refusalOf(upstream.proxy.shown, statusCode, statusMessage);
      forward.destroy();
      fail(502, 'UPSTREAM_UNREACHABLE', message);
      return;
    }
    try {
      passBack(context, upstream, reply, end);
    } catch (error) {
      // A head that HTTP allows and Node does not send.
      forward.destroy();
      if (res.headersSent) res.destroy();
      else fail(502, 'UPSTREAM_UNREACHABLE', (error as Error).message);
    }
  });
  forward.on('error', (error: NodeJS.ErrnoException) => {
    if (res.headersSent || res.destroyed) return;
    if (error.message === SILENT) fail(504, 'UPSTREAM_SILENT', SILENT);
    else fail(502, 'UPSTREAM_UNREACHABLE', whyUnreachable(error, upstream));
  });
  res.on('close', () => {
    if (res.writableFinished) return;
    forward.destroy();
    end(0, [], '');
  });
  req.on('data', (part: Buffer) => asked.add(part));
  req.pipe(forward);
}

type End = (status: number, headers: HeaderLines, body: string, refused?: string) => void;

function passBack(
  { res, base }: RequestContext,
  { url }: Upstream,
  reply: IncomingMessage,
  end: End,
): void {
  const { statusCode: status = 502, statusMessage, headers: head } = reply;
  const headers = linesBack(linesOf(reply.rawHeaders), url, base);
  const told = new Beginning(head['content-type'], head['content-encoding']);
  const done = () => end(status, headers, told.text);
  // Its own Date or none at all.
  res.sendDate = false;
  res.writeHead(status, statusMessage, headers.flat() as string[]);
  reply.on('data', (part: Buffer) => told.add(part)).on('end', done);
  reply.on('error', () => {});
  reply.on('close', () => {
    if (reply.complete) return;
    // What breaks off there breaks off here.
    done();
    res.destroy();
  });
  reply.pipe(res);
}

/** By http it is the proxy alone that a connection is made to. */
function whyUnreachable(error: NodeJS.ErrnoException, { url, proxy }: Upstream): string {
  if (error instanceof ProxyError || error.code === undefined) return error.message;
  return proxy && url.protocol === 'http:' ? unreachable(proxy.shown, error).message : error.code;
}

function open({ req, path, query }: RequestContext, { url, proxy }: Upstream, lines: HeaderLines) {
  const way = { upstream: url, proxy, timeout: PATIENCE, silent: () => new Error(SILENT) };
  const forward = requestTo(way, {
    method: req.method,
    path: url.pathname.replace(/\/$/, '') + path + query,
    headers: forUpstream(lines, url.host),
    setHost: false,
  });
  // Node goes by the method: the body of a GET would be sent without its length.
  forward.useChunkedEncodingByDefault = 'transfer-encoding' in req.headers;
  return forward;
}

/** A link to the upstream's own address leads here again, so that the client stays. */
function linesBack(lines: HeaderLines, upstream: URL, base: string): HeaderLines {
  const there = upstream.origin + upstream.pathname.replace(/\/$/, '');
  return endToEnd(lines).map(([name, value]) => {
    const leads = /^(content-)?location$/i.test(name) && value.startsWith(`${there}/`);
    return [name, leads ? base + value.slice(there.length) : value];
  });
}

/** The beginning of a body that streams by, if it is a text. */
class Beginning {
  readonly #parts: Buffer[] = [];
  readonly #isText: boolean;
  #kept = 0;
  #length = 0;

  constructor(type: string | undefined, coding: string | undefined) {
    const plain = coding === undefined || coding === 'identity';
    this.#isText = plain && /^text\/|json|xml|yaml|urlencoded|^$/i.test(type ?? '');
  }

  add(part: Buffer): void {
    this.#length += part.length;
    if (!this.#isText || this.#kept >= KEPT) return;
    this.#parts.push(part.subarray(0, KEPT - this.#kept));
    this.#kept += part.length;
  }

  get text(): string {
    if (this.#length === 0) return '';
    if (!this.#isText) return `(${this.#length} bytes)`;
    const text = Buffer.concat(this.#parts).toString('utf8');
    return this.#length > KEPT ? `${text}… (${this.#length} bytes)` : text;
  }
}
