import type { Stub } from '../../load/stub-files.js';
import { isOwnTime } from '../../sandbox/clock.js';
import { cut } from '../../sandbox/journal.js';
import { endOfExchange } from '../api/journal-line.js';
import type { RequestContext } from '../api/request-context.js';
import { hasBody, readText } from '../http/read-text.js';
import { writeRest } from './write-rest.js';

/** Answers with what stands in a file, once the request has come whole. */
export function answerByStub(context: RequestContext, stub: Stub): void {
  const { req, session } = context;
  if (!hasBody(req)) send(context, stub, '');
  else {
    readText(
      req,
      session.setup.maxBody,
      (sent) => send(context, stub, sent?.text ?? ''),
      // Whatever came, the file says what is answered; what is left of the body would be the next request.
      () => send(context, { ...stub, headers: { ...stub.headers, Connection: 'close' } }, ''),
    );
  }
}

function send(context: RequestContext, stub: Stub, asked: string): void {
  const { req, res, session } = context;
  const { status, body, file } = stub;
  const headers: Record<string, string> = { ...stub.headers };
  if (isOwnTime(session.clock.mode)) headers.Date ??= new Date(session.clock.now()).toUTCString();
  // RFC 9110 §8.6: neither status has a body, so neither says how long it is.
  const empty = status === 204 || status === 304;
  if (!empty) headers['Content-Length'] = String(body.length);
  const end = endOfExchange(context);
  context.answered = true;
  res.writeHead(status, headers);
  res.end(empty ? undefined : body);
  if (req.method === 'HEAD') return;
  writeRest(context, {
    answeredBy: 'stub',
    note: `answered by ${file}`,
    asked: cut(asked),
    status,
    headers: Object.entries(headers),
    body: shown(stub),
    end,
  });
}

/** What is no text would be none in the journal either. */
function shown({ headers, body }: Stub): string {
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const isText = /^text\/|json|xml|yaml|charset/i.test(type ?? '');
  return isText ? body.toString('utf8') : `(${body.length} bytes)`;
}
