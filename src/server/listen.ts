import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { makeDoor } from './door.js';
import { UsageError } from './load.js';

export type Handler = (req: IncomingMessage, res: ServerResponse) => void;

/** An HTTP server that listens. */
export interface Listening {
  /** Without a slash at its end: `http://127.0.0.1:4010`. */
  url: string;
  /** Requests from now on go to the handler. */
  serve(handler: Handler): void;
  /** Takes no new request, lets the open ones finish, then ends every connection. */
  close(): Promise<void>;
}

/** A poller that asks every minute must not find its connection closed under its request. */
const KEEP_ALIVE = 75_000;

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
): Promise<Listening> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) =>
    refuseUnreadable(error, socket, refusal),
  );
  let open = 0;
  let closing = false;
  const endIfDone = () => {
    // A connection that is kept alive would hold the server open for its whole time-out.
    if (closing && open === 0) server.closeAllConnections();
  };
  const answered = () => {
    open -= 1;
    endIfDone();
  };
  const url = await bind(server, host, port);
  makeDoor(server, host, () => closing);
  return {
    url,
    serve: (handler) => {
      server.on('request', (req, res) => {
        open += 1;
        res.on('close', answered);
        handler(req, res);
      });
    },
    close: () =>
      new Promise((done) => {
        closing = true;
        server.close(() => done());
        endIfDone();
      }),
  };
}

function bind(server: Server, host: string, port: number): Promise<string> {
  return new Promise((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const advice = ADVICE[error.code ?? ''];
      const problem = `cannot listen on ${host}:${port} (${error.code}); ${advice}`;
      fail(advice === undefined ? error : new UsageError(problem));
    });
    server.listen(port, host, () => {
      const { port: actual } = server.address() as AddressInfo;
      done(`http://${host.includes(':') ? `[${host}]` : host}:${actual}`);
    });
  });
}

/** Answers what Node's parser could not read; no request exists that could be written down. */
function refuseUnreadable(
  error: NodeJS.ErrnoException,
  socket: Socket,
  refusal: (status: number, message: string) => string,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, reason, message] = unreadable(error);
  const body = refusal(status, message);
  socket.end(
    [
      `HTTP/1.1 ${status} ${reason}`,
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}

function unreadable({ code, message }: NodeJS.ErrnoException): [number, string, string] {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return [431, 'Request Header Fields Too Large', 'the headers are longer than 16 KiB'];
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return [408, 'Request Timeout', 'the request did not come to its end in time'];
  }
  return [400, 'Bad Request', `this is not readable as HTTP: ${message}`];
}
