import type { AnswerTemplate, Binding } from '../contract/binding.js';
import type { Json } from '../contract/json.js';
import { compileTemplate } from '../contract/template.js';
import type { Millis } from '../scenario/duration.js';
import type { Fault } from '../scenario/fault.js';
import type { Answer as Script } from '../scenario/scenario.js';
import { describeRefusal } from './describe-refusal.js';
import type { Refusal, Reply } from './pack.js';

/** What goes over the wire, and the same before it became text, for checking. */
export interface Answer {
  /** What happens to it on its way. */
  fault: Fault | undefined;
  /** 0 when nothing is answered. */
  status: number;
  headers: Record<string, string>;
  body: string;
  mediaType: string;
  value: unknown;
  /** Why the request was refused, in one line. */
  refused?: string;
}

/** What an envelope wants to know of the request. */
export interface Asker {
  url: string;
  /** An id of the exchange. */
  request: string;
  /** Where the API lies for this client; worked out for the templates that ask. */
  where(): Where;
}

/** Both parts together are the base URL that the client uses. */
interface Where {
  /** `http://127.0.0.1:4010`. */
  origin: string;
  /** The session and the API's prefix, as the request named them: `/~worker-3/api`; may be empty. */
  api: string;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const EMPTY = { fault: undefined, body: '', mediaType: '', value: undefined };

/** Fills the binding's template of an answer and puts it into an envelope; without data there is no body. */
export function renderTemplate(
  binding: Binding,
  envelope: string,
  template: AnswerTemplate,
  scope: Json,
  asker: Asker,
): Answer {
  const answer: Answer = template.data
    ? templateBody(binding, envelope, template, template.data(scope), asker)
    : { ...EMPTY, status: template.http, headers: {} };
  for (const name of Object.keys(template.headers)) {
    const value = template.headers[name]?.(scope);
    if (value !== undefined) answer.headers[name] = String(value);
  }
  return answer;
}

function templateBody(
  binding: Binding,
  envelope: string,
  { bare, http }: AnswerTemplate,
  data: unknown,
  asker: Asker,
): Answer {
  if (bare || envelope === 'bare') return json(http, data);
  return json(http, wrap(binding, envelope, { data, type: 'object', http, ...asker }));
}

/** A pack's answer in its envelope. */
export function renderReply(
  binding: Binding,
  envelope: string,
  reply: Reply,
  asker: Asker,
): Answer {
  const { content, status } = reply;
  if ('text' in content) return text(status, content.mediaType, content.text);
  const { data, type, paging } = content;
  const bare = envelope === 'bare' && type === 'object';
  return json(
    status,
    bare ? data : wrap(binding, envelope, { data, type, paging, http: status, ...asker }),
  );
}

/** A refusal in the platform's error envelope. */
export function renderRefusal(binding: Binding, refusal: Refusal, asker: Asker): Answer {
  const { status, type, invalid } = refusal;
  const message = refusal.message ?? binding.messages.get(status) ?? `Status ${status}`;
  const answer = json(
    status,
    binding.refusal({
      http: status,
      type: type ?? binding.types.get(status) ?? 'error',
      message,
      invalid,
      ...asker,
    }),
  );
  return { ...answer, refused: describeRefusal(message, refusal) };
}

/** An answer that a scenario puts in the place of a state or a job, before its fault. */
export function renderScript(
  binding: Binding,
  script: Script,
  scope: Json,
  asker: Asker,
  pace: number,
): Answer {
  if (script.http === 0) return { ...EMPTY, status: 0, headers: {} };
  const answer = scriptBody(binding, script, scope, asker);
  if (script.retryAfter !== undefined) {
    answer.headers['Retry-After'] = String(secondsOf(script.retryAfter / pace));
  }
  for (const [name, value] of Object.entries(script.headers)) {
    const known = Object.keys(answer.headers).find((n) => n.toLowerCase() === name.toLowerCase());
    if (known) delete answer.headers[known];
    answer.headers[name] = value;
    if (name.toLowerCase() === 'content-type') answer.mediaType = value.split(';', 1)[0] as string;
  }
  return answer;
}

function scriptBody(binding: Binding, script: Script, scope: Json, asker: Asker): Answer {
  const { http, body } = script;
  if (typeof body === 'string') {
    return text(http, body.trimStart().startsWith('<') ? 'text/html' : 'text/plain', body);
  }
  if (body !== undefined && body !== null) return json(http, compileTemplate(body)(scope));
  if (http >= 400) return renderRefusal(binding, { status: http }, asker);
  return { ...EMPTY, status: http, headers: {} };
}

/** RFC 9110 §10.2.3: whole seconds; rounded up, since too early is what the header forbids. */
export function secondsOf(time: Millis): number {
  return Math.ceil(time / 1000);
}

function wrap(binding: Binding, envelope: string, scope: Json): unknown {
  const known = binding.envelopes.get(envelope) ?? binding.envelopes.values().next().value;
  return known ? known(scope) : scope.data;
}

function json(status: number, value: unknown): Answer {
  return {
    fault: undefined,
    status,
    headers: { 'Content-Type': JSON_TYPE },
    body: JSON.stringify(value),
    mediaType: 'application/json',
    value,
  };
}

function text(status: number, mediaType: string, body: string): Answer {
  const headers = { 'Content-Type': `${mediaType}; charset=utf-8` };
  return { fault: undefined, status, headers, body, mediaType, value: body };
}
