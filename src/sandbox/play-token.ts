import { stepAt } from '../scenario/play.js';
import { endsToken } from '../scenario/scenario.js';
import { credentialsOf } from './credentials-of.js';
import type { Draft } from './draft.js';
import { type Handled, type HandlerRequest, refusal } from './handled.js';
import { currentState, type Job, lifeOf, ownStep } from './job.js';
import type { Refusal } from './pack.js';

/** The job with the credentials that it was last asked for with, where its scenario lets them end. */
export function withCredentials(job: Job, request: HandlerRequest): Job {
  return job.scenario.playsTokens ? { ...job, askedWith: credentialsOf(request) } : job;
}

/**
 * Lets the token of a poll end, where the job's step says so. Who has taken a new one since the last request about the
 * job is past that already.
 * @param before the job as it was when the poll came
 */
export function playToken(draft: Draft, request: HandlerRequest, before: Job, polled: Job): Job {
  const { token } = stepAt(lifeOf(polled), polled.cursor);
  if (!endsToken({ token })) return polled;
  const credentials = credentialsOf(request);
  if (credentials === undefined) return polled;
  if (before.askedWith !== undefined && before.askedWith !== credentials) {
    return playToken(draft, request, before, draft.passOver(polled));
  }
  draft.changes.push({ kind: 'token ended', credentials });
  for (const api of draft.setup.apis) {
    const world = () => draft.world(undefined, draft.now, api);
    api.pack?.endToken?.(request, world(), token === 'revoked');
  }
  return polled;
}

/** The gateway's answer in a step that a token meets; undefined: the step says what is answered. */
export function refuseToken(draft: Draft, request: HandlerRequest, job: Job): Handled | undefined {
  const { token, delay } = stepAt(lifeOf(job), job.cursor);
  if (token === undefined) return undefined;
  const refused: Refusal = token === 'lacks-scope' ? missingScope(draft, request) : { status: 401 };
  const handled = refusal(refused, {
    operation: request.operation.id,
    job: job.id,
    scenario: job.scenario.name,
    step: ownStep(job),
    state: currentState(job),
    note: NOTES[token],
  });
  return { ...handled, delay };
}

const NOTES = {
  expires: 'the scenario lets the token run out',
  revoked: 'the scenario lets the token be revoked, and what could renew it',
  'lacks-scope': 'the scenario lets the token lack a scope',
};

function missingScope({ api }: Draft, { operation }: HandlerRequest): Refusal {
  return tellMissing(api.binding.gateway.missingScope, operation.scopes?.[0] ?? []);
}

/** How a gateway refuses a token that lacks these scopes. */
export function tellMissing(
  {
    status,
    type,
    message,
  }: { status: number; type?: string | undefined; message?: string | undefined },
  scopes: readonly string[],
): Refusal {
  const told = scopes.length > 0 ? message?.replace('{scopes}', scopes.join(', ')) : undefined;
  return {
    status,
    ...(type === undefined ? {} : { type }),
    ...(told === undefined ? {} : { message: told }),
  };
}
