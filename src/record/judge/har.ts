import { parseJson } from '../../contract/json.js';
import { isJson, mediaTypeOf } from '../../contract/media-type.js';
import type { ErrorCode } from '../../error-codes.js';
import { FileError } from '../../problem.js';
import type { Apis } from '../../sandbox/api.js';
import { routesOf } from '../../sandbox/routes.js';
import { type Body, type HeaderLines, headerOf, type Seen } from '../seen.js';

/** What a HAR holds of one exchange (HAR 1.2), as far as it is read. */
interface Entry {
  startedDateTime?: string;
  /** Milliseconds; -1: not known. */
  time?: number;
  request?: {
    method?: string;
    url?: string;
    headers?: { name: string; value: string }[];
    postData?: { mimeType?: string; text?: string; params?: { name: string; value?: string }[] };
  };
  response?: {
    status?: number;
    headers?: { name: string; value: string }[];
    content?: { size?: number; mimeType?: string; text?: string; encoding?: string };
    bodySize?: number;
    /** Why there is no answer, in words of Chrome's and of Playwright's own. */
    _error?: string;
    _failureText?: string;
  };
}

/** What stands in a HAR of an API. */
export interface ReadHar {
  seen: Seen[];
  /** Of other hosts than the API's, by host. */
  others: ReadonlyMap<string, number>;
  /** Hosts of the API. */
  hosts: readonly string[];
  /** Exchanges with jobs whose answers have no body in the file: what was told is not known. */
  bodiless: number;
  /** Requests without an answer: why there was none, no HAR tells. */
  unanswered: number;
}

/**
 * Reads a HAR as browsers, mitmproxy, Fiddler and Playwright write it.
 * @param wanted hosts of the API; undefined: those that are asked for operations which schedule or report jobs
 * @throws FileError when it is none
 */
export function readHar(
  file: string,
  text: string,
  apis: Apis,
  wanted: readonly string[] | undefined,
): ReadHar {
  const entries = entriesOf(file, text);
  const routes = routesOf(apis);
  const all = entries.flatMap((entry) => {
    const url = entry.request?.url ?? '';
    if (!URL.canParse(url) || !/^https?:/.test(url)) return [];
    const { host, pathname, search } = new URL(url);
    const route = routes.find(entry.request?.method ?? 'GET', pathname);
    const api = routes.apiAt(route, pathname) ?? apis[0];
    return [{ host, seen: seenOf(entry, pathname + search, route, api) }];
  });
  const hosts = wanted ?? [
    ...new Set(all.filter(({ seen }) => isAboutJobs(seen)).map(({ host }) => host)),
  ];
  const own = all.filter(({ host }) => hosts.includes(host)).map(({ seen }) => seen);
  const others = new Map<string, number>();
  for (const { host } of all) {
    if (!hosts.includes(host)) others.set(host, (others.get(host) ?? 0) + 1);
  }
  const bodiless = own.filter(
    (one) => isAboutJobs(one) && one.answer?.body.whole === false && one.failure === undefined,
  );
  return {
    seen: own.filter((one) => !bodiless.includes(one)).sort((a, b) => a.at - b.at),
    others,
    hosts,
    bodiless: bodiless.length,
    unanswered: own.filter(({ answer }) => !answer).length,
  };
}

function entriesOf(file: string, text: string): Entry[] {
  const refuse = (code: ErrorCode, message: string) => {
    const hint = 'export it as HAR 1.2 with content, from a browser or a proxy';
    return new FileError([{ code, file, line: 0, column: 0, message, hint }]);
  };
  let said: { log?: { entries?: unknown } };
  try {
    said = JSON.parse(text.replace(/^\uFEFF/, '')) as typeof said;
  } catch {
    throw refuse('HAR_UNREADABLE', 'this is no JSON');
  }
  const entries = said?.log?.entries;
  if (!Array.isArray(entries))
    throw refuse('HAR_UNREADABLE', 'this is no HAR: it has no log.entries');
  return entries as Entry[];
}

function isAboutJobs({ route, api }: Seen): boolean {
  if (route.kind !== 'found') return false;
  const { schedules, report } = api.binding;
  return schedules.has(route.operation.id) || route.operation.id === report.operation;
}

function seenOf(entry: Entry, target: string, route: Seen['route'], api: Seen['api']): Seen {
  const { request = {}, response = {}, startedDateTime = '', time = 0 } = entry;
  const at = Date.parse(startedDateTime) || 0;
  const { status = 0 } = response;
  const answered = status >= 100;
  const headers = linesOf(response.headers);
  return {
    at,
    until: at + Math.max(0, time),
    method: request.method ?? 'GET',
    target,
    route,
    api,
    request: { headers: linesOf(request.headers), body: bodySent(request) },
    answer: answered ? { status, headers, body: bodyGot(response, headers) } : undefined,
    failure: failureOf(response, answered),
  };
}

/**
 * Some tools say that it was the client who left, or that the answer broke off; the others say nothing, and a request
 * without an answer counts as lost.
 */
function failureOf(
  { _error = '', _failureText = _error }: NonNullable<Entry['response']>,
  answered: boolean,
) {
  if (answered) return _failureText === '' ? undefined : ('cut off' as const);
  return /ABORT|TIME.?D?.?OUT|CANCEL/i.test(_failureText) ? 'left' : 'reset';
}

/** HTTP/2 has pseudo-headers, which some tools write down too. */
function linesOf(headers: { name: string; value: string }[] = []): HeaderLines {
  return headers
    .filter(({ name }) => !name.startsWith(':'))
    .map(({ name, value }) => [name, value]);
}

function bodySent({ postData }: NonNullable<Entry['request']>): Body {
  const { mimeType = '', text, params = [] } = postData ?? {};
  const fields = params.map(({ name, value = '' }) => [name, value]);
  return bodyOf(text ?? new URLSearchParams(fields).toString(), mediaTypeOf(mimeType), true);
}

function bodyGot(
  { content = {}, status = 0 }: NonNullable<Entry['response']>,
  headers: HeaderLines,
) {
  const { text, encoding, size = 0, mimeType = '' } = content;
  const type = mediaTypeOf(headerOf(headers, 'content-type') ?? mimeType);
  const length = Number(headerOf(headers, 'content-length') ?? size);
  const isEmpty = status === 204 || status === 304 || length === 0;
  if (text === undefined) return bodyOf('', type, isEmpty);
  const plain = encoding === 'base64' ? Buffer.from(text, 'base64').toString('utf8') : text;
  return bodyOf(plain, type, plain !== '' || isEmpty);
}

function bodyOf(text: string, mediaType: string, whole: boolean): Body {
  const json = text !== '' && (mediaType === '' || isJson(mediaType)) ? parseJson(text) : undefined;
  return { text, json, mediaType, length: Buffer.byteLength(text), whole };
}
