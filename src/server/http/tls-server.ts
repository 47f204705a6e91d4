import { createServer as createPlain, type ServerOptions } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { Socket } from 'node:net';
import type { TlsCredentials } from '../tls/credentials.js';
import { noteBelow } from './reset-connection.js';

/** RFC 8446 §5.1: a record of the kind handshake, with which every client begins. */
const HANDSHAKE = 22;

export interface TlsServer {
  server: Server;
  /** Ends connections that have not come to a request; the server itself knows none of them. */
  endUnsecured(): void;
}

/**
 * A server for https that tells a client which speaks http to it what is wrong, where TLS alone would
 * break off without a word that could be read.
 * @param refuse the body that says so
 * @param notice told once of each way in which a handshake fails
 */
export function createTlsServer(
  settings: ServerOptions & { headersTimeout: number },
  credentials: TlsCredentials,
  refuse: (status: number, message: string) => string,
  notice: (text: string) => void,
): TlsServer {
  const { key, cert, passphrase } = credentials;
  const server = createServer({
    ...settings,
    key,
    cert,
    passphrase,
    handshakeTimeout: settings.headersTimeout,
    // RFC 7301 §3.2: a client that offers HTTP/2 too is told which of the two is spoken.
    ALPNProtocols: ['http/1.1'],
  });
  const plain = createPlain((req, res) => {
    const { host = '' } = req.headers;
    const body = refuse(400, `this address speaks https: call https://${host}${req.url}`);
    res.writeHead(400, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': Buffer.byteLength(body),
      Connection: 'close',
    });
    res.end(body);
  });
  const raws = new Map<string, Socket>();
  const unsecured = new Set<Socket>();
  const [secure] = server.listeners('connection') as [(socket: Socket) => void];
  server.removeAllListeners('connection');
  server.on('connection', (raw: Socket) => {
    const name = nameOf(raw);
    raws.set(name, raw);
    unsecured.add(raw);
    raw.on('close', () => {
      raws.delete(name);
      unsecured.delete(raw);
    });
    raw.on('error', () => raw.destroy());
    raw.setTimeout(settings.headersTimeout, () => raw.destroy());
    raw.once('readable', () => {
      const first: Buffer | null = raw.read(1);
      if (first === null) {
        raw.destroy();
        return;
      }
      raw.unshift(first);
      if (first[0] !== HANDSHAKE) plain.emit('connection', raw);
      else {
        raw.setTimeout(0);
        secure.call(server, raw);
      }
    });
  });
  server.prependListener('secureConnection', (encrypted: Socket) => {
    const raw = raws.get(nameOf(encrypted));
    if (!raw) return;
    unsecured.delete(raw);
    noteBelow(encrypted, raw);
  });
  const told = new Set<string>();
  server.on('tlsClientError', ({ code = '' }: NodeJS.ErrnoException) => {
    if (!told.has(code)) tellFailure(code, credentials.authority, notice);
    told.add(code);
  });
  return {
    server,
    endUnsecured: () => {
      for (const raw of unsecured) raw.destroy();
    },
  };
}

/** The same at both levels: two connections at a time never have the same one. */
function nameOf({ remoteAddress, remotePort, localPort }: Socket): string {
  return `${remoteAddress} ${remotePort} ${localPort}`;
}

/** RFC 8446 §6.2: alerts that say that the certificate is not trusted. */
function tellFailure(
  code: string,
  authority: string | undefined,
  notice: (text: string) => void,
): void {
  if (code === 'ECONNRESET' || code === '') return;
  const distrust = /UNKNOWN_CA|CERTIFICATE_UNKNOWN|BAD_CERTIFICATE/.test(code);
  const trust = authority === undefined ? "the certificate's authority" : authority;
  const next = distrust ? `: let it trust ${trust}` : '';
  notice(`a client has broken off the TLS handshake (${code})${next}`);
}
