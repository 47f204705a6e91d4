import { type Masking, makeMasking } from '../sandbox/masking.js';
import type { Call } from './call.js';
import type { Evidence } from './evidence.js';
import type { ShownExchange } from './verdict.js';

/** Request and answer of a call; undefined when a verdict holds so many of them already. */
export type ShowExchange = (call: Call, most: number) => ShownExchange | undefined;

/** Characters of a body. */
const MOST_BODY = 2048;

/** Shows the first calls that it is asked for, each as often as it is asked. */
export function exchangesOf({
  bodyOf,
  masking = makeMasking(),
}: Pick<Evidence, 'bodyOf' | 'masking'>): ShowExchange {
  const shown = new Map<Call, ShownExchange>();
  return (call, most) => {
    const known = shown.get(call);
    if (known || shown.size >= most) return known;
    const fresh = showExchange(call, bodyOf, masking);
    shown.set(call, fresh);
    return fresh;
  };
}

function showExchange(
  { exchange }: Call,
  bodyOf: Evidence['bodyOf'],
  masking: Masking,
): ShownExchange {
  const { method, path, requestHeaders, status, fault, responseHeaders, responseBody } = exchange;
  const answer = status === 0 ? 'no answer' : String(status);
  return {
    request: message(`${method} ${path}`, masking.headers(requestHeaders), bodyOf(exchange)),
    response: message(
      fault === undefined ? answer : `${answer} (fault: ${fault})`,
      masking.answer(responseHeaders),
      responseBody,
    ),
  };
}

/** As RFC 9112 §2.1 lays a message out. */
function message(first: string, headers: Readonly<Record<string, string>>, body: string): string {
  const lines = Object.entries(headers)
    .filter(([name]) => name !== '')
    .map(([name, value]) => `${name}: ${value}`);
  return [first, ...lines, ...(body === '' ? [] : ['', cut(body)])].join('\n');
}

function cut(body: string): string {
  return body.length > MOST_BODY
    ? `${body.slice(0, MOST_BODY)}… (${body.length} characters)`
    : body;
}
