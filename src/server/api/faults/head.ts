import { STATUS_CODES } from 'node:http';
import type { FaultContext } from './fault-context.js';

/**
 * Status line and headers as they go over the wire, for an answer that Node would not send so
 * (RFC 9112 §4, §5). The connection is not used again.
 */
export function headOf(
  { context: { session, res }, answer: { status, headers } }: FaultContext,
  framing: Readonly<Record<string, string>>,
): string {
  const all = {
    // What a page needs to be given the answer at all stands there already.
    ...res.getHeaders(),
    ...headers,
    Date: headers.Date ?? new Date(session.clock.now()).toUTCString(),
    Connection: 'close',
    ...framing,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}\r\n${lines.join('')}\r\n`;
}

/** The head of an answer whose body has the length that it says. */
export function honestHeadOf(faulty: FaultContext): string {
  return headOf(faulty, { 'Content-Length': String(Buffer.byteLength(faulty.answer.body)) });
}
