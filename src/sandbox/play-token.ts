import { stepAt } from '../scenario/play.js';
import { endsToken, type TokenEvent } from '../scenario/scenario.js';
import { credentialsOf } from './credentials-of.js';
import type { Draft } from './draft.js';
import { type Handled, type HandlerRequest, refusal } from './handled.js';
import { currentState, type Job, lifeOf, ownStep } from './job.js';
import type { ApiRequest, Refusal } from './pack.js';

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
  if (token === undefined || !endsToken({ token })) return polled;
  const credentials = credentialsOf(request);
  if (credentials === undefined) return polled;
  if (before.askedWith !== undefined && before.askedWith !== credentials) {
    return playToken(draft, request, before, draft.passOver(polled));
  }
  endToken(draft, request, credentials, token);
  return polled;
}

/** Lets credentials open nothing from now on; the token behind them ends with the pack that has handed it out. */
export function endToken(
  draft: Draft,
  request: Pick<HandlerRequest, 'headers'>,
  credentials: string,
  by: TokenEvent,
): void {
  draft.changes.push({ kind: 'token ended', credentials, by });
  if (by === 'lacks-scope') return;
  for (const api of draft.setup.apis) {
    const world = () => draft.world(undefined, draft.now, api);
    api.pack?.endToken?.(request, world(), by === 'revoked');
  }
}

/** All that were let end are let in again. */
export function letInAgain(draft: Draft): void {
  draft.changes.push({ kind: 'tokens restored' });
}

/** The gateway's answer in a step that a token meets; undefined: the step says what is answered. */
export function refuseToken(draft: Draft, request: HandlerRequest, job: Job): Handled | undefined {
  const { token, delay } = stepAt(lifeOf(job), job.cursor);
  if (token === undefined) return undefined;
  const handled = refusal(refuseFor(token, draft, request), {
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

/** What the gateway says to a token by what has happened to it. */
export function refuseFor(by: TokenEvent, { api }: Draft, { operation }: ApiRequest): Refusal {
  if (by !== 'lacks-scope') return { status: 401 };
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
