import { gzipSync } from 'node:zlib';
import { declareFault } from './declare.js';
import { headOf } from './delivery.js';

/** RFC 1952 §2.3: so long is the header of a gzip file without a name in it. */
const HEADER = 10;

/** RFC 1951 §3.2.3: a last block of the kind 11, which is reserved: no reader gets past it. */
const NO_BLOCK = 0b111;

/** Says that the body is compressed, and sends one that cannot be decompressed. */
export const brokenGzip = declareFault({
  name: 'broken-gzip',
  title: 'gzip that cannot be unpacked',
  read: 'no',
  answer: 'damaged',
  settings: [],
  drawn: true,
  play: (delivery) => {
    const { socket, answer } = delivery;
    const compressed = gzipSync(answer.body);
    compressed[HEADER] = NO_BLOCK;
    const length = String(compressed.length);
    delivery.sent(answer.body);
    socket.write(headOf(delivery, { 'Content-Encoding': 'gzip', 'Content-Length': length }));
    socket.write(compressed);
    socket.destroySoon();
  },
});
