import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  maxHeaderSize as usualHeaderSize,
} from 'node:http';
import type { Server as TlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Timeouts } from '../../load/server-options.js';
import { UsageError } from '../../sandbox-error.js';
import { formatSize } from '../../size.js';
import type { Duration } from '../../time/moments.js';
import type { TlsCredentials } from '../tls/credentials.js';
import { addressesOf } from './own-address.js';
import { makePortGate, type PortGate } from './port-gate.js';
import { type HeadProblem, headProblem } from './request-head.js';

export type Handler = (req: IncomingMessage, res: ServerResponse) => void;

/** An HTTP server that listens. */
export interface Listening {
  /** Without a slash at its end: `http://127.0.0.1:4010`. */
  url: string;
  /** Every address that it can be called by; the first is `url`. */
  addresses: readonly string[];
  gate: PortGate;
  /** Requests from now on go to the handler. */
  serve(handler: Handler): void;
  /** Takes no new request, lets the open ones finish for a while, then ends every connection. */
  close(): Promise<void>;
}

export interface ListenOptions {
  timeouts?: Partial<Timeouts> | undefined;
  /** In bytes; undefined: Node's own. */
  maxHeaderSize?: number | undefined;
  /** https in the place of http. */
  tls?: TlsCredentials | undefined;
  /** Of its gate. */
  name?: string | undefined;
  /** Told of handshakes that fail. */
  notice?: ((text: string) => void) | undefined;
}

/** RFC 8446 §5.1: a record of the kind handshake, with which every client of TLS begins. */
const HANDSHAKE = 22;

/** What a connection is answered: those of pipelined requests end one behind the other. */
interface Answering {
  open: number;
  newest: ServerResponse;
}

/** What Node's parser could not read. */
type ParseError = NodeJS.ErrnoException & { rawPacket?: Buffer };

/** Slower than any honest client on a bad line. */
const TIMEOUTS: Timeouts = { headers: 20_000, request: 60_000 };

/** A poller that asks every minute must not find its connection closed under its request. */
const KEEP_ALIVE = 75_000;

/** Open requests have this long to finish when the server closes; half a body may never become a whole one. */
const CLOSING_GRACE: Duration = 4000;

/** Accepting a connection, reading it and parsing take a turn of the event loop each, and one is under way. */
const TURNS_TO_READ = 4;

/** How often connections are looked through for those that take too long. */
const SWEEP: Duration = 5000;

const JSON_HEADERS = { 'Content-Type': 'application/json; charset=utf-8', Connection: 'close' };

/** What to do about an address that cannot be had, by Node's error code. */
const ADVICE: Readonly<Record<string, string>> = {
  EADDRINUSE: 'choose another --port, or 0 for a free one',
  EACCES: 'choose another --port, or 0 for a free one',
  EADDRNOTAVAIL: 'choose another --host',
  ENOTFOUND: 'choose another --host',
  EAI_AGAIN: 'choose another --host',
};

/**
 * @param refusal the body for a request that HTTP itself cannot read
 * @throws UsageError when the address cannot be had
 */
export async function listen(
  host: string,
  port: number,
  refusal: (status: number, message: string) => string,
  {
    timeouts = {},
    maxHeaderSize = usualHeaderSize,
    tls,
    name,
    notice = () => {},
  }: ListenOptions = {},
): Promise<Listening> {
  const { headers, request } = { ...TIMEOUTS, ...timeouts };
  const settings = {
    maxHeaderSize,
    keepAliveTimeout: KEEP_ALIVE,
    headersTimeout: headers,
    requestTimeout: request,
    connectionsCheckingInterval: Math.min(headers, request, SWEEP),
  };
  const secured =
    tls && (await import('./tls-server.js')).createTlsServer(settings, tls, refusal, notice);
  const server = secured?.server ?? createServer(settings);
  const answering = new WeakMap<Socket, Answering>();
  /** Nothing that comes there is read any more: whoever was told "too late" is not served all the same. */
  const refused = new WeakSet<Socket>();
  let told = Boolean(tls);
  server.on('clientError', (error: ParseError, socket: Socket) => {
    if (!told && error.rawPacket?.[0] === HANDSHAKE) {
      told = true;
      notice(
        'a client speaks https to this address, which speaks http: start with --tls to serve https',
      );
    }
    const { open: unfinished = 0, newest } = answering.get(socket) ?? {};
    // A refusal in the middle of another request's answer would be read as a part of it.
    if (unfinished > 1 || (unfinished === 1 && newest?.headersSent)) socket.destroy();
    else refuseUnreadable(error, socket, maxHeaderSize, refusal);
    refused.add(socket);
  });
  /** RFC 9112 §9.6: what comes behind a request that closes its connection is not read. */
  const refuse = ({ socket }: IncomingMessage, res: ServerResponse, wrong: HeadProblem) => {
    if (refused.has(socket)) return;
    refused.add(socket);
    const body = refusal(wrong.status, wrong.message);
    res.writeHead(wrong.status, { ...JSON_HEADERS, 'Content-Length': Buffer.byteLength(body) });
    res.end(body);
  };
  server.on('checkExpectation', (req, res) =>
    refuse(req, res, { status: 417, message: 'the only expectation that is met is 100-continue' }),
  );
  let open = 0;
  let closing = false;
  let ending = false;
  const endIfDone = () => {
    // A connection that is kept alive would hold the server open for its whole time-out.
    if (!ending || open > 0) return;
    server.closeAllConnections();
    secured?.endUnsecured();
  };
  const begin = (socket: Socket, res: ServerResponse) => {
    open += 1;
    const here = answering.get(socket);
    if (here) {
      here.open += 1;
      here.newest = res;
    } else answering.set(socket, { open: 1, newest: res });
    res.on('close', closed);
  };
  // One for all of them: each poll would make its own.
  function closed(this: ServerResponse) {
    open -= 1;
    const here = answering.get(this.req.socket);
    if (here) here.open -= 1;
    endIfDone();
  }
  const addresses = addressesOf(tls ? 'https' : 'http', host, await bind(server, host, port));
  const [url = ''] = addresses;
  const arrival = tls ? 'secureConnection' : 'connection';
  const gate = makePortGate(server, host, () => closing, arrival, name);
  return {
    gate,
    url,
    addresses,
    serve: (handler) => {
      server.on('request', (req, res) => {
        if (refused.has(req.socket)) return;
        begin(req.socket, res);
        const wrong = headProblem(req);
        if (wrong) refuse(req, res, wrong);
        else handler(req, res);
      });
    },
    close: async () => {
      closing = true;
      // A request whose first bytes were there before the wish to close is read: it is open, not idle.
      for (let turn = 0; turn < TURNS_TO_READ; turn += 1) await nextTurn();
      await new Promise<void>((done) => {
        const cut = setTimeout(() => server.closeAllConnections(), CLOSING_GRACE);
        server.close(() => {
          clearTimeout(cut);
          done();
        });
        ending = true;
        endIfDone();
      });
    },
  };
}

function bind(server: Server | TlsServer, host: string, port: number): Promise<number> {
  return new Promise((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const advice = ADVICE[error.code ?? ''];
      const what = `cannot listen on ${host}:${port} (${error.code})`;
      fail(advice === undefined ? error : new UsageError('USAGE_CANNOT_LISTEN', what, advice));
    });
    server.listen(port, host, () => {
      done((server.address() as AddressInfo).port);
    });
  });
}

/** Answers what Node's parser could not read; no request exists that could be written down. */
function refuseUnreadable(
  error: NodeJS.ErrnoException,
  socket: Socket,
  maxHeaderSize: number,
  refusal: (status: number, message: string) => string,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, reason, message] = unreadable(error, maxHeaderSize);
  const body = refusal(status, message);
  socket.end(
    [
      `HTTP/1.1 ${status} ${reason}`,
      ...Object.entries(JSON_HEADERS).map(([name, value]) => `${name}: ${value}`),
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  );
}

function unreadable(
  { code, message }: NodeJS.ErrnoException,
  maxHeaderSize: number,
): [number, string, string] {
  if (code === 'HPE_HEADER_OVERFLOW') {
    const what = `the headers are longer than ${formatSize(maxHeaderSize)}; --max-header-size raises the limit`;
    return [431, 'Request Header Fields Too Large', what];
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return [408, 'Request Timeout', 'the request did not come to its end in time'];
  }
  return [400, 'Bad Request', `this is not readable as HTTP: ${message}`];
}
