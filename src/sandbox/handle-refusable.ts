import type { Asked } from '../scenario/match.js';
import type { Scenario } from '../scenario/scenario.js';
import type { Draft } from './draft.js';
import type { Handler, HandlerRequest } from './handled.js';
import { refuseByScript } from './refuse-by-script.js';
import { chosenIn, drawFrom, type Queued, queuedFor, type Selected } from './select-scenario.js';

/**
 * Lets scenarios answer an operation that schedules nothing, in its place: those that name it among their `operations`
 * and have a `refuse`. Others are for requests that schedule, whoever has chosen them.
 * @param usual what answers it else; undefined: the contract
 */
export function refusableHandler(usual: Handler | undefined): Handler {
  return (draft, request) => {
    const found = chosenFor(draft, request);
    if (!found) return (usual ?? request.sample)(draft, request);
    const { scenario, by, queueAfter } = found;
    if (queueAfter) draft.changes.push({ kind: 'queue', queue: queueAfter });
    const answer = refuseByScript(draft, request, scenario);
    const { operation } = request;
    return {
      outcome: { kind: 'answer', answer, checkedBy: scenario.offContract ? undefined : operation },
      journal: {
        operation: operation.id,
        scenario: scenario.name,
        note: `scenario chosen by ${by}`,
      },
    };
  };
}

/** In the order in which scenarios are chosen for requests that schedule. */
function chosenFor(draft: Draft, request: HandlerRequest): Selected | undefined {
  const { api, state } = draft;
  const { operation, headers } = request;
  const suiting = (name: unknown, own?: Queued['own']) => {
    const scenario = name === undefined ? undefined : queuedFor(api, String(name), own);
    return scenario && refuses(scenario, operation.id) ? scenario : undefined;
  };
  const header = suiting(headers['x-sandbox-scenario']);
  if (header) return { scenario: header, by: 'header' };
  const asked = askedOf(draft, request);
  const queued = drawFrom(state.queue, operation.id, asked, suiting);
  if (queued) return queued;
  for (const scenario of chosenIn(api.catalogue)(asked)) {
    if (refuses(scenario, operation.id)) return { scenario, by: 'when' };
  }
  const session = suiting(state.chosen.scenario);
  if (session) return { scenario: session, by: 'session' };
  const server = suiting(api.scenario);
  return server && { scenario: server, by: 'server' };
}

function refuses({ refuse, operations }: Scenario, operation: string): boolean {
  return refuse !== undefined && operations?.includes(operation) === true;
}

/** What conditions look at; `when.resource` is about what the last parameter of the path names. */
function askedOf(draft: Draft, request: HandlerRequest): Asked {
  const { operation, body, params: path, query, headers } = request;
  const named = path[operation.path.match(/\{([^}]+)\}(?!.*\{)/)?.[1] ?? ''];
  const resource = named === undefined ? undefined : draft.resources.get(named)?.document;
  return { body, path, query, headers, resource };
}
