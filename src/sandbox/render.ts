import type { AnswerTemplate, Binding } from '../contract/binding.js';
import type { Contract } from '../contract/contract.js';
import { cut } from '../contract/cut.js';
import { errorMessage } from '../contract/error-form.js';
import type { Json } from '../contract/json.js';
import {
  emptyMessage,
  jsonMessage,
  textMessage,
  withHeader,
  writtenMessage,
} from '../contract/message.js';
import type { Operation } from '../contract/operation.js';
import { compileTemplate, type Template } from '../contract/template.js';
import { JsonText, showsWhole, textOfTemplate } from '../contract/template-text.js';
import { tellable } from '../scenario/play.js';
import type { ErrorText, RetryAfter, Answer as Script, State } from '../scenario/scenario.js';
import type { Duration, SessionTime } from '../time/moments.js';
import type { Answer } from './answer.js';
import type { AnswerForm } from './answer-form.js';
import { jobEnvelope, stateFor } from './binding-words.js';
import type { Invalid, Refusal, Reply } from './pack.js';
import { errorFacts, problemDetails, type RefusalScope } from './problem-details.js';

/** Who asks, as envelopes and templates want to know it. */
export interface Requester {
  /** The whole address that was asked for. */
  readonly url: string;
  /** An id of the exchange. */
  readonly request: string;
  /** A header of the request, by its name in small letters. */
  header?(name: string): string | undefined;
  /** Where the API lies for this client; worked out for the templates that ask. */
  where(): ApiAddress;
}

/** Both parts together are the base URL that the client uses. */
export interface ApiAddress {
  /** `http://127.0.0.1:4010`. */
  origin: string;
  /** The session and the API's prefix, as the request named them: `/~worker-3/api`; may be empty. */
  api: string;
}

/** What was asked for, as far as it is known: it says what refusals look like where the binding does not. */
export interface Asked {
  contract: Contract;
  operation: Operation | undefined;
}

/** Header of a refusal that the sandbox itself has decided, with its code; answers of scenarios have none. */
const REFUSAL_HEADER = 'Esoz-Sandbox-Refusal';

/** Turns what was decided into answers, in the binding's templates and one requester's envelope. */
export class Renderer {
  /**
   * @param envelope that of good answers where nothing names another
   * @param asked undefined: nothing is known but that a request came
   */
  constructor(
    private readonly binding: Binding,
    private readonly envelope: string,
    private readonly requester: Requester,
    private readonly asked?: Asked,
  ) {}

  /**
   * An answer about a job; without data there is no body.
   * @param way `text` where nobody needs its value, which takes a third of the time
   */
  template(
    template: AnswerTemplate,
    scope: Json,
    envelope = this.envelope,
    way: Way = 'value',
  ): Answer {
    const { headers, data } = template;
    const answer = this.#said(template, scope, envelope, way);
    for (const name of Object.keys(headers)) {
      const value = headers[name]?.(scope);
      if (value !== undefined) answer.headers[name] = String(value);
    }
    // A JSON type of the API's own, such as application/fhir+json, stands in the place of the usual one.
    const type = headers['Content-Type'] && data ? answer.headers['Content-Type'] : undefined;
    if (type !== undefined) answer.mediaType = type.split(';', 1)[0]?.trim() ?? '';
    return answer;
  }

  #said(
    { http, data, bare, cut: shorter }: AnswerTemplate,
    scope: Json,
    envelope: string,
    way: Way,
  ) {
    if (!data) return emptyMessage(http);
    if (way === 'text' && !shorter) {
      const text = bare ? textOfTemplate(data, scope) : this.#wrapText(envelope, http, data, scope);
      return writtenMessage(http, text ?? '');
    }
    const filled = shorter ? cut(data(scope), shorter) : data(scope);
    return jsonMessage(http, bare ? filled : this.#wrap(envelope, http, filled));
  }

  /** An answer that tells a state, as the binding has it. */
  state(
    state: State,
    failure: ErrorText | undefined,
    scope: Json,
    time: SessionTime,
    way?: Way,
  ): Answer {
    const envelope = state.envelope ?? jobEnvelope(this.binding, this.envelope);
    const answer = this.template(templateOf(this.binding, state, failure), scope, envelope, way);
    return withOwnHeaders(answer, state, time);
  }

  /** A pack's answer. */
  reply({ content, status, headers = {} }: Reply): Answer {
    return Object.entries(headers).reduce(
      (answer, [name, value]) => withHeader(answer, name, value),
      this.#content(status, content),
    );
  }

  #content(status: number, content: Reply['content']): Answer {
    if ('text' in content) {
      const { text, mediaType } = content;
      if (text === '') return emptyMessage(status);
      return textMessage(status, `${mediaType}; charset=utf-8`, text);
    }
    const { data, type, ...more } = content;
    const bare = this.envelope === 'bare' && type === 'object';
    return jsonMessage(status, bare ? data : this.#wrap(this.envelope, status, data, type, more));
  }

  /** A refusal in the platform's error envelope, if the binding has one, else in the contract's form. */
  refusal(refused: Refusal): Answer {
    const { binding } = this;
    const { status, type, invalid, code } = refused;
    const scope = {
      http: status,
      type: type ?? binding.types.get(status) ?? 'error',
      code,
      message: refusalMessage(binding, refused),
      invalid: invalid && namePlaces(binding, invalid),
      url: this.requester.url,
      request: this.requester.request,
    };
    const answer: Answer = binding.refusal
      ? jsonMessage(status, binding.refusal(scope))
      : contractsOwn(scope, refused, this.asked);
    if (code !== undefined) answer.headers[REFUSAL_HEADER] = code;
    return answer;
  }

  /** An answer that a scenario puts in the place of a state or a job, before its fault. */
  script(script: Script, scope: Json, time: SessionTime): Answer {
    if (script.http === 0) return emptyMessage(0);
    return withOwnHeaders(this.#scriptBody(script, scope), script, time);
  }

  #scriptBody({ http, body }: Script, scope: Json): Answer {
    if (typeof body === 'string') {
      const type = body.trimStart().startsWith('<') ? 'text/html' : 'text/plain';
      return textMessage(http, `${type}; charset=utf-8`, body);
    }
    if (body !== undefined && body !== null) return jsonMessage(http, compileTemplate(body)(scope));
    return http >= 400 ? this.refusal({ status: http }) : emptyMessage(http);
  }

  /** What the request names itself by in a header; undefined where the API knows no such header. */
  #idempotencyKey(): string | undefined {
    for (const { key } of this.binding.idempotencies) {
      if ('header' in key) return this.requester.header?.(key.header);
    }
    return undefined;
  }

  #wrap(
    envelope: string,
    http: number,
    data: unknown,
    type = 'object',
    more: { paging?: Record<string, number>; urgent?: unknown } = {},
  ): unknown {
    const known = this.#envelope(envelope, type);
    return known ? known({ ...this.#envelopeScope(data, http, type), ...more }) : data;
  }

  #wrapText(envelope: string, http: number, data: Template, scope: Json): string | undefined {
    const known = this.#envelope(envelope, 'object');
    if (!known) return textOfTemplate(data, scope);
    const text = takesText(known) ? textOfTemplate(data, scope) : undefined;
    const filled = text === undefined ? data(scope) : new JsonText(text);
    return textOfTemplate(known, this.#envelopeScope(filled, http, 'object'));
  }

  /** Undefined: none stands around it. */
  #envelope(envelope: string, type: string): Template | undefined {
    if (envelope === 'bare' && type === 'object') return undefined;
    const { envelopes } = this.binding;
    return envelopes.get(envelope) ?? envelopes.values().next().value;
  }

  #envelopeScope(data: unknown, http: number, type: string): Json {
    const { url, request } = this.requester;
    return { data, type, http, url, request, idempotencyKey: this.#idempotencyKey() };
  }
}

/** What an answer is made as: a value that becomes text, or the text at once. */
type Way = 'value' | 'text';

/** Answers of one form are checked once for all of them. */
export function wayOf(form: AnswerForm | undefined): Way {
  return form ? 'text' : 'value';
}

const takingText = new WeakMap<Template, boolean>();

function takesText(envelope: Template): boolean {
  let found = takingText.get(envelope);
  if (found === undefined) {
    found = showsWhole(envelope.source, 'data');
    takingText.set(envelope, found);
  }
  return found;
}

function contractsOwn(scope: RefusalScope, refused: Refusal, asked: Asked | undefined): Answer {
  const otherwise = () => problemDetails(scope);
  if (!asked) return otherwise();
  return errorMessage(asked.contract, asked.operation, errorFacts(refused, scope), otherwise);
}

export function refusalMessage(binding: Binding, { status, message }: Refusal): string {
  return message ?? binding.messages.get(status) ?? `Status ${status}`;
}

/** The parts of a request by the API's own words for them. */
export function namePlaces(binding: Binding, invalid: readonly Invalid[]): unknown[] {
  return invalid.map((one) => ({ ...one, entry_type: binding.places[one.entry_type] }));
}

/** The binding's template of a state; a state that it does not know looks like an open one. */
export function templateOf(
  binding: Binding,
  state: State,
  failure: ErrorText | undefined,
): AnswerTemplate {
  const name = failure && state.outcome === 'done' ? stateFor(binding, 'failed') : state.state;
  const known = binding.states.get(name) ?? binding.states.get(stateFor(binding, 'open'));
  const said =
    state.shape ?? (known?.outcome === 'failed' ? (failure ?? state.error)?.shape : undefined);
  const shape = said === undefined ? undefined : known?.shapes.get(said);
  return shape ?? (known?.shapes.values().next().value as AnswerTemplate);
}

const NO_HEADERS: NonNullable<State['headers']> = {};

/** The answer with what a scenario's step says in its headers. */
function withOwnHeaders(
  answer: Answer,
  { headers = NO_HEADERS, retryAfter }: Pick<State, 'headers' | 'retryAfter'>,
  time: SessionTime,
): Answer {
  const own = retryAfter ? { 'Retry-After': tellRetryAfter(retryAfter, time) } : {};
  if (!retryAfter && headers === NO_HEADERS) return answer;
  return Object.entries({ ...own, ...headers }).reduce(
    (told, [name, value]) => withHeader(told, name, value),
    answer,
  );
}

/** A moment in whole seconds is not sooner than meant, and one that is past stays so. */
export function tellRetryAfter({ after, as }: RetryAfter, { now, pace }: SessionTime): string {
  const wait = after / pace;
  if (as === 'seconds') return String(secondsOf(wait));
  const moment = tellable(now + wait);
  if (as === 'epoch milliseconds') return String(Math.ceil(moment));
  const seconds = after < 0 ? Math.floor(moment / 1000) : Math.ceil(moment / 1000);
  return as === 'date' ? new Date(seconds * 1000).toUTCString() : String(seconds);
}

/** RFC 9110 §10.2.3: whole seconds; rounded up, since too early is what the header forbids. */
export function secondsOf(time: Duration): number {
  return Math.ceil(time / 1000);
}
