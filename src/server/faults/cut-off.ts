import { headOf, honestHeadOf } from './head.js';
import { type Struck, sent } from './struck.js';

/** A reset overtakes what its receiver has not read yet (RFC 9293 §3.10.7.4), in milliseconds. */
const TIME_TO_READ = 25;

/** Sends the headers, then breaks the connection. */
export function resetAfterHeaders(struck: Struck): void {
  const { socket } = struck;
  socket.write(honestHeadOf(struck), () => {
    setTimeout(() => socket.resetAndDestroy(), TIME_TO_READ);
  });
  sent(struck, '');
}

/** Closes before as many bytes have come as Content-Length has promised (RFC 9112 §8). */
export function truncatedBody(struck: Struck): void {
  const part = partOf(struck);
  sendAndClose(struck, honestHeadOf(struck), part);
  sent(struck, part.toString());
}

/** Closes without the chunk of length 0 that ends a body (RFC 9112 §7.1). */
export function chunkedCutOff(struck: Struck): void {
  const part = partOf(struck);
  const head = headOf(struck, { 'Transfer-Encoding': 'chunked' });
  const size = `${part.length.toString(16)}\r\n`;
  sendAndClose(struck, head, ...(part.length > 0 ? [size, part, '\r\n'] : []));
  sent(struck, part.toString());
}

/** Sends the whole body behind the length of another one. */
export function wrongContentLength(struck: Struck): void {
  const { answer, fault } = struck;
  const said = Math.max(0, Buffer.byteLength(answer.body) + fault.offBy);
  sendAndClose(struck, headOf(struck, { 'Content-Length': String(said) }), answer.body);
  sent(struck, answer.body);
}

function sendAndClose({ socket }: Struck, ...pieces: (string | Buffer)[]): void {
  socket.cork();
  for (const piece of pieces) socket.write(piece);
  socket.uncork();
  socket.destroySoon();
}

/** As much of the body as the fault lets through; half of it unless it says how much. */
function partOf({ answer, fault }: Struck): Buffer {
  const whole = Buffer.from(answer.body);
  return whole.subarray(0, fault.bytes ?? Math.floor(whole.length / 2));
}
