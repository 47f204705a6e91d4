import type { AnswerTemplate } from '../contract/answer-template.js';
import { concreteType } from '../contract/answer-text.js';
import type { OwnAnswer } from '../contract/job-operations.js';
import type { Json } from '../contract/json.js';
import { isJson, mediaTypeOf } from '../contract/media-type.js';
import { textMessage } from '../contract/message.js';
import type { Operation } from '../contract/operation.js';
import type { Template } from '../contract/template.js';
import { answerOf } from '../contract/validator.js';
import { etaAt, stateAt } from '../scenario/play.js';
import type { Answer } from './answer.js';
import { jobEnvelope, openState } from './binding-words.js';
import type { Draft } from './draft.js';
import type { Handled, HandlerRequest } from './handled.js';
import { type Job, lifeOf } from './job.js';
import { JobScope } from './job-scope.js';
import { templateOf } from './render.js';
import { rendererFor } from './renderer-for.js';

/** The status of an answer that the binding leaves to the contract: its first success, or else 200. */
export function statusOf({ http }: OwnAnswer, { answers }: Operation, otherwise = 200): number {
  if (http !== undefined) return http;
  const successes = Object.keys(answers).filter((status) => /^2/.test(status));
  const [first] = successes
    .map((status) => Number(status.replace(/x/gi, '0')))
    .sort((a, b) => a - b);
  return first ?? otherwise;
}

/** Does the contract show content for this answer? */
export function hasContent(operation: Operation, status: number): boolean {
  return Object.keys(answerOf(operation, status)?.content ?? {}).length > 0;
}

/** An answer as the binding has it, filled; a text where the contract knows no JSON for it. */
export function tellOwn(
  draft: Draft,
  request: HandlerRequest,
  template: AnswerTemplate,
  scope: Json,
): Answer {
  const { binding } = draft.api;
  const answer = rendererFor(draft, request).template(
    template,
    scope,
    jobEnvelope(binding, draft.envelope),
  );
  const type = textTypeOf(request.operation, answer, template);
  if (type === undefined) return answer;
  const value = template.data?.(scope);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const headers = { ...answer.headers, 'Content-Type': type };
  return { ...textMessage(answer.status, type, text), headers };
}

/** The media type of an answer that is no JSON: the binding's own, or what the contract shows; undefined: it is JSON. */
function textTypeOf(
  operation: Operation,
  { status, headers }: Answer,
  template: AnswerTemplate,
): string | undefined {
  if (!template.data) return undefined;
  if (template.headers['Content-Type']) {
    const type = headers['Content-Type'];
    return isJson(mediaTypeOf(type)) ? undefined : type;
  }
  const types = Object.keys(answerOf(operation, status)?.content ?? {});
  const [first] = types;
  if (first === undefined || types.some((type) => isJson(concreteType(type, {})))) return undefined;
  return concreteType(first, '');
}

/**
 * A refusal as the binding words it, or without words of its own in the platform's form of refusals.
 * @param refused what it says there
 */
export function refuseAs(
  draft: Draft,
  request: HandlerRequest,
  own: OwnAnswer,
  scope: Json,
  refused: { code: string; message: string },
): Handled['outcome'] {
  const http = own.http ?? 404;
  if (own.data || http < 400) {
    const answer = tellOwn(draft, request, { ...own, http }, scope);
    return { kind: 'answer', answer, checkedBy: request.operation };
  }
  const headers = fillHeaders(own.headers, scope);
  return { kind: 'refusal', refusal: { status: http, ...refused }, headers };
}

function fillHeaders(headers: Readonly<Record<string, Template>>, scope: Json) {
  const filled = Object.entries(headers).map(
    ([name, template]) => [name, template(scope)] as const,
  );
  return Object.fromEntries(
    filled.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}

/** What the report says of a job in its state, as a template; without a body, that of an open one. */
export function reportTemplate(job: Job): AnswerTemplate {
  const { binding } = job.api;
  const state = stateAt(lifeOf(job), job.cursor) ?? openState(binding);
  const template = templateOf(binding, state, job.failure);
  return template.data ? template : templateOf(binding, openState(binding), undefined);
}

/** What templates of answers about a job may tell, in the state that it is in now. */
export function scopeOf(draft: Draft, job: Job, requester: HandlerRequest['requester']): JobScope {
  const life = lifeOf(job);
  const state = stateAt(life, job.cursor) ?? openState(job.api.binding);
  return new JobScope(draft, job, state, etaAt(life, job.cursor, draft), requester);
}
