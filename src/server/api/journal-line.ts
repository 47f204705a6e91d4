import { FAULTS, type FaultName } from '../../faults/index.js';
import type { Answer } from '../../sandbox/answer.js';
import type { JournalFields } from '../../sandbox/handled.js';
import type { Exchange } from '../../sandbox/journal.js';
import type { RequestContext } from './context.js';

/** What has gone over the wire. */
export type Sent = Pick<Answer, 'status' | 'headers' | 'body'> & { fault: FaultName | undefined };

/** No answer: a fault in its place, or nobody there who would get it. */
export function unanswered(fault: FaultName | undefined): Sent {
  return { fault, status: 0, headers: {}, body: '' };
}

/** Writes the exchange down as it ends; one that hangs is written while it is open. */
export function writeExchange(
  { req, session, at, wall, startedMono, path, query }: RequestContext,
  fields: JournalFields,
  { fault, status, headers, body }: Sent,
): Exchange {
  const open = fault !== undefined && FAULTS[fault].endless === true;
  const silent = status === 0;
  return session.write({
    at,
    wall,
    began: startedMono,
    until: open ? undefined : session.clock.now(),
    took: open ? undefined : performance.now() - startedMono,
    method: req.method ?? '',
    path: path + query,
    operation: fields.operation,
    job: fields.job,
    scenario: fields.scenario,
    step: fields.step,
    state: fields.state,
    told: silent ? undefined : fields.told,
    resource: fields.resource,
    eta: silent ? undefined : fields.eta,
    status,
    fault,
    chance: fields.chance ?? false,
    left: silent && fault === undefined,
    requestHeaders: req.rawHeaders.join('\n'),
    requestBody: fields.requestBody,
    responseHeaders: headers,
    responseBody: body,
    refused: fields.refused,
    note: fields.note,
  });
}
