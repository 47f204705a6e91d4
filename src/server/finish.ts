import type { Operation } from '../contract/operation.js';
import { type Answer, renderRefusal } from '../sandbox/answer.js';
import type { Refusal } from '../sandbox/pack.js';
import { type Exchange, type Remarks, unanswered, write } from './exchange.js';
import { playFault } from './fault.js';
import { hold } from './hold.js';
import { meetChaos } from './meet-chaos.js';

const NOTHING: Remarks = {};

/** Answers a request when it is time to, or plays the fault in the answer's place. */
export function finish(exchange: Exchange, said: Answer, noted: Remarks = NOTHING): void {
  const { answer, remarks } = exchange.session.chaos
    ? meetChaos(exchange, { answer: said, remarks: noted })
    : { answer: said, remarks: noted };
  if (!remarks.delay) send(exchange, answer, remarks);
  else {
    hold(exchange, remarks.delay, {
      due: () => send(exchange, answer, remarks),
      left: () => write(exchange, remarks, unanswered(undefined)),
    });
  }
}

/** Sends the answer and writes the exchange down. */
function send(exchange: Exchange, answer: Answer, remarks: Remarks): void {
  const { req, res, session } = exchange;
  if (req.socket.destroyed) {
    write(exchange, remarks, unanswered(undefined));
    return;
  }
  if (answer.fault && playFault(exchange, answer, answer.fault, remarks)) return;
  const { status, headers, body, refused } = answer;
  // Every time that a client sees comes from its session's clock; Node writes the machine's.
  if (session.clock.mode === 'manual' && headers.Date === undefined) {
    headers.Date = new Date(session.clock.now()).toUTCString();
  }
  // RFC 9110 §8.6: neither status has a body, so neither says how long it is.
  const empty = status === 204 || status === 304;
  if (!empty) headers['Content-Length'] = String(Buffer.byteLength(body));
  if (!res.headersSent) {
    res.writeHead(status, headers);
    res.end(empty ? undefined : body);
  }
  write(exchange, remarks, { status, headers, body, refused, fault: answer.fault?.name });
}

/** Refuses in the platform's error envelope. */
export function finishRefusal(
  exchange: Exchange,
  refusal: Refusal,
  remarks: Remarks = NOTHING,
  headers: Record<string, string> = {},
): void {
  const answer = renderRefusal(exchange.session.setup.binding, refusal, exchange.asker);
  Object.assign(answer.headers, headers);
  finish(exchange, answer, remarks);
}

/**
 * Sends an answer if the contract allows it; else says that the sandbox itself is at fault. Where
 * nothing is answered no contract is broken.
 */
export function finishChecked(
  exchange: Exchange,
  operation: Operation,
  answer: Answer,
  remarks: Remarks,
  offContract = false,
): void {
  const { contract } = exchange.session.setup;
  const { status, mediaType, value } = answer;
  const free = offContract || answer.status === 0;
  const [first] = free ? [] : contract.validator.answer(operation, status, mediaType, value);
  if (!first) {
    finish(exchange, answer, remarks);
    return;
  }
  const note = `the answer (${status}) would break the contract at ${first.at}: ${first.description}`;
  const message = `The sandbox has no answer that the contract allows: ${note}`;
  finishRefusal(
    exchange,
    { status: 500, message },
    { ...remarks, told: undefined, eta: undefined, note },
  );
}
