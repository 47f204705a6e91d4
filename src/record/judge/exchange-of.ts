import { isChosen } from '../../contract/id-form.js';
import { idText, jobOf, valueAt } from '../../contract/job-place.js';
import { at as valueIn } from '../../contract/json.js';
import type { Api } from '../../sandbox/api.js';
import { stateFor } from '../../sandbox/binding-words.js';
import type { Exchange } from '../../sandbox/journal.js';
import { contentOfText, contentOfValue } from '../../sandbox/request-content.js';
import type { Duration } from '../../time/moments.js';
import { momentOf, readMoment } from '../moment.js';
import { findPlace, readScheduled, readStates } from '../recognise.js';
import { partsOf } from '../request-parts.js';
import type { Failure, HeaderLines, Seen } from '../seen.js';
import { readLeniently } from './read-leniently.js';

/** Stands for the scenario of a job that was scheduled before anything was seen. */
export const BEFORE = 'recorded';

/** What a fault of the sandbox does that looks the same to a client. */
const FAULTS: Readonly<Record<Failure, Pick<Exchange, 'fault' | 'aborted'>>> = {
  unreachable: { fault: 'reset', aborted: false },
  reset: { fault: 'reset', aborted: false },
  'cut off': { fault: 'truncated-body', aborted: false },
  timeout: { fault: 'hang', aborted: false },
  left: { fault: undefined, aborted: true },
  refused: { fault: undefined, aborted: true },
};

/** No client gives a request less than this: who leaves later has waited for a server that was silent. */
const SILENT: Duration = 1000;

function lostBy(
  failure: Failure,
  { answer }: Seen,
  took: Duration,
): Pick<Exchange, 'fault' | 'aborted'> {
  const wasSilent = failure === 'left' && answer === undefined && took >= SILENT;
  return wasSilent ? { fault: 'hang', aborted: true } : FAULTS[failure];
}

/** An exchange with a real system, as a journal would have written it down. */
export function exchangeOf(seq: number, passed: Seen, several: boolean): Exchange {
  const { seen, fault } = readLeniently(passed);
  const { at, until, ended = until, method, target, route, api, request, answer, failure } = seen;
  const { began, took } = seen.steady ?? { began: at as number, took: ended - at };
  const lost = failure ? lostBy(failure, seen, ended - at) : { fault, aborted: false };
  const isPartial = failure === 'cut off';
  return {
    seq,
    at: at as number,
    wall: at,
    startedMono: began,
    endedAt: ended as number,
    durationMs: took,
    method,
    path: target,
    api: several ? api.name : undefined,
    operation: route.kind === 'found' ? route.operation.id : undefined,
    ...aboutJob(seen),
    // Nobody knows whether its client has read it.
    ...(fault === undefined ? {} : { eta: undefined }),
    scenario: undefined,
    step: undefined,
    status: answer && (!failure || isPartial) ? answer.status : 0,
    ...lost,
    chance: false,
    requestHeaders: linesOf(request.headers),
    requestBody: undefined,
    responseHeaders: recordOf(answer?.headers ?? []),
    responseBody: answer?.body.text ?? '',
    note: undefined,
  };
}

type About = Pick<Exchange, 'job' | 'state' | 'reportedOutcome' | 'resource' | 'eta' | 'content'>;

const NOTHING: About = {
  job: undefined,
  state: undefined,
  reportedOutcome: undefined,
  resource: undefined,
  eta: undefined,
};

function aboutJob(seen: Seen): About {
  const { route, api } = seen;
  const operation = route.kind === 'found' ? route.operation.id : undefined;
  if (operation === undefined) return NOTHING;
  const { schedules, report } = api.binding;
  if (schedules.has(operation)) return aboutScheduled(operation, seen);
  if (operation === report.operation) return aboutPoll(seen);
  return { ...NOTHING, job: jobOfOthers(api, operation, seen) };
}

function aboutScheduled(operation: string, seen: Seen): About {
  const { answer, failure, at, api, request } = seen;
  const { body } = request;
  const content =
    body.json === undefined ? contentOfText(body.text) : contentOfValue(body.json, body.text);
  const read = answer && !failure ? readScheduled(api.binding, operation, answer) : undefined;
  if (!read) return { ...NOTHING, content };
  const { ids } = api.binding.report;
  const told = idText(read.places.get('job'));
  const job = told ?? (isChosen(ids) ? idText(valueAt(ids.chosen, partsOf(seen))) : undefined);
  return {
    ...NOTHING,
    job,
    content,
    state: job === undefined ? undefined : stateFor(api.binding, 'open'),
    resource: idText(read.places.get('resource.id')),
    eta: readMoment(read.places, 'eta', at).moment as number | undefined,
  };
}

function aboutPoll(seen: Seen): About {
  const { answer, failure, at, api } = seen;
  const { binding } = api;
  const job = jobOf(binding.report, partsOf(seen));
  if (!answer || failure) return { ...NOTHING, job };
  const [read] = readStates(binding, answer).filter(({ places }) => {
    const eta = readMoment(places, 'eta', at);
    return !eta.told || eta.moment !== undefined;
  });
  if (!read) return { ...NOTHING, job, eta: etaOf(seen, answer) };
  return {
    job,
    state: read.state,
    reportedOutcome: binding.states.get(read.state)?.outcome ?? 'unknown',
    resource: idText(read.places.get('resource.id')),
    eta: readMoment(read.places, 'eta', at).moment as number | undefined,
  };
}

/** An answer that tells no state that anybody knows may tell an eta all the same, at its usual place. */
function etaOf({ api, at }: Seen, { status, body }: NonNullable<Seen['answer']>) {
  if (status < 200 || status >= 300) return undefined;
  const state = placed(api, body.json, 'state');
  // What breaks the contract in its state may be read by nobody.
  if (typeof state === 'number') return undefined;
  const eta = placed(api, body.json, 'eta');
  return momentOf(eta, at) as number | undefined;
}

/** What stands at a place of the binding, in an answer that is none of its own. */
function placed({ binding }: Api, json: unknown, name: string): unknown {
  const path = findPlace(binding, json, name);
  return path && valueIn(json, path.join('.'));
}

/** Of a request that cancels, deletes or reads: the job that its path names. */
function jobOfOthers(api: Api, operation: string, seen: Seen): string | undefined {
  const { binding } = api;
  const named = [binding.cancel, binding.delete].find((one) => one?.operation === operation);
  if (!named) return undefined;
  return jobOf({ job: named.job ?? binding.report.job }, partsOf(seen));
}

function linesOf(headers: HeaderLines): string {
  return headers.flat().join('\n');
}

function recordOf(headers: HeaderLines): Record<string, string> {
  return Object.fromEntries(headers.map(([name, value]) => [name, value]));
}
