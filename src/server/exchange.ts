import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Operation } from '../contract/operation.js';
import type { Route } from '../contract/router.js';
import { type Answer, type Asker, renderRefusal } from '../sandbox/answer.js';
import type { NewExchange } from '../sandbox/journal.js';
import type { Refusal } from '../sandbox/pack.js';
import type { Packed } from '../sandbox/packed.js';
import type { Session } from '../sandbox/session.js';
import type { Millis } from '../scenario/duration.js';
import type { Address } from './address.js';

/** A request for the API while it is answered. */
export interface Exchange {
  req: IncomingMessage;
  res: ServerResponse;
  session: Session;
  /** Without the session. */
  path: string;
  /** With its question mark; empty when there is none. */
  query: string;
  /** What the contract says of method and path. */
  route: Route;
  asker: Asker;
  /** When it came, by the session's clock and by the machine's. */
  at: Millis;
  wall: Millis;
  /** High-resolution start. */
  began: number;
}

/** What the journal wants to know besides request and answer. */
export type Remarks = Partial<
  Pick<NewExchange, 'operation' | 'job' | 'scenario' | 'step' | 'state' | 'eta' | 'note'>
> & { requestBody?: Packed | undefined };

const NOTHING: Remarks = {};

/** @param base the server's own address, with the session that the client's address names */
export function openExchange(
  req: IncomingMessage,
  res: ServerResponse,
  session: Session,
  { path, query }: Pick<Address, 'path' | 'query'>,
  base: string,
): Exchange {
  return {
    req,
    res,
    session,
    path,
    query,
    route: session.setup.contract.route(req.method ?? '', path),
    asker: { url: base + path + query, request: session.requestIds.uuid() },
    at: session.clock.now(),
    wall: session.setup.wall(),
    began: performance.now(),
  };
}

/** Sends the answer and writes the exchange down. */
export function finish(exchange: Exchange, answer: Answer, remarks: Remarks = NOTHING): void {
  const { req, res, session } = exchange;
  const { headers } = answer;
  // Every time that a client sees comes from its session's clock; Node writes the machine's.
  if (session.clock.mode === 'manual' && headers.Date === undefined) {
    headers.Date = new Date(session.clock.now()).toUTCString();
  }
  // RFC 9110 §8.6: neither status has a body, so neither says how long it is.
  const empty = answer.status === 204 || answer.status === 304;
  if (!empty) headers['Content-Length'] = String(Buffer.byteLength(answer.body));
  if (!res.headersSent && !res.destroyed) {
    res.writeHead(answer.status, headers);
    res.end(empty ? undefined : answer.body);
  }
  session.write({
    at: exchange.at,
    wall: exchange.wall,
    took: performance.now() - exchange.began,
    method: req.method ?? '',
    path: exchange.path + exchange.query,
    operation: remarks.operation,
    job: remarks.job,
    scenario: remarks.scenario,
    step: remarks.step,
    state: remarks.state,
    eta: remarks.eta,
    status: answer.status,
    requestHeaders: req.rawHeaders.join('\n'),
    requestBody: remarks.requestBody,
    responseHeaders: headers,
    responseBody: answer.body,
    note: remarks.note,
  });
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

/** Sends an answer if the contract allows it; else says that the sandbox itself is at fault. */
export function finishChecked(
  exchange: Exchange,
  operation: Operation,
  answer: Answer,
  remarks: Remarks,
  offContract = false,
): void {
  const { contract } = exchange.session.setup;
  const { status, mediaType, value } = answer;
  const [first] = offContract ? [] : contract.validator.answer(operation, status, mediaType, value);
  if (!first) {
    finish(exchange, answer, remarks);
    return;
  }
  const note = `the answer (${status}) would break the contract at ${first.at}: ${first.description}`;
  const message = `The sandbox has no answer that the contract allows: ${note}`;
  finishRefusal(exchange, { status: 500, message }, { ...remarks, note });
}
