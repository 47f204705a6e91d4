import { type FaultContext, sent } from './fault-context.js';
import { headOf, honestHeadOf } from './head.js';

/** A reset overtakes what its receiver has not read yet (RFC 9293 §3.10.7.4), in milliseconds. */
const TIME_TO_READ = 25;

/** Sends the headers, then breaks the connection. */
export function resetAfterHeaders(faulty: FaultContext): void {
  const { socket } = faulty;
  socket.write(honestHeadOf(faulty), () => {
    setTimeout(() => socket.resetAndDestroy(), TIME_TO_READ);
  });
  sent(faulty, '');
}

/** Closes before as many bytes have come as Content-Length has promised (RFC 9112 §8). */
export function truncatedBody(faulty: FaultContext): void {
  const part = partOf(faulty);
  sendAndClose(faulty, honestHeadOf(faulty), part);
  sent(faulty, part.toString());
}

/** Closes without the chunk of length 0 that ends a body (RFC 9112 §7.1). */
export function chunkedCutOff(faulty: FaultContext): void {
  const part = partOf(faulty);
  const head = headOf(faulty, { 'Transfer-Encoding': 'chunked' });
  const size = `${part.length.toString(16)}\r\n`;
  sendAndClose(faulty, head, ...(part.length > 0 ? [size, part, '\r\n'] : []));
  sent(faulty, part.toString());
}

/** Sends the whole body behind the length of another one. */
export function wrongContentLength(faulty: FaultContext): void {
  const { answer, fault } = faulty;
  const said = Math.max(0, Buffer.byteLength(answer.body) + fault.offBy);
  sendAndClose(faulty, headOf(faulty, { 'Content-Length': String(said) }), answer.body);
  sent(faulty, answer.body);
}

function sendAndClose({ socket }: FaultContext, ...pieces: (string | Buffer)[]): void {
  socket.cork();
  for (const piece of pieces) socket.write(piece);
  socket.uncork();
  socket.destroySoon();
}

/** As much of the body as the fault lets through; half of it unless it says how much. */
function partOf({ answer, fault }: FaultContext): Buffer {
  const whole = Buffer.from(answer.body);
  return whole.subarray(0, fault.bytes ?? Math.floor(whole.length / 2));
}
