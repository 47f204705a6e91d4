import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Route } from '../contract/router.js';
import type { Answer, Asker } from '../sandbox/answer.js';
import type { NewExchange, Exchange as Written } from '../sandbox/journal.js';
import type { Packed } from '../sandbox/packed.js';
import type { Session } from '../sandbox/session.js';
import type { Millis } from '../scenario/duration.js';
import type { FaultName } from '../scenario/fault.js';
import { type Address, whereFor } from './address.js';

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
  Pick<
    NewExchange,
    'operation' | 'job' | 'scenario' | 'step' | 'state' | 'told' | 'resource' | 'eta' | 'note'
  >
> & {
  requestBody?: Packed | undefined;
  /** Its fault came by chance. */
  chance?: boolean;
  /** The answer is to be sent so much later, by the session's clock. */
  delay?: Millis;
};

/** What has gone over the wire. */
export type Sent = Pick<Answer, 'status' | 'headers' | 'body' | 'refused'> & {
  fault: FaultName | undefined;
};

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
    asker: {
      url: base + path + query,
      request: session.requestIds.uuid(),
      where: () => whereFor(req.headers.host, base, path, session.setup.binding.prefixes),
    },
    at: session.clock.now(),
    wall: session.setup.wall(),
    began: performance.now(),
  };
}

/** No answer: a fault in its place, or nobody there who would get it. */
export function unanswered(fault: FaultName | undefined): Sent {
  return { fault, status: 0, headers: {}, body: '' };
}

/** Writes the exchange down as it ends; one that hangs is written while it is open. */
export function write(
  { req, session, at, wall, began, path, query }: Exchange,
  remarks: Remarks,
  { fault, status, headers, body, refused }: Sent,
): Written {
  const open = fault === 'hang';
  const silent = status === 0;
  return session.write({
    at,
    wall,
    began,
    until: open ? undefined : session.clock.now(),
    took: open ? undefined : performance.now() - began,
    method: req.method ?? '',
    path: path + query,
    operation: remarks.operation,
    job: remarks.job,
    scenario: remarks.scenario,
    step: remarks.step,
    state: remarks.state,
    told: silent ? undefined : remarks.told,
    resource: remarks.resource,
    eta: silent ? undefined : remarks.eta,
    status,
    fault,
    chance: remarks.chance ?? false,
    left: silent && fault === undefined,
    requestHeaders: req.rawHeaders.join('\n'),
    requestBody: remarks.requestBody,
    responseHeaders: headers,
    responseBody: body,
    refused,
    note: remarks.note,
  });
}
