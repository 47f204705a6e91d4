import { cut, type Exchange, UNSAID } from '../../sandbox/journal.js';
import { maskHeader, maskQuery, maskSecrets } from '../../sandbox/mask-secrets.js';
import type { RequestContext } from '../api/request-context.js';
import type { HeaderLines } from '../http/end-to-end.js';

/** An exchange that no contract knows. */
interface RestExchange {
  answeredBy: 'stub' | 'upstream';
  note: string;
  /** The request's body; empty when none came or it is no text. */
  asked: string;
  /** 0: no answer was sent. */
  status: number;
  headers: HeaderLines;
  body: string;
  refused?: string | undefined;
  end: Pick<Exchange, 'endedAt' | 'durationMs'>;
}

/** Writes it down with its credentials masked: they may be real ones. */
export function writeRest(context: RequestContext, rest: RestExchange): void {
  const { req, session, at, wall, startedMono, path, query } = context;
  const { answeredBy, note, asked, status, headers, body, refused, end } = rest;
  session.write({
    at,
    wall,
    startedMono,
    ...end,
    method: req.method ?? '',
    path: path + maskQuery(query),
    answeredBy,
    ...UNSAID,
    status,
    aborted: status === 0,
    // Masked whenever they are shown.
    requestHeaders: req.rawHeaders.join('\n'),
    requestBody:
      asked === ''
        ? undefined
        : session.setup.compressor.keep(maskSecrets(cut(asked), path, false)),
    responseHeaders: shown(headers),
    responseBody: maskSecrets(cut(body), path, true),
    refused,
    note,
  });
}

/** RFC 9110 §5.3: lines of one name are one list. */
function shown(lines: HeaderLines): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of lines) {
    const masked = maskHeader(name, value);
    headers[name] = headers[name] === undefined ? masked : `${headers[name]}, ${masked}`;
  }
  return headers;
}
