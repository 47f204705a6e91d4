import type { Answer } from '../../sandbox/answer.js';
import type { JournalFields } from '../../sandbox/handled.js';
import type { Duration } from '../../time/moments.js';
import { endTogether } from '../http/end-together.js';
import { delayAnswer } from './delay-answer.js';
import { endOfExchange, unanswered, writeExchange } from './journal-line.js';
import { playFault } from './play-fault.js';
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
  if (context.headOnly) sendHead(context, answer);
  else if (!delay) send(context, answer, journal);
  else {
    delayAnswer(context, delay, {
      due: () => send(context, answer, journal),
      left: () => writeExchange(context, journal, unanswered(undefined)),
    });
  }
}

function send(context: RequestContext, answer: Answer, journal: JournalFields): void {
  if (context.req.socket.destroyed) {
    writeExchange(context, journal, unanswered(undefined));
    return;
  }
  if (answer.fault && playFault(context, answer, answer.fault, journal)) return;
  // The moment before the client can know of it: one that comes back at once is not early.
  const end = endOfExchange(context);
  writeAnswer(context, answer);
  const { status, headers, body } = answer;
  writeExchange(context, journal, { status, headers, body, fault: answer.fault?.name }, end);
}

/** The head alone, of what a GET would say now; one that would get no answer is told that there is content. */
function sendHead(context: RequestContext, answer: Answer): void {
  const { status } = answer;
  writeAnswer(context, status === 0 ? { ...answer, status: 200 } : answer);
}

function writeAnswer(context: RequestContext, { status, headers, body }: Answer): void {
  const { res, session } = context;
  // Every time that a client sees comes from its session's clock; Node writes the machine's.
  if (session.clock.mode === 'manual' && headers.Date === undefined) {
    headers.Date = new Date(session.clock.now()).toUTCString();
  }
  // RFC 9110 §8.6: neither status has a body, so neither says how long it is.
  const empty = status === 204 || status === 304;
  const length = Buffer.byteLength(body);
  // In place: a copy costs a poll a tenth.
  if (!empty) headers['Content-Length'] = String(length);
  if (res.headersSent) return;
  // At once, because it refuses what no header can be.
  res.writeHead(status, linesOf(context, headers));
  context.answered = true;
  endTogether({ res, body: empty ? undefined : body, isPlain: length === body.length });
}

/**
 * Names and values in turn, as Node writes them fastest. The request's name is not for the journal: one that was made
 * stands in the body, and one that was given in the request.
 */
function linesOf({ api, requestId }: RequestContext, headers: Answer['headers']): string[] {
  const told = requestId === undefined ? undefined : api.binding.gateway.requestId?.told;
  if (told !== undefined && headers[told] !== undefined) delete headers[told];
  const lines: string[] = [];
  for (const name in headers) lines.push(name, headers[name] as string);
  if (told !== undefined) lines.push(told, requestId as string);
  return lines;
}
