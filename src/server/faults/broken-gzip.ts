import { gzipSync } from 'node:zlib';
import { headOf } from './head.js';
import { type Struck, sent } from './struck.js';

/** RFC 1952 §2.3: so long is the header of a gzip file without a name in it. */
const HEADER = 10;

/** RFC 1951 §3.2.3: a last block of the kind 11, which is reserved: no reader gets past it. */
const NO_BLOCK = 0b111;

/** Says that the body is packed, and sends one that cannot be unpacked. */
export function brokenGzip(struck: Struck): void {
  const { socket, answer } = struck;
  const packed = gzipSync(answer.body);
  packed[HEADER] = NO_BLOCK;
  const framing = { 'Content-Encoding': 'gzip', 'Content-Length': String(packed.length) };
  socket.write(headOf(struck, framing));
  socket.write(packed);
  socket.destroySoon();
  sent(struck, answer.body);
}
