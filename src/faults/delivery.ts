import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Message } from '../contract/message.js';
import type { Duration, Moment } from '../time/moments.js';
import type { FaultSettings } from './settings.js';

/** An answer on its way to its client, as a fault gets hold of it. */
export interface Delivery {
  answer: Message;
  settings: FaultSettings;
  socket: Socket;
  /** Headers that the server has set beside those of the answer. */
  headers: Readonly<Record<string, unknown>>;
  /** The session's time: `pace` divides lengths, `manual` moves by hand alone. */
  time: { now(): Moment; pace: number; manual: boolean };
  /** What is held back is sent at once. */
  ended(): boolean;
  /** Breaks the connection by a reset. */
  reset(): void;
  /** Waits for a length of the session's time; one of the two is called. */
  wait(delay: Duration, then: { due: () => void; left: () => void }): void;
  /** Calls back when the session ends. @returns a function that ends the watch */
  onEnd(call: () => void): () => void;
  /** Lets other servers, whom the client could reach in the place of this one, do the same; undefined: there are none. */
  closeElsewhere(length: Duration): Promise<void> | undefined;
  /** Takes no connection where this one came in, for a length of the session's time. */
  closePort(length: Duration): void;
  /** What has become of the answer, for the journal; one of these is called, once. */
  sent(body: string): void;
  nothingSent(): void;
  clientAborted(): void;
  /** The request stays open. @returns how to note its end; `aborted`: it is the client that has left */
  staysOpen(): (aborted: boolean) => void;
}

/**
 * Status line and headers as they go over the wire, for an answer that Node would not send so
 * (RFC 9112 §4, §5). The connection is not used again.
 */
export function headOf(
  { answer: { status, headers }, headers: set, time }: Delivery,
  framing: Readonly<Record<string, string>>,
): string {
  const all = {
    // What a page needs to be given the answer at all stands there already.
    ...set,
    ...headers,
    Date: headers.Date ?? new Date(time.now()).toUTCString(),
    Connection: 'close',
    ...framing,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}\r\n${lines.join('')}\r\n`;
}

/** The head of an answer whose body has the length that it says. */
export function honestHeadOf(delivery: Delivery): string {
  return headOf(delivery, { 'Content-Length': String(Buffer.byteLength(delivery.answer.body)) });
}

export function sendAndClose({ socket }: Delivery, ...pieces: (string | Buffer)[]): void {
  socket.cork();
  for (const piece of pieces) socket.write(piece);
  socket.uncork();
  socket.destroySoon();
}

/** As much of the body as the fault lets through; half of it unless it says how much. */
export function partOf({ answer, settings }: Delivery): Buffer {
  const whole = Buffer.from(answer.body);
  return whole.subarray(0, settings.bytes ?? Math.floor(whole.length / 2));
}

/** Smaller pieces than come in this time of the machine cost much and show nothing more. */
const SHORTEST_WAIT: Duration = 50;

/**
 * Sends `before` at once, `slow` at the fault's rate by the session's clock, then `after`. What is left
 * when the session ends is sent at once.
 */
export function trickle(delivery: Delivery, before: string, slow: string, after: string): void {
  const { settings, socket, answer, time } = delivery;
  const { pace } = time;
  const bytes = Buffer.from(slow);
  const began = time.now();
  const wait = Math.max(SHORTEST_WAIT * pace, 1000 / settings.rate);
  let gone = 0;
  if (before) socket.write(before);
  const step = () => {
    const elapsed = (time.now() - began) * pace;
    const due = delivery.ended() ? bytes.length : Math.floor((elapsed * settings.rate) / 1000);
    // Noted before the client can know of it: one that comes back at once is not early.
    if (due >= bytes.length) delivery.sent(answer.body);
    socket.write(bytes.subarray(gone, due));
    gone = due;
    if (gone < bytes.length) scheduleNext();
    else {
      if (after) socket.write(after);
      socket.destroySoon();
    }
  };
  const scheduleNext = () =>
    delivery.wait(wait, { due: step, left: () => delivery.clientAborted() });
  scheduleNext();
}
