import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { clientAborted, type FaultContext, sent } from './fault-context.js';
import { headOf } from './head.js';

const USUAL = 10_000_000;
const SPACES = Buffer.alloc(65_536, ' ');

/**
 * Sends so much white space before the body that it has the fault's size: every reader of JSON takes it
 * (RFC 8259 §2), if it takes so much.
 */
export function hugeBody(faulty: FaultContext): void {
  const { socket, answer } = faulty;
  pipeline(Readable.from(pieces(faulty)), socket).then(
    () => {
      socket.destroySoon();
      sent(faulty, answer.body);
    },
    () => clientAborted(faulty),
  );
}

function* pieces(faulty: FaultContext): Generator<Buffer> {
  const body = Buffer.from(faulty.answer.body);
  const size = Math.max(faulty.fault.bytes ?? USUAL, body.length);
  yield Buffer.from(headOf(faulty, { 'Content-Length': String(size) }));
  for (let rest = size - body.length; rest > 0; rest -= SPACES.length) {
    yield SPACES.subarray(0, Math.min(rest, SPACES.length));
  }
  yield body;
}
