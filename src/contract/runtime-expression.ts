import { isObject, type Json } from './json.js';
import { follow } from './pointer.js';

/** A request and its answer, as a runtime expression looks at them. Names of headers are in small letters. */
export interface Exchanged {
  url: string;
  method: string;
  status: number;
  request: Sent;
  response: Sent;
}

interface Sent {
  path?: Readonly<Record<string, unknown>>;
  query?: Readonly<Record<string, unknown>>;
  headers: Readonly<Record<string, unknown>>;
  body: unknown;
}

/** A text with expressions in braces, or an expression alone, read. */
export interface Expression {
  (of: Exchanged): unknown;
  readonly text: string;
}

type Read = (of: Exchanged) => unknown;

const WHAT = 'a runtime expression';

/**
 * OpenAPI 3.1, "Runtime Expressions": `{$request.body#/url}`, `{$request.query.to}`, `{$response.header.Location}`,
 * within a text or as all of it, then without braces too. Bindings write `{body.url}`, `{query.to}`, `{header.X-To}`
 * and `{path.id}` for those of the request. One expression alone keeps the type of its value.
 *
 * @returns undefined when the text has an expression that is none
 * @example parseExpression('{$request.body#/url}?job={$response.body#/id}')
 */
export function parseExpression(text: string): Expression | undefined {
  const whole = /^\$[^{}]+$/.test(text) ? `{${text}}` : text;
  const parts = whole.split(/(\{[^{}]*\})/).filter((part) => part !== '');
  const reads = parts.map((part) =>
    part.startsWith('{') ? readerOf(part.slice(1, -1)) : () => part,
  );
  if (reads.includes(undefined)) return undefined;
  const read = oneOf(reads as Read[], parts);
  return Object.assign(read, { text });
}

/** A text in which something is missing is none. */
function oneOf(reads: readonly Read[], parts: readonly string[]): Read {
  const [first = () => ''] = reads;
  if (parts.length < 2) return first;
  return (of) => {
    const values = reads.map((read) => read(of));
    return values.includes(undefined) ? undefined : values.map(String).join('');
  };
}

/** RFC 9110 §5.6.2: the name of a header is a token. */
const TOKEN = "[!#$%&'*+.^_`|~\\w-]+";
const REQUEST = new RegExp(`^\\$(request|response)\\.(?:header\\.(${TOKEN})|(query|path)\\.(.+))$`);
const BODY = /^\$(request|response)\.body(?:#(\/.*)?)?$/s;
const SHORT = new RegExp(`^(?:header\\.(${TOKEN})|(query|path)\\.([^.]+))$`);

function readerOf(expression: string): Read | undefined {
  if (expression === '$url') return ({ url }) => url;
  if (expression === '$method') return ({ method }) => method;
  if (expression === '$statusCode') return ({ status }) => status;
  const body = BODY.exec(expression);
  if (body) return bodyReader(body[1] as 'request' | 'response', body[2] ?? '');
  const [, side, header, part, name] = REQUEST.exec(expression) ?? [];
  if (side === 'response' && part) return undefined;
  if (side) return reader(side as 'request' | 'response', header, part, name);
  const [, ownHeader, ownPart, ownName] = SHORT.exec(expression) ?? [];
  if (ownHeader ?? ownPart) return reader('request', ownHeader, ownPart, ownName);
  if (!/^body(\.[^.]+)*$/.test(expression)) return undefined;
  const keys = expression.split('.').slice(1);
  return bodyReader('request', keys.map((key) => `/${escaped(key)}`).join(''));
}

function reader(
  side: 'request' | 'response',
  header: string | undefined,
  part: string | undefined,
  name = '',
): Read {
  if (header !== undefined) return (of) => of[side].headers[header.toLowerCase()];
  return (of) => of[side][part as 'query' | 'path']?.[name];
}

/** RFC 6901: a pointer into the body; an empty one is all of it. */
function bodyReader(side: 'request' | 'response', pointer: string): Read {
  return (of) => {
    const { body } = of[side];
    if (pointer === '') return body;
    return isObject(body) || Array.isArray(body)
      ? follow(body as Json, `#${pointer}`)?.value
      : undefined;
  };
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

export const EXPRESSION_HINT = `write {body.callbackUrl}, {query.callback}, {header.X-Callback}, or ${WHAT} of OpenAPI such as {$request.body#/callbackUrl}`;
