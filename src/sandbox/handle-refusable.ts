import type { Scenario } from '../scenario/scenario.js';
import { scenarioOf } from './api.js';
import type { Draft } from './draft.js';
import type { Handler, HandlerRequest } from './handled.js';
import { refuseByScript } from './refuse-by-script.js';
import { chosenIn, type Queued } from './select-scenario.js';

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

interface Chosen {
  scenario: Scenario;
  by: string;
  queueAfter?: readonly Queued[];
}

/** In the order in which scenarios are chosen for requests that schedule. */
function chosenFor(draft: Draft, request: HandlerRequest): Chosen | undefined {
  const { api, state } = draft;
  const { operation, headers } = request;
  const suiting = (name: unknown) => {
    const scenario = name === undefined ? undefined : scenarioOf(api, String(name));
    return scenario && refuses(scenario, operation.id) ? scenario : undefined;
  };
  const header = suiting(headers['x-sandbox-scenario']);
  if (header) return { scenario: header, by: 'header' };
  const queued = fromQueue(state.queue, operation.id, suiting);
  if (queued) return queued;
  const byRequest = whenMatches(draft, request);
  if (byRequest) return { scenario: byRequest, by: 'when' };
  const session = suiting(state.chosen.scenario);
  if (session) return { scenario: session, by: 'session' };
  const server = suiting(api.scenario);
  return server && { scenario: server, by: 'server' };
}

function refuses({ refuse, operations }: Scenario, operation: string): boolean {
  return refuse !== undefined && operations?.includes(operation) === true;
}

function fromQueue(
  queue: readonly Queued[],
  operation: string,
  suiting: (name: string) => Scenario | undefined,
): Chosen | undefined {
  for (const [i, entry] of queue.entries()) {
    const scenario = suiting(entry.scenario);
    if (!scenario || (entry.operation !== undefined && entry.operation !== operation)) continue;
    const rest = entry.times > 1 ? [{ ...entry, times: entry.times - 1 }] : [];
    const queueAfter = [...queue.slice(0, i), ...rest, ...queue.slice(i + 1)];
    return { scenario, by: 'queue', queueAfter };
  }
  return undefined;
}

/** `when.resource` is about what the last parameter of the path names. */
function whenMatches(draft: Draft, request: HandlerRequest): Scenario | undefined {
  const { operation, body, params: path, query, headers } = request;
  const named = path[operation.path.match(/\{([^}]+)\}(?!.*\{)/)?.[1] ?? ''];
  const resource = named === undefined ? undefined : draft.resources.get(named)?.document;
  const asked = { body, path, query, headers, resource };
  for (const scenario of chosenIn(draft.api.catalogue)(asked)) {
    if (refuses(scenario, operation.id)) return scenario;
  }
  return undefined;
}
