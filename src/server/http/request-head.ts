import type { IncomingMessage } from 'node:http';

/** More header lines than any client sends; Node would read 2000 and drop the rest without a word. */
const MAX_HEADERS = 200;

/** A request whose head is refused before anything else is looked at. */
export interface HeadProblem {
  status: 400 | 417 | 431;
  message: string;
}

/**
 * Heads that two readers on the way of a request could read differently: what one takes for a body,
 * the other would take for a further request. Node's parser refuses most of them by itself.
 */
export function headProblem({
  headers,
  rawHeaders,
  httpVersion,
}: IncomingMessage): HeadProblem | undefined {
  const count = rawHeaders.length / 2;
  if (count > MAX_HEADERS) {
    return { status: 431, message: `the request has more than ${MAX_HEADERS} header lines` };
  }
  // RFC 9112 §3.2: the second one might be another reader's.
  if (hostsIn(rawHeaders) > 1)
    return { status: 400, message: 'the request has more than one Host' };
  const coding = headers['transfer-encoding'];
  if (coding === undefined) return undefined;
  if (httpVersion === '1.0') {
    // RFC 9112 §6.1: a reader of HTTP/1.0 does not know of chunks.
    return { status: 400, message: 'HTTP/1.0 has no Transfer-Encoding; send Content-Length' };
  }
  if (coding.toLowerCase() === 'chunked') return undefined;
  const message = `Transfer-Encoding "${coding}" is not read; send chunked alone, or Content-Length`;
  return { status: 400, message };
}

/** @param lines names and values in turn */
function hostsIn(lines: readonly string[]): number {
  let hosts = 0;
  for (let i = 0; i < lines.length; i += 2) {
    const name = lines[i] as string;
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts;
}

/** RFC 9112 §3.2.2: the host of a target in absolute form takes the place of the header. */
export function heedAbsoluteTarget({ url = '', headers }: IncomingMessage): void {
  if (url.startsWith('/')) return;
  const authority = /^https?:\/\/([^/?]*)/i.exec(url)?.[1];
  if (authority !== undefined) headers.host = authority;
}
