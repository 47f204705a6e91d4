import { gzipSync } from 'node:zlib';
import { type FaultContext, sent } from './fault-context.js';
import { headOf } from './head.js';

/** RFC 1952 §2.3: so long is the header of a gzip file without a name in it. */
const HEADER = 10;

/** RFC 1951 §3.2.3: a last block of the kind 11, which is reserved: no reader gets past it. */
const NO_BLOCK = 0b111;

/** Says that the body is packed, and sends one that cannot be unpacked. */
export function brokenGzip(faulty: FaultContext): void {
  const { socket, answer } = faulty;
  const packed = gzipSync(answer.body);
  packed[HEADER] = NO_BLOCK;
  const framing = { 'Content-Encoding': 'gzip', 'Content-Length': String(packed.length) };
  socket.write(headOf(faulty, framing));
  socket.write(packed);
  socket.destroySoon();
  sent(faulty, answer.body);
}
