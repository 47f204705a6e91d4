import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import { endToEnd, forUpstream, linesOf } from '../server/http/end-to-end.js';
import {
  type ForwardProxy,
  ProxyError,
  refusal,
  requestTo,
  unreachable,
} from '../server/http/forward-proxy.js';
import type { Duration, WallMoment } from '../time/moments.js';
import { passBody } from './answer-body.js';
import { Copy } from './copy.js';
import { Rewriter } from './rewrite.js';
import type { Failure, HeaderLines, Seen } from './seen.js';

/** What went through, before anybody has asked the contract about it. */
export type Passed = Omit<Seen, 'route' | 'api'>;

export interface ProxyOptions {
  upstream: URL;
  /** What stands between the recorder and the upstream; undefined: nothing. */
  proxy?: ForwardProxy | undefined;
  /** How a client calls the recorder, `http://127.0.0.1:4011`: addresses of the upstream are told so. */
  calledAs: (req: IncomingMessage) => { origin: string };
  /** The recorder's clock. */
  now: () => WallMoment;
  /** How long the upstream may be silent, in milliseconds of the machine. */
  timeout: Duration;
  /** Told of each exchange when it has ended, whatever its end. */
  onPassed: (passed: Passed) => void;
}

/** Set on the recorder's own answers, so that nobody takes them for the upstream's. */
export const OWN_ANSWER = 'X-Recorder-Failure';

const SILENT = 'the upstream is silent';

/** Passes every request on to the upstream, and its answer back, byte by byte. */
export function makeProxy(options: ProxyOptions) {
  const rewriter = new Rewriter(options.upstream);
  return (req: IncomingMessage, res: ServerResponse): void => pass(req, res, options, rewriter);
}

function pass(
  req: IncomingMessage,
  res: ServerResponse,
  options: ProxyOptions,
  rewriter: Rewriter,
): void {
  const { now, timeout, onPassed } = options;
  const at = now();
  const began = performance.now();
  const asked = new Copy();
  const requestLines = linesOf(req.rawHeaders);
  let ended = false;
  const end = (answer: Seen['answer'], failure: Failure | undefined, until = now()) => {
    if (ended) return;
    ended = true;
    const request = { headers: requestLines, body: asked.body(requestLines) };
    const target = targetOf(req.url ?? '/');
    const steady = { began, took: performance.now() - began };
    const times = { at, until, ended: now(), steady };
    onPassed({ ...times, method: req.method ?? '', target, request, answer, failure });
  };
  let answering = false;
  const fail = (error: NodeJS.ErrnoException) => {
    if (answering || res.destroyed) return;
    const failure = failureOf(error);
    end(undefined, failure);
    apologise(req, res, failure, error, options);
  };
  const forward = tryOpen(req, options, requestLines);
  if (!forward) {
    end(undefined, 'refused');
    sendOwn(
      req,
      res,
      400,
      'refused',
      'esoz-sandbox record: the path or a header cannot be passed on; percent-encode what is not ASCII',
    );
    return;
  }
  forward.setTimeout(timeout, () => forward.destroy(new Error(SILENT)));
  forward.on('response', (reply) => {
    const until = now();
    const { statusCode = 0, statusMessage = '' } = reply;
    // RFC 9110 §15.5.8: only a proxy says so.
    if (options.proxy && statusCode === 407) {
      fail(refusal(options.proxy.shown, statusCode, statusMessage));
      forward.destroy();
      return;
    }
    answering = true;
    const to = options.calledAs(req).origin;
    answer(reply, res, rewriter, to, (headers, copy, failure) => {
      const body = copy.body(headers);
      end({ status: reply.statusCode ?? 0, headers, body }, failure, until);
    });
  });
  forward.on('error', (error: NodeJS.ErrnoException) => {
    const { proxy, upstream } = options;
    // By http it is the proxy alone that a connection is made to.
    const unmade = failureOf(error) === 'unreachable' && upstream.protocol === 'http:';
    fail(proxy && unmade ? unreachable(proxy.shown, error) : error);
  });
  res.on('close', () => {
    if (res.writableFinished) return;
    forward.destroy();
    if (!res.headersSent) end(undefined, 'left');
  });
  req.on('data', (part: Buffer) => asked.add(part));
  req.pipe(forward);
}

/** Node passes on no path that holds raw bytes; undefined then. */
function tryOpen(req: IncomingMessage, options: ProxyOptions, lines: HeaderLines) {
  try {
    return open(req, options, lines);
  } catch (error) {
    if (!/^ERR_(UNESCAPED|INVALID)_/.test((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return undefined;
  }
}

function open(req: IncomingMessage, options: ProxyOptions, lines: HeaderLines): ClientRequest {
  const { upstream } = options;
  const path = upstream.pathname.replace(/\/$/, '') + targetOf(req.url ?? '/');
  const headers = forUpstream(lines, upstream.host);
  const request = { method: req.method, path, headers, setHost: false };
  const forward = requestTo({ ...options, silent: () => new Error(SILENT) }, request);
  // Node goes by the method: the body of a GET would be sent without its length.
  forward.useChunkedEncodingByDefault = 'transfer-encoding' in req.headers;
  return forward;
}

/** RFC 9112 §3.2.2: a client that believes it speaks to a proxy sends the whole address. */
function targetOf(url: string): string {
  const path = url.replace(/^https?:\/\/[^/?]*/i, '');
  return path.startsWith('/') ? path : `/${path}`;
}

function answer(
  reply: IncomingMessage,
  res: ServerResponse,
  rewriter: Rewriter,
  to: string,
  done: (headers: HeaderLines, copy: Copy, failure: Failure | undefined) => void,
): void {
  const copy = new Copy();
  const lines = linesOf(reply.rawHeaders);
  // The upstream's Date or none at all.
  res.sendDate = false;
  const head = (told: HeaderLines) => {
    res.writeHead(reply.statusCode ?? 502, reply.statusMessage, told.flat() as string[]);
  };
  reply.on('data', (part: Buffer) => copy.add(part));
  reply.on('end', () => done(lines, copy, undefined));
  passBody(reply, res, rewriter.headers(endToEnd(lines), to), rewriter, to, head);
  reply.on('close', () => {
    if (reply.complete) return;
    // What breaks off there breaks off here.
    done(lines, copy, res.destroyed ? 'left' : 'cut off');
    // Behind what is on its way to the client.
    if (res.socket) res.socket.destroySoon();
    else res.destroy();
  });
  reply.on('error', () => {});
}

function failureOf(error: NodeJS.ErrnoException): Failure {
  if (error.message === SILENT) return 'timeout';
  return /^(ECONNRESET|EPIPE|HPE_.*)$/.test(error.code ?? '') ? 'reset' : 'unreachable';
}

const SAID: Readonly<Record<string, string>> = {
  unreachable: 'cannot be reached',
  reset: 'broke the connection before its answer came',
  timeout: 'has not answered in time',
};

/** RFC 9110 §15.6.3 and §15.6.5: 502 for a bad answer, 504 for one that does not come. */
function apologise(
  req: IncomingMessage,
  res: ServerResponse,
  failure: Failure,
  error: NodeJS.ErrnoException,
  { upstream }: ProxyOptions,
): void {
  const status = failure === 'timeout' ? 504 : 502;
  const why = failure === 'timeout' ? '' : ` (${error.code ?? error.message})`;
  const what =
    error instanceof ProxyError
      ? error.message
      : `the upstream ${upstream.origin} ${SAID[failure]}${why}`;
  const message = `esoz-sandbox record: ${what}`;
  sendOwn(req, res, status, failure, message);
}

function sendOwn(
  req: IncomingMessage,
  res: ServerResponse,
  status: number,
  failure: Failure,
  message: string,
): void {
  const body = JSON.stringify({ error: { type: failure, message } });
  req.unpipe();
  req.resume();
  res.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    [OWN_ANSWER]: failure,
  });
  res.end(body);
}
