import { type Callback, callbacksOf } from '../contract/callbacks.js';
import { placeIn } from '../contract/check-binding.js';
import { exampleBody } from '../contract/example.js';
import { sampleId } from '../contract/id-form.js';
import { parseJson } from '../contract/json.js';
import { mediaTypeOf } from '../contract/media-type.js';
import type { Webhook } from '../contract/webhook.js';
import type { Outcome } from '../outcome.js';
import type { Problem } from '../problem.js';
import type { Api } from '../sandbox/api.js';
import { plainScenario } from '../sandbox/binding-words.js';
import type { Job } from '../sandbox/job.js';
import { jobKey } from '../sandbox/job-key.js';
import { SAMPLE_ID, SAMPLE_REQUESTER } from '../sandbox/sample-requester.js';
import { Session } from '../sandbox/session.js';
import type { Setup } from '../sandbox/setup.js';
import { renderDelivery } from '../sandbox/webhooks/render-delivery.js';
import { begin } from '../scenario/play.js';
import type { Scenario } from '../scenario/scenario.js';

const START = Date.parse('2026-01-01T12:00:00.000Z');

/**
 * Holds what the webhooks of a binding would send to what the document says of their callbacks.
 * @param setupOf for a session that nobody sees
 */
export function checkCallbacks(api: Api, setupOf: (api: Api) => Setup): Problem[] {
  const { webhooks = [], schedules } = api.binding;
  if (webhooks.every(({ callback }) => callback === undefined)) return [];
  const session = new Session('check', setupOf(api));
  return webhooks.flatMap((webhook, i) => {
    for (const id of schedules.keys()) {
      const operation = api.contract.operations.get(id);
      const known = operation && callbacksOf(api.contract.document, operation);
      const callback = known?.get(webhook.callback ?? '');
      if (!callback) continue;
      const found = checkCallback(api, session, id, { webhook, place: i, callback });
      if (found) return [found];
    }
    return [];
  });
}

/** The first state in which it would say what it must not. */
function checkCallback(
  api: Api,
  session: Session,
  operation: string,
  { webhook, place, callback }: { webhook: Webhook; place: number; callback: Callback },
): Problem | undefined {
  const { binding, contract } = api;
  for (const [state, { outcome }] of binding.states) {
    if (!tells(webhook, state, outcome)) continue;
    const job = sampleJob(api, session, operation, state, outcome);
    const delivery = sampleDelivery(job, place, webhook.names.get(outcome) ?? state);
    const { body, headers } = renderDelivery(session.draft(api), job, webhook, delivery);
    const text = body && session.setup.compressor.read(body);
    const value = text === undefined ? undefined : parseJson(text);
    const type = mediaTypeOf(headers['Content-Type']);
    const [breach] = contract.validator.body(callback.operation, type, value) ?? [];
    if (!breach) continue;
    return {
      code: 'BINDING_CALLBACK_BREAKS_CONTRACT',
      usable: true,
      file: binding.file,
      ...placeIn(binding, `webhooks.${place}`),
      message: `webhooks: what would be sent to the callback "${webhook.callback}" of ${operation} in the state ${state} breaks the contract at ${breach.at}: ${breach.description}`,
      hint: 'correct `data` of the webhook',
    };
  }
  return undefined;
}

function tells({ on }: Webhook, state: string, outcome: Outcome): boolean {
  return (
    on.includes(state) || on.includes(outcome) || (on.includes('scheduled') && outcome === 'open')
  );
}

function sampleJob(api: Api, session: Session, id: string, state: string, outcome: Outcome): Job {
  const operation = api.contract.operations.get(id);
  const example = operation && exampleBody(api.contract.document, operation);
  const { compressor } = session.setup;
  const plain = plainScenario(api.binding);
  const response = { state, outcome, shape: undefined, envelope: undefined, error: undefined };
  const step = { eta: undefined, delay: 0, offContract: false, line: 0 };
  const life = [{ ...step, response, duration: { kind: 'ever' as const } }];
  const scenario: Scenario = { ...plain, life };
  const jobId = sampleId(api.binding.report.ids);
  const params = (operation?.parameters ?? []).map(({ name }) => [name, SAMPLE_ID]);
  return {
    id: jobId,
    key: jobKey(api, jobId),
    told: undefined,
    api,
    operation: id,
    scenario,
    diverted: undefined,
    cursor: begin(life, START),
    params: Object.fromEntries(params),
    body: example === undefined ? undefined : compressor.keep(JSON.stringify(example)),
    resource: SAMPLE_ID,
    polls: 0,
    settled: outcome !== 'open',
    failure: undefined,
    notes: undefined,
    webhooks: { subscriptions: [], where: SAMPLE_REQUESTER.where() },
  };
}

function sampleDelivery(job: Job, webhook: number, event: string) {
  return {
    id: 'msg_0',
    job: job.id,
    webhook,
    url: SAMPLE_REQUESTER.url,
    event,
    cursor: job.cursor,
    at: START,
    due: START,
    order: 1,
    attempts: 0,
    copy: 1,
    forge: false,
    said: undefined,
  };
}
