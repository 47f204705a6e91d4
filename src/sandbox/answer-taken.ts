import type { Draft } from './draft.js';
import { type Handled, type HandlerRequest, refusal } from './handled.js';
import type { Job } from './job.js';
import { tellPresent } from './tell-scheduled.js';

/**
 * Answers a request that has chosen the id of a job which is there: a PUT is about that one (RFC 9110 §9.3.4), others
 * want a new one, unless the binding says otherwise.
 */
export function answerTaken(draft: Draft, request: HandlerRequest, job: Job): Handled {
  const { operation } = request;
  const usual = operation.method === 'PUT' ? 'again' : 'refused';
  const taken = draft.api.binding.report.taken ?? usual;
  if (taken === 'again') return tellThere(draft, request, job);
  const message = `There is a job ${job.id} already`;
  return refusal({ status: 409, code: 'REQUEST_ID_TAKEN', message }, { operation: operation.id });
}

function tellThere(draft: Draft, request: HandlerRequest, job: Job): Handled {
  const told = tellPresent(draft, request, job);
  told.journal.note = `job ${job.id} is there already: nothing is scheduled`;
  return told;
}

export function refuseWithoutId({ api }: Draft, { operation }: HandlerRequest): Handled {
  const message = `No id is left for another job of ${api.name}: nearly all that \`ids\` allows are taken`;
  return refusal(
    { status: 503, code: 'REQUEST_IDS_USED_UP', message },
    { operation: operation.id },
  );
}
