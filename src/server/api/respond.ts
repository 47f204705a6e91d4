import type { Fault } from '../../faults/index.js';
import type { Answer } from '../../sandbox/answer.js';
import { isOwnTime } from '../../sandbox/clock.js';
import type { JournalFields } from '../../sandbox/handled.js';
import type { Exchange } from '../../sandbox/journal.js';
import type { Duration } from '../../time/moments.js';
import { endTogether } from '../http/end-together.js';
import { delayAnswer } from './delay-answer.js';
import {
  endOfExchange,
  endUntold,
  endWritten,
  sentOf,
  unanswered,
  writeExchange,
  writeOpen,
} from './journal-line.js';
import { onceKept } from './once-kept.js';
import { isPlayed, playFault, precede, writtenAtItsEnd, writtenBefore } from './play-fault.js';
import type { RequestContext } from './request-context.js';

/** What is to be sent, and what the journal is to know of it. */
export interface Response {
  answer: Answer;
  journal: JournalFields;
  /** The answer is to be sent so much later, by the session's clock. */
  delay?: Duration | undefined;
}

/** The only one that sends: when it is time to, what the answer says or what its fault makes of it. */
export function respond(context: RequestContext, response: Response): void {
  const { answer, journal, delay } = response;
  if (context.headOnly) onceKept(context, () => sendHead(context, answer), sendUnkept(context));
  else if (!delay) send(context, answer, journal);
  else if (context.session.keepsAtOnce) {
    delayAnswer(context, delay, {
      due: () => send(context, answer, journal),
      left: () => writeExchange(context, journal, unanswered(undefined)),
    });
  } else {
    // A copy: it gets further headers when it is sent.
    const later = { ...answer, headers: { ...answer.headers } };
    const written = writeOpen(context, journal, sentOf(later));
    const wait = () =>
      delayAnswer(context, delay, {
        due: () => send(context, answer, journal, written),
        left: () => endUntold(context, written),
      });
    // What others have overtaken is decided anew, and not when it is to be sent.
    if (context.session.shared) onceKept(context, wait, sendUnkept(context));
    else wait();
  }
}

/** @param written the exchange, where it has been written down while it was open */
function send(
  context: RequestContext,
  answer: Answer,
  journal: JournalFields,
  written?: Exchange,
): void {
  const { fault } = answer;
  if (context.req.socket.destroyed) {
    if (written) endUntold(context, written);
    else writeExchange(context, journal, unanswered(undefined));
  } else if (!fault || !isPlayed(fault)) tell(context, answer, journal, written);
  else play(context, answer, fault, journal, written);
}

/** The same for an answer whose fault is played over the wire. */
function play(
  context: RequestContext,
  answer: Answer,
  fault: Fault,
  journal: JournalFields,
  written?: Exchange,
): void {
  if (context.session.keepsAtOnce) {
    playFault(context, answer, fault, writtenAtItsEnd(context, answer, fault, journal));
    return;
  }
  const entry = written ?? writeOpen(context, journal, sentOf(answer));
  const told = writtenBefore(context, answer, entry);
  onceKept(context, () => playFault(context, answer, fault, told), sendUnkept(context));
}

/** Writes the exchange down, and sends the answer once all of it is kept. */
function tell(
  context: RequestContext,
  answer: Answer,
  journal: JournalFields,
  written?: Exchange,
): void {
  // The moment before the client can know of it: one that comes back at once is not early.
  const end = endOfExchange(context);
  const { status, headers, body } = answer;
  const length = complete(context, answer);
  const write = () => {
    if (!written) writeExchange(context, journal, sentOf(answer), end);
    else
      endWritten(context, written, {
        ...end,
        sent: { status, responseHeaders: headers, responseBody: body },
      });
  };
  if (context.session.keepsAtOnce) {
    // At first, because it refuses what no header can be.
    sendWhole(context, answer, length);
    write();
    return;
  }
  write();
  onceKept(context, () => sendWhole(context, answer, length), sendUnkept(context));
}

function sendWhole(context: RequestContext, answer: Answer, length: number): void {
  if (answer.fault) precede(context, answer, answer.fault);
  writeAnswer(context, answer, length);
}

/** Nothing of the request was kept, and its client is told so. */
export function sendUnkept(context: RequestContext): (answer: Answer) => void {
  return (answer) => writeAnswer(context, answer, complete(context, answer));
}

/** The head alone, of what a GET would say now; one that would get no answer is told that there is content. */
function sendHead(context: RequestContext, answer: Answer): void {
  const { status } = answer;
  const told = status === 0 ? { ...answer, status: 200 } : answer;
  writeAnswer(context, told, complete(context, told));
}

/** RFC 9110 §8.6: neither status has a body, so neither says how long it is. */
function isEmpty({ status }: Answer): boolean {
  return status === 204 || status === 304;
}

/**
 * Headers that every answer has, but for the request's name, which is not for the journal: one that was made stands in
 * the body, and one that was given in the request.
 * @returns bytes of its body
 */
function complete(context: RequestContext, answer: Answer): number {
  const { session } = context;
  const { headers, body } = answer;
  const told = nameHeader(context);
  if (told !== undefined && headers[told] !== undefined) delete headers[told];
  // Every time that a client sees comes from its session's clock; Node writes the machine's.
  if (isOwnTime(session.clock.mode) && headers.Date === undefined) {
    headers.Date = new Date(session.clock.now()).toUTCString();
  }
  const length = Buffer.byteLength(body);
  // In place: a copy costs a poll a tenth.
  if (!isEmpty(answer)) headers['Content-Length'] = String(length);
  return length;
}

function writeAnswer(context: RequestContext, answer: Answer, length: number): void {
  const { res } = context;
  const { status, headers, body } = answer;
  if (res.headersSent) return;
  // At once, because it refuses what no header can be.
  res.writeHead(status, linesOf(context, headers));
  context.answered = true;
  endTogether({ res, body: isEmpty(answer) ? undefined : body, isPlain: length === body.length });
}

/** Names and values in turn, as Node writes them fastest. */
function linesOf(context: RequestContext, headers: Answer['headers']): string[] {
  const lines: string[] = [];
  for (const name in headers) lines.push(name, headers[name] as string);
  const told = nameHeader(context);
  if (told !== undefined) lines.push(told, context.requestId as string);
  return lines;
}

/** The header that tells the request's name, where it has one. */
function nameHeader({ api, requestId }: RequestContext): string | undefined {
  return requestId === undefined ? undefined : api.binding.gateway.requestId?.told;
}
