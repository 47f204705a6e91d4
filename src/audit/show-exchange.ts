import { maskSecrets } from '../sandbox/mask-secrets.js';
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
  api,
  apis,
}: Pick<Evidence, 'bodyOf' | 'masking' | 'api' | 'apis'>): ShowExchange {
  // Where tokens are handed out, bodies are full of secrets.
  const words = [api, ...(apis?.values() ?? [])];
  const handsOut = new Set(words.flatMap(({ tokens }) => tokens?.operations ?? []));
  const shown = new Map<Call, ShownExchange>();
  return (call, most) => {
    const known = shown.get(call);
    if (known || shown.size >= most) return known;
    const isSecret = handsOut.has(call.operation ?? '');
    const fresh = showExchange(call, bodyOf, masking, isSecret);
    shown.set(call, fresh);
    return fresh;
  };
}

function showExchange(
  { exchange }: Call,
  bodyOf: Evidence['bodyOf'],
  masking: Masking,
  isSecret: boolean,
): ShownExchange {
  const shown = (body: string, isAnswer: boolean) =>
    isSecret ? maskSecrets(body, exchange.path, isAnswer) : body;
  const { method, path, requestHeaders, status, fault, responseHeaders, responseBody } = exchange;
  const answer = status === 0 ? 'no answer' : String(status);
  return {
    request: message(
      `${method} ${path}`,
      masking.headers(requestHeaders),
      shown(bodyOf(exchange), false),
    ),
    response: message(
      fault === undefined ? answer : `${answer} (fault: ${fault})`,
      masking.answer(responseHeaders),
      shown(responseBody, true),
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
