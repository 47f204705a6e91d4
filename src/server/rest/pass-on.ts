import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { ErrorCode } from '../../error-codes.js';
import type { Duration } from '../../time/moments.js';
import { endOfExchange } from '../api/journal-line.js';
import type { RequestContext } from '../api/request-context.js';
import { endToEnd, forUpstream, type HeaderLines, linesOf } from '../http/end-to-end.js';
import { writeRest } from './write-rest.js';

/** Another system, which answers what no contract here knows. */
export interface Upstream {
  url: URL;
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
    forward = open(context, upstream.url, lines);
  } catch (error) {
    fail(502, 'UPSTREAM_UNREACHABLE', (error as Error).message);
    return;
  }
  forward.setTimeout(PATIENCE, () => forward.destroy(new Error(SILENT)));
  forward.on('response', (reply) => {
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
    else fail(502, 'UPSTREAM_UNREACHABLE', error.code ?? error.message);
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

function open({ req, path, query }: RequestContext, upstream: URL, lines: HeaderLines) {
  const send = upstream.protocol === 'https:' ? httpsRequest : httpRequest;
  const forward = send({
    // RFC 3986 §3.2.2: the brackets of an IPv6 address are the URL's, not the address's.
    hostname: upstream.hostname.replace(/^\[|\]$/g, ''),
    port: upstream.port,
    method: req.method,
    path: upstream.pathname.replace(/\/$/, '') + path + query,
    headers: forUpstream(lines, upstream.host),
    setHost: false,
    // A kept connection that the upstream has closed meanwhile would look like a reset of this request.
    agent: false,
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
