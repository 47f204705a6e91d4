import { STATUS_CODES } from 'node:http';
import type { Struck } from './struck.js';

/**
 * Status line and headers as they go over the wire, for an answer that Node would not send so
 * (RFC 9112 §4, §5). The connection is not used again.
 */
export function headOf(
  { exchange: { session }, answer: { status, headers } }: Struck,
  framing: Readonly<Record<string, string>>,
): string {
  const all = {
    ...headers,
    Date: headers.Date ?? new Date(session.clock.now()).toUTCString(),
    Connection: 'close',
    ...framing,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}\r\n${lines.join('')}\r\n`;
}

/** The head of an answer whose body has the length that it says. */
export function honestHeadOf(struck: Struck): string {
  return headOf(struck, { 'Content-Length': String(Buffer.byteLength(struck.answer.body)) });
}
