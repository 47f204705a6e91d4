import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { declareFault } from './declare.js';
import { type Delivery, headOf } from './delivery.js';

const DEFAULT_SIZE = 10_000_000;
const SPACES = Buffer.alloc(65_536, ' ');

/**
 * Sends so much white space before the body that it has the fault's size: every reader of JSON takes it
 * (RFC 8259 §2), if it takes so much.
 */
export const hugeBody = declareFault({
  name: 'huge-body',
  title: 'body of many megabytes',
  read: 'maybe',
  answer: 'damaged',
  settings: ['bytes'],
  play: (delivery) => {
    const { socket, answer } = delivery;
    pipeline(Readable.from(pieces(delivery)), socket).then(
      () => {
        socket.destroySoon();
        delivery.sent(answer.body);
      },
      () => delivery.clientAborted(),
    );
  },
});

function* pieces(delivery: Delivery): Generator<Buffer> {
  const body = Buffer.from(delivery.answer.body);
  const size = Math.max(delivery.settings.bytes ?? DEFAULT_SIZE, body.length);
  yield Buffer.from(headOf(delivery, { 'Content-Length': String(size) }));
  for (let rest = size - body.length; rest > 0; rest -= SPACES.length) {
    yield SPACES.subarray(0, Math.min(rest, SPACES.length));
  }
  yield body;
}
