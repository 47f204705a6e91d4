import { callbacksOf } from '../../contract/callbacks.js';
import type { Operation } from '../../contract/operation.js';
import type { Webhook } from '../../contract/webhook.js';
import { etaAt, stateAt } from '../../scenario/play.js';
import type { State } from '../../scenario/scenario.js';
import { openState } from '../binding-words.js';
import type { Draft } from '../draft.js';
import { type Job, lifeOf, reportedOutcome, shownState } from '../job.js';
import { JobScope } from '../job-scope.js';
import type { ReportedOutcome } from '../journal.js';
import { Renderer, type Requester } from '../render.js';
import type { Delivery, Said } from './delivery.js';

/**
 * What a delivery says, of the job as it was when it happened: the binding's words, or what the report would have
 * answered then. It is said once; each attempt says the same.
 */
export function renderDelivery(draft: Draft, job: Job, webhook: Webhook, news: Delivery): Said {
  const { body, mediaType } = bodyOf(draft, job, webhook, news);
  const scope = scopeOf(draft, job, news);
  const headers: Record<string, string> = body === undefined ? {} : { 'Content-Type': mediaType };
  for (const [name, fill] of Object.entries(webhook.headers)) {
    const value = fill(scope);
    if (value !== undefined) headers[name] = String(value);
  }
  return {
    method: webhook.method ?? callbackOf(draft, job, webhook)?.method ?? 'POST',
    headers,
    body: body === undefined ? undefined : draft.setup.compressor.keep(body),
  };
}

/** The state that a delivery tells, and what that means. */
export function toldBy(
  job: Job,
  { cursor }: Pick<Delivery, 'cursor'>,
): { state: string; outcome: ReportedOutcome } {
  const { binding } = job.api;
  const state = stateAt(lifeOf(job), cursor) ?? openState(binding);
  return {
    state: shownState(binding, job, state),
    outcome: reportedOutcome(binding, job, state),
  };
}

/** What the contract says of the request, where the webhook is one of its callbacks. */
function callbackOf({ api }: Draft, job: Job, { callback }: Webhook): Operation | undefined {
  const operation = api.contract.operations.get(job.operation);
  if (callback === undefined || !operation) return undefined;
  return callbacksOf(api.contract.document, operation).get(callback)?.operation;
}

function bodyOf(draft: Draft, job: Job, { data }: Webhook, news: Delivery) {
  const scope = scopeOf(draft, job, news);
  if (data) return { body: JSON.stringify(data(scope)), mediaType: 'application/json' };
  const state = stateOf(job, news);
  const { api, pace } = draft;
  const operation = api.contract.operations.get(api.binding.report.operation);
  const asked = { contract: api.contract, operation };
  const renderer = new Renderer(api.binding, draft.envelope, requesterOf(draft, job), asked);
  const failure = state.outcome === 'done' ? job.failure : undefined;
  const said = renderer.state(state, failure, scope, { now: news.at, pace });
  if (said.body === '') return { body: undefined, mediaType: '' };
  return { body: said.body, mediaType: said.headers['Content-Type'] ?? 'application/json' };
}

function stateOf(job: Job, { cursor }: Delivery): State {
  return stateAt(lifeOf(job), cursor) ?? openState(job.api.binding);
}

function scopeOf(draft: Draft, job: Job, news: Delivery): JobScope {
  const { cursor, at, event } = news;
  const state = stateOf(job, news);
  const failure = state.outcome === 'done' ? job.failure : undefined;
  const then = { ...job, cursor, failure };
  const eta = etaAt(lifeOf(job), cursor, { now: at, pace: draft.pace });
  const scope = new JobScope(draft, then, state, eta, requesterOf(draft, job));
  scope.event = event;
  return scope;
}

/** Nobody asks: addresses are those that the client of the job has used. */
function requesterOf(draft: Draft, { id, api, webhooks }: Job): Requester {
  const where = webhooks?.where ?? { origin: '', api: '' };
  const { operation, job } = api.binding.report;
  const path = api.contract.operations.get(operation)?.path ?? '';
  return {
    url: `${where.origin}${where.api}${path.replace(`{${job}}`, id)}`,
    get request() {
      return draft.requestIds.uuid();
    },
    where: () => where,
  };
}
