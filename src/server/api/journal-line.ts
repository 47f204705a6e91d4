import { FAULTS, type FaultName } from '../../faults/index.js';
import type { Answer } from '../../sandbox/answer.js';
import type { JournalFields } from '../../sandbox/handled.js';
import type { Ending, Exchange } from '../../sandbox/journal.js';
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

/** It has not ended yet. */
const OPEN: End = { endedAt: undefined, durationMs: undefined };

export function endOfExchange({ session, startedMono }: RequestContext): End {
  return { endedAt: session.clock.now(), durationMs: session.setup.steady() - startedMono };
}

/** What an answer is to say over the wire, unless its fault lets nothing be said. */
export function sentOf({ status, headers, body, fault }: Answer): Sent {
  const isSilent = fault !== undefined && FAULTS[fault.name].answer === 'none';
  return isSilent ? unanswered(fault.name) : { fault: fault?.name, status, headers, body };
}

let newestLines: readonly string[] = [];
let newestText = '';

/** A client sends the same headers each time: ten thousand exchanges share one text of them. */
function shared(lines: readonly string[]): string {
  const isSame =
    lines.length === newestLines.length && lines.every((line, i) => line === newestLines[i]);
  if (!isSame) newestText = lines.join('\n');
  newestLines = lines;
  return newestText;
}

let newestHeaders: Answer['headers'] = {};
let newestCount = 0;

/** The same for the headers of answers. */
function sharedHeaders(headers: Answer['headers']): Answer['headers'] {
  let count = 0;
  let isSame = true;
  for (const name in headers) {
    count += 1;
    isSame &&= headers[name] === newestHeaders[name];
  }
  if (!isSame || count !== newestCount) newestHeaders = headers;
  newestCount = count;
  return newestHeaders;
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

/** Writes the exchange down, with what it has changed, before its answer is sent. */
export function writeOpen(context: RequestContext, fields: JournalFields, sent: Sent): Exchange {
  return writeExchange(context, fields, sent, OPEN);
}

/** Completes an exchange that was written down while it was open. */
export function endWritten(
  context: RequestContext,
  written: Exchange,
  end: Partial<Ending> = {},
): void {
  context.session.complete(written, { ...endOfExchange(context), aborted: false, ...end });
}

/** The same where its client has left before it was told anything. */
export function endUntold(context: RequestContext, written: Exchange): void {
  endWritten(context, written, { aborted: true, untold: true });
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
    seq: undefined,
    at,
    wall,
    startedMono,
    endedAt: open ? undefined : end.endedAt,
    durationMs: open ? undefined : end.durationMs,
    method: req.method ?? '',
    path: path + query,
    api: isNamed(context) ? api.name : undefined,
    operation: fields.operation,
    job: fields.job,
    scenario: fields.scenario,
    step: fields.step,
    heldFrom: fields.heldFrom,
    resultPlace: fields.resultPlace,
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
    requestHeaders: shared(req.rawHeaders),
    calledAs: called.proxied && called.origin + called.prefix,
    requestBody: fields.requestBody,
    content: sharedContent(fields.content),
    responseHeaders: sharedHeaders(headers),
    responseBody: body,
    refused: fields.refused,
    breaches: fields.breaches,
    note: noteOf(fields),
  });
}
