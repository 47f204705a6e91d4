import type { Scenario } from '../scenario/scenario.js';
import { formatMoment } from '../time/format-moment.js';
import type { Answer } from './answer.js';
import { applyFault } from './apply-fault.js';
import type { Draft } from './draft.js';
import type { HandlerRequest } from './handled.js';
import { rendererFor } from './renderer-for.js';

/** The answer that a scenario gives in place of a job, or of what an operation answers else: its `refuse`. */
export function refuseByScript(
  draft: Draft,
  request: HandlerRequest,
  { refuse, name }: Scenario,
): Answer {
  if (!refuse) throw new Error(`the scenario ${name} refuses nothing`);
  const { now } = draft;
  const said = rendererFor(draft, request).script(refuse, { now: formatMoment(now) }, draft);
  const { operation, requester } = request;
  const about = { contract: draft.api.contract, operation: operation.id, url: requester.url, now };
  const answer = refuse.fault
    ? applyFault(said, refuse.fault, { ...about, eta: undefined, state: undefined })
    : said;
  answer.headers['X-Sandbox-Scenario'] = name;
  return answer;
}
