import { FAULTS, type FaultName } from '../../faults/index.js';
import type { Answer } from '../../sandbox/answer.js';
import type { JournalFields } from '../../sandbox/handled.js';
import type { Exchange } from '../../sandbox/journal.js';
import { isEqualContent, type RequestContent } from '../../sandbox/request-content.js';
import type { RequestContext } from './request-context.js';

/** What has gone over the wire. */
export type Sent = Pick<Answer, 'status' | 'headers' | 'body'> & { fault: FaultName | undefined };

/** No answer: a fault in its place, or nobody there who would get it. */
export function unanswered(fault: FaultName | undefined): Sent {
  return { fault, status: 0, headers: {}, body: '' };
}

/** When an exchange ended, by the session's clock, and how long it took in milliseconds of the machine. */
type End = Pick<Exchange, 'endedAt' | 'durationMs'>;

export function endOfExchange({ session, startedMono }: RequestContext): End {
  return { endedAt: session.clock.now(), durationMs: performance.now() - startedMono };
}

let newest = '';

/** A client sends the same headers each time: ten thousand exchanges share one text of them. */
function shared(text: string): string {
  if (text !== newest) newest = text;
  return newest;
}

let newestHeaders: Answer['headers'] = {};

/**
 * The same for the headers of answers: those to polls of one job differ in the request's name alone. It is left out:
 * one that was made stands in the body, and one that was given in the request.
 */
function sharedHeaders(
  headers: Answer['headers'],
  { api, requestId }: RequestContext,
): Answer['headers'] {
  const named = api.binding.gateway.requestId?.told;
  const name = named !== undefined && headers[named] === requestId ? named : undefined;
  const names = Object.keys(headers);
  const known = Object.keys(newestHeaders).length + (name === undefined ? 0 : 1);
  const same =
    names.length === known &&
    names.every((each) => each === name || headers[each] === newestHeaders[each]);
  if (!same) newestHeaders = without(headers, name);
  return newestHeaders;
}

function without(headers: Answer['headers'], name: string | undefined): Answer['headers'] {
  if (name === undefined) return headers;
  return Object.fromEntries(Object.entries(headers).filter(([each]) => each !== name));
}

let newestContent: RequestContent | undefined;

/** The same for what a client asks for that sends one request again and again. */
function sharedContent(content: RequestContent | undefined): RequestContent | undefined {
  if (content && !(newestContent && isEqualContent(content, newestContent)))
    newestContent = content;
  return content && newestContent;
}

/** Where there is one API, it goes without saying. */
function isNamed({ route, session }: RequestContext): boolean {
  return session.setup.apis.length > 1 && route.kind !== 'unknown path';
}

/** A request that has gone through although it breaks the contract says so where people look. */
function noteOf({ note, breaches }: JournalFields): string | undefined {
  if (!breaches) return note;
  return [`the request breaks the contract: ${breaches.join('; ')}`, ...(note ? [note] : [])].join(
    '; ',
  );
}

/** Writes the exchange down as it ends; one that hangs is written while it is open. */
export function writeExchange(
  context: RequestContext,
  fields: JournalFields,
  { fault, status, headers, body }: Sent,
  end: End = endOfExchange(context),
): Exchange {
  const { req, session, api, at, wall, startedMono, path, query, called } = context;
  const open = fault !== undefined && FAULTS[fault].endless === true;
  const silent = status === 0;
  return session.write({
    at,
    wall,
    startedMono: startedMono,
    endedAt: open ? undefined : end.endedAt,
    durationMs: open ? undefined : end.durationMs,
    method: req.method ?? '',
    path: path + query,
    api: isNamed(context) ? api.name : undefined,
    operation: fields.operation,
    job: fields.job,
    scenario: fields.scenario,
    step: fields.step,
    ...(fields.heldFrom === undefined ? {} : { heldFrom: fields.heldFrom }),
    ...(fields.resultPlace === undefined ? {} : { resultPlace: fields.resultPlace }),
    state: fields.state,
    reportedOutcome: silent ? undefined : fields.reportedOutcome,
    resource: fields.resource,
    listed: silent ? undefined : fields.listed,
    forgotten: fields.forgotten,
    eta: silent ? undefined : fields.eta,
    status,
    fault,
    chance: fields.chance ?? false,
    aborted: silent && fault === undefined,
    requestHeaders: shared(req.rawHeaders.join('\n')),
    calledAs: called.proxied && called.origin + called.prefix,
    requestBody: fields.requestBody,
    content: sharedContent(fields.content),
    responseHeaders: sharedHeaders(headers, context),
    responseBody: body,
    refused: fields.refused,
    breaches: fields.breaches,
    note: noteOf(fields),
  });
}
