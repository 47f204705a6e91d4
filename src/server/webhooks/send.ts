import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { formatDuration } from '../../time/duration.js';
import type { Duration } from '../../time/moments.js';
import { type AllowedHosts, bareHost, ELSEWHERE, isHere, lookupHere, mayGoTo } from './allowed.js';

/** So much of an answer is kept, in bytes; the journal cuts it further. */
const KEPT = 32_768;

/** A request that is to be sent. */
interface Letter {
  url: URL;
  method: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** Where requests may go, and how long their answers may take. */
export interface Way {
  allowed: AllowedHosts;
  /** In milliseconds of the machine: a receiver is no faster in a session that is paced. */
  patience: Duration;
  /** How many times as fast the receiver's time runs; left out: once. */
  rate?: number;
}

/** What has come of it. */
export type Reply =
  | { status: number; headers: Record<string, string>; body: string }
  | {
      /** `refused`: it was not sent, for its address is none that may be called. */
      failed: 'unreachable' | 'silent' | 'refused';
      why: string;
    };

/**
 * Sends one request and waits for its answer; it follows no redirect (Standard Webhooks, "Delivery success and
 * failure") and never throws.
 * @param signal ends it: as if nobody had answered
 */
export function send(
  letter: Letter,
  { allowed, patience, rate = 1 }: Way,
  signal: AbortSignal,
): Promise<Reply> {
  const to = mayGoTo(letter.url, allowed);
  if (to === 'no') return Promise.resolve(refused(letter.url));
  return new Promise((done) => {
    let request: ClientRequest;
    try {
      request = open(letter, to === 'here', signal);
    } catch (error) {
      done({ failed: 'unreachable', why: (error as Error).message });
      return;
    }
    const timer = setTimeout(() => {
      done({ failed: 'silent', why: `no whole answer came in ${formatDuration(patience)}` });
      request.destroy();
    }, patience / rate).unref();
    const end = (reply: Reply) => {
      clearTimeout(timer);
      done(reply);
    };
    request.on('response', (answer) => read(answer, end));
    request.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === ELSEWHERE) end(refused(letter.url));
      else end({ failed: 'unreachable', why: error.code ?? error.message });
    });
    request.end(letter.body);
  });
}

function refused({ host, hostname }: URL): Reply {
  const why = `${host} is none of this machine's addresses; --webhooks ${hostname} lets it through`;
  return { failed: 'refused', why };
}

function open(
  { url, method, headers, body }: Letter,
  here: boolean,
  signal: AbortSignal,
): ClientRequest {
  const ask = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return ask({
    hostname: bareHost(url.hostname),
    port: url.port,
    path: url.pathname + url.search,
    method,
    headers: { ...headers, 'Content-Length': String(Buffer.byteLength(body)) },
    ...(url.username ? { auth: `${decoded(url.username)}:${decoded(url.password)}` } : {}),
    ...(here ? { lookup: lookupHere } : {}),
    agent: false,
    // A receiver on this machine has a certificate of its own making, or of `serve --tls`.
    rejectUnauthorized: !here && !isHere(bareHost(url.hostname)),
    signal,
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function read(answer: IncomingMessage, end: (reply: Reply) => void): void {
  const parts: Buffer[] = [];
  let length = 0;
  answer.on('data', (part: Buffer) => {
    if (length < KEPT) parts.push(part.subarray(0, KEPT - length));
    length += part.length;
  });
  answer.on('error', () => {});
  answer.on('close', () => {
    if (!answer.complete) {
      end({ failed: 'unreachable', why: 'its answer breaks off' });
      return;
    }
    const body = Buffer.concat(parts).toString('utf8');
    end({ status: answer.statusCode ?? 0, headers: headersOf(answer), body });
  });
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]),
  );
}
