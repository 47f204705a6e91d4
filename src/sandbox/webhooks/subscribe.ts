import { callbacksOf } from '../../contract/callbacks.js';
import { toldValue } from '../../contract/message.js';
import type { Exchanged } from '../../contract/runtime-expression.js';
import type { Webhook } from '../../contract/webhook.js';
import type { Answer } from '../answer.js';
import type { Draft } from '../draft.js';
import type { HandlerRequest } from '../handled.js';
import type { Job } from '../job.js';
import type { Subscription } from './delivery.js';

/**
 * Finds out where the news of a job goes that has just been scheduled, and notes what there is to send already.
 * @param answer the one that tells the client of its job
 * @returns what the reader of the journal should know
 */
export function subscribe(
  draft: Draft,
  request: HandlerRequest,
  job: Job,
  answer: Answer,
): string[] {
  const { webhooks = [] } = draft.api.binding;
  const exchanged = exchangedOf(request, answer);
  const notes: string[] = [];
  const subscriptions = webhooks.flatMap((webhook, i): Subscription[] => {
    const value = targetOf(webhook, draft, request)?.(exchanged);
    if (value === undefined || value === null || value === '') return [];
    if (!isUrl(value)) {
      const shown = JSON.stringify(value).slice(0, 80);
      notes.push(`no webhook is sent: ${shown} is no http or https URL`);
      return [];
    }
    return [{ webhook: i, url: value, only: wordsOf(webhook.only?.(exchanged)) }];
  });
  if (subscriptions.length > 0) {
    draft.subscribe(job, { subscriptions, where: request.requester.where() });
  }
  return notes;
}

/** Does the answer wait until what is to be sent already has been sent? */
export function isSentFirst({ scenario, id }: Job, draft: Draft): boolean {
  return scenario.webhooks?.before_answer === true && draft.job(id)?.webhooks !== undefined;
}

function targetOf({ to, callback }: Webhook, { api }: Draft, { operation }: HandlerRequest) {
  if (to) return to;
  return callbacksOf(api.contract.document, operation).get(callback ?? '')?.url;
}

function exchangedOf(request: HandlerRequest, answer: Answer): Exchanged {
  const { status, headers } = answer;
  const { operation, params, query, body, requester } = request;
  const told = Object.entries(headers).map(([name, text]) => [name.toLowerCase(), text]);
  return {
    url: requester.url,
    method: operation.method,
    status,
    request: { path: params, query, headers: request.headers, body },
    response: { headers: Object.fromEntries(told), body: toldValue(answer) },
  };
}

function isUrl(value: unknown): value is string {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  return /^https?:$/.test(new URL(value).protocol);
}

/** `["completed"]`, or one word alone. */
function wordsOf(value: unknown): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  return [value].flat().map(String);
}
