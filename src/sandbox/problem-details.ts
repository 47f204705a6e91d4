import type { ErrorFacts } from '../contract/error-body.js';
import { jsonMessage, type Message } from '../contract/message.js';
import type { Refusal } from './pack.js';

/** What is known of a refusal, by the names that templates have for it. */
export interface RefusalScope {
  http: number;
  type: string;
  code: string | undefined;
  message: string;
  invalid: unknown;
  url: string;
  request: string;
}

/** RFC 9110 §15.5, §15.6. */
const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

function titleOf(status: number): string {
  return TITLES[status] ?? (status < 500 ? 'Bad Request' : 'Internal Server Error');
}

/**
 * RFC 9457. Members of its own are `code` and, as sandboxes before this one sent them where a binding says
 * nothing, `meta` and `error`.
 */
export function problemDetails({ http, type, code, message, invalid }: RefusalScope): Message {
  const answer = jsonMessage(http, {
    type: 'about:blank',
    title: titleOf(http),
    status: http,
    detail: message,
    code,
    meta: { code: http },
    error: { type, message, invalid },
  });
  const mediaType = 'application/problem+json';
  return { ...answer, mediaType, headers: { 'Content-Type': mediaType } };
}

/** Rules that one text tells. */
const MOST_TOLD = 3;

/** What an error of any form can tell: where a form has no list, the text names what is wrong. */
export function errorFacts(
  { invalid = [] }: Refusal,
  { http: status, type, code, message, url, request }: RefusalScope,
): ErrorFacts {
  const title = titleOf(status);
  const breaches = invalid.flatMap(({ entry: at, entry_type: place, rules }) =>
    rules.map(({ description }) => ({ at, in: place, message: description })),
  );
  const news = breaches.filter((breach) => !message.includes(breach.message));
  const first = news.slice(0, MOST_TOLD).map((breach) => `${breach.at} ${breach.message}`);
  const rest = news.length > MOST_TOLD ? [`and ${news.length - MOST_TOLD} more`] : [];
  const text = [message.replace('; see invalid', ''), [...first, ...rest].join('; ')];
  const told = text.filter((part) => part !== '').join(': ');
  // `Not Found` → `not_found`, where the binding has no word of its own.
  const word = type === 'error' ? title.toLowerCase().replaceAll(' ', '_') : type;
  return { status, title, message: told, code: code ?? word, url, request, breaches };
}
