import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { headOf } from './head.js';
import { leftAlone, type Struck, sent } from './struck.js';

const USUAL = 10_000_000;
const SPACES = Buffer.alloc(65_536, ' ');

/**
 * Sends so much white space before the body that it has the fault's size: every reader of JSON takes it
 * (RFC 8259 §2), if it takes so much.
 */
export function hugeBody(struck: Struck): void {
  const { socket, answer } = struck;
  pipeline(Readable.from(pieces(struck)), socket).then(
    () => {
      socket.destroySoon();
      sent(struck, answer.body);
    },
    () => leftAlone(struck),
  );
}

function* pieces(struck: Struck): Generator<Buffer> {
  const body = Buffer.from(struck.answer.body);
  const size = Math.max(struck.fault.bytes ?? USUAL, body.length);
  yield Buffer.from(headOf(struck, { 'Content-Length': String(size) }));
  for (let rest = size - body.length; rest > 0; rest -= SPACES.length) {
    yield SPACES.subarray(0, Math.min(rest, SPACES.length));
  }
  yield body;
}
