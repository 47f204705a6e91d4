import type { Contract } from '../../src/contract/contract.js';
import type { SessionControl } from '../../src/index.js';
import { type Answered, CREDENTIALS, renewed, send } from './client.js';
import { breaches, distance, orMishap, pollAndWait, since } from './walk.js';

export const PATIENT = '7c3da506-804d-4550-8993-bf17f9ee0402';
/** The encounter, its visit and the service request of the contract's examples. */
export const ENCOUNTER = '90a9e15b-b71b-4caf-8f2e-ff247e8a5600';

export const METHODS: Record<string, [method: string, path: string]> = {
  submitEncounterPackage: ['POST', 'encounter_package'],
  cancelEncounterPackage: ['PATCH', 'encounter_package'],
  createApproval: ['POST', 'approvals'],
  createServiceRequest: ['POST', 'service_requests'],
};

/** A client of a session that does no more than it is told; bodies are the contract's examples. */
export function makeEventsClient(session: SessionControl) {
  const base = `${session.url}/api`;
  let credentials = CREDENTIALS;
  const api = (
    method: string,
    path: string,
    { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
  ) => send(method, base + path, { body, headers: { ...credentials, ...headers } });
  const example = async (operation: string) =>
    (await send('GET', `${new URL(base).origin}/__sandbox/examples/${operation}`)).json;
  return {
    api,
    example,
    /** Takes a new token. */
    renew: () => {
      credentials = renewed(credentials);
    },
    /** Schedules a job, with the contract's example unless there is another body. */
    schedule: async (
      operation: string,
      { patient = PATIENT, headers = {}, body }: Partial<Scheduling> = {},
    ) => {
      const [method = '', path] = METHODS[operation] ?? [];
      const sent = body ?? (await example(operation));
      return api(method, `/patients/${patient}/${path}`, { body: sent, headers });
    },
    poll: (job: string, signal?: AbortSignal) =>
      send('GET', `${base}/jobs/${job}`, {
        headers: credentials,
        ...(signal ? { signal } : {}),
      }),
  };
}

interface Scheduling {
  patient: string;
  headers: Record<string, string>;
  body: unknown;
}

/** The id of the job that an answer has scheduled: the last part of its link. */
export function jobOf({ json }: Answered): string {
  return json.data.links[0].href.split('/').at(-1);
}

/** Lives through a scenario as it is told to; a line for each answer, as many as the script has. */
export async function walkEvents(
  contract: Contract,
  session: SessionControl,
  operation: string,
  scenario: string,
  script: readonly string[],
): Promise<string[]> {
  const client = makeEventsClient(session);
  const now = () => session.clock.now().getTime();
  const scheduled = now();
  const headers = { 'X-Sandbox-Scenario': scenario };
  const first = await orMishap(client.schedule(operation, { headers }));
  if (typeof first === 'string') return [`refused: ${first}`];
  const word = first.status < 300 ? 'scheduled' : 'refused';
  const lines = [`${word}: ${describe(contract, operation, first, now())}`];
  for (const line of script.slice(1)) {
    const job = jobOf(first);
    if (line === 'released' || line === 'renewed') {
      if (line === 'released') session.release(job);
      else client.renew();
      lines.push(line);
      continue;
    }
    const asked = now();
    const answer = await pollAndWait(session, client, job, true);
    const late = now() === asked ? '' : `, after ${since(asked, now())}`;
    const what = typeof answer === 'string' ? answer : describe(contract, 'getJob', answer, now());
    lines.push(`at ${since(scheduled, asked)}${late}: ${what}`);
    session.clock.advance(typeof answer === 'string' ? '1s' : waitOf(answer, now()));
  }
  return lines;
}

/** A far eta is no promise: who asks every few seconds does so. */
const FAR = 60_000;

/** Until the eta of an answer if it is near, as long as its Retry-After, else two seconds. */
function waitOf({ json, headers }: Answered, now: number): number {
  const ahead = Date.parse(json?.data?.eta) - now;
  return ahead > 0 && ahead < FAR ? ahead : Number(headers.get('retry-after') ?? 2) * 1000;
}

function describe(contract: Contract, operation: string, answer: Answered, now: number): string {
  const { status, headers, json } = answer;
  const job = json?.data;
  const retry = headers.get('retry-after');
  return [
    `${status} ${job ? describeJob(job) : (json?.error.type ?? headers.get('content-type'))}`,
    ...(job?.eta ? [`eta ${distance(Date.parse(job.eta) - now)}`] : []),
    ...(retry === null ? [] : [`Retry-After ${retry}`]),
    ...(breaches(contract, operation, answer).length === 0 ? [] : ['off contract']),
  ].join(', ');
}

// biome-ignore lint/suspicious/noExplicitAny: bodies of many shapes
function describeJob({ status, links, status_code, error, response_data }: any): string {
  if (typeof error === 'string') return `${status} ${status_code} text "${error}"`;
  if (response_data !== undefined) return `${status} with ${typeof response_data} inside`;
  if (error) return `${status} ${status_code} ${error.invalid?.[0].entry ?? `"${error.message}"`}`;
  if (status !== 'processed') return status;
  const [link] = links;
  return `${status} ${link ? `${link.entity} ${link.href.startsWith('/') ? 'by path' : 'by address'}` : 'without a link'}`;
}
