import { loadContract } from '../../../src/contract/contract.js';
import type { Json } from '../../../src/contract/json.js';
import type { Operation } from '../../../src/contract/operation.js';
import { idsOf } from '../../../src/sandbox/ids.js';
import type { World } from '../../../src/sandbox/pack.js';
import { beginStream } from '../../../src/sandbox/random.js';
import { Resources } from '../../../src/sandbox/resources.js';
import { makeWorld } from '../../../src/sandbox/world.js';
import { type Answered, base64, CREDENTIALS, send } from '../../support/client.js';
import { openSandbox } from '../../support/sandbox.js';

export const contract = await loadContract('spec/medical-events/openapi.yaml', ['', '/api']);

/** The patient of the contract's examples. */
export const PATIENT = '7c3da506-804d-4550-8993-bf17f9ee0402';
export const STRANGER = '11111111-1111-4111-8111-111111111111';

/** What a request says otherwise than the contract's examples. */
export interface Said {
  /** Ids in the path by the collection that they stand behind, or by the name of the parameter. */
  at?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string>>;
  /** In place of the example. */
  body?: unknown;
  /** Changes the example: what is signed in it, or itself. */
  change?: (content: Json) => unknown;
  patient?: string;
}

/** What the last answer about a job says. */
// biome-ignore lint/suspicious/noExplicitAny: jobs of many shapes
export type JobData = any;

/** The example of an episode is a new one; here it is the one that the other examples name. */
export function chained<T extends object>(operation: string, example: T): T {
  return operation === 'createEpisode' ? { ...example, id: EPISODE } : example;
}

const EPISODE = 'f3c28d1e-8d5a-4e24-9d0b-1f3f0a5c7e11';

/** A client of a sandbox of medical events that knows nothing but the contract. */
export async function openEvents(options: Parameters<typeof openSandbox>[0] = {}) {
  const { sandbox } = await openSandbox({ pack: 'medical-events', ...options });
  const call = (operation: Operation, said: Said, body?: unknown): Promise<Answered> => {
    const query = new URLSearchParams(said.query).toString();
    const path = pathOf(operation, said) + (query === '' ? '' : `?${query}`);
    const sent = body === undefined ? {} : { body };
    return send(operation.method, `${sandbox.url}/api${path}`, { ...sent, headers: CREDENTIALS });
  };
  const example = async (id: string) =>
    chained(id, (await send('GET', `${sandbox.url}/__sandbox/examples/${id}`)).json);
  const bodyOf = async (operation: Operation, { body, change }: Said): Promise<unknown> => {
    if (body !== undefined || !operation.body) return body;
    const sample = await example(operation.id);
    if (!change) return sample;
    if (typeof sample.signed_data !== 'string') return change(sample);
    return { ...sample, signed_data: base64(change(signedIn(sample)) as Json) };
  };
  /** The answer that schedules, or refuses. */
  const schedule = async (id: string, said: Said = {}): Promise<Answered> => {
    const operation = known(id);
    return call(operation, said, await bodyOf(operation, said));
  };
  /** Schedules a job, and what is said of it at its end. */
  const write = async (id: string, said: Said = {}): Promise<JobData> => {
    const scheduled = await schedule(id, said);
    const href: string | undefined = scheduled.json?.data?.links?.[0]?.href;
    if (href === undefined) throw new Error(`${id}: ${JSON.stringify(scheduled.json)}`);
    sandbox.clock.advance('1h');
    const job = href.split('/').at(-1);
    const answer = await send('GET', `${sandbox.url}/api/jobs/${job}`, { headers: CREDENTIALS });
    return answer.json.data;
  };
  return {
    sandbox,
    example,
    schedule,
    write,
    /** Asks for something that answers at once. */
    read: async (id: string, said: Said = {}) => {
      const operation = known(id);
      return call(operation, said, await bodyOf(operation, said));
    },
    /** Follows a link of a job. */
    follow: (href: string) =>
      send('GET', href.startsWith('/') ? sandbox.url + href : href, { headers: CREDENTIALS }),
  };
}

export function known(id: string): Operation {
  const operation = contract.operations.get(id);
  if (!operation) throw new Error(`the contract has no operation ${id}`);
  return operation;
}

export function signedIn({ signed_data }: Json): Json {
  return JSON.parse(Buffer.from(String(signed_data), 'base64').toString());
}

/** The path with the ids of the contract's examples, unless there are others. */
function pathOf({ path, parameters }: Operation, { at = {}, patient = PATIENT }: Said): string {
  const segments = path.split('/');
  return segments
    .map((segment, i) => {
      const name = /^\{(.+)\}$/.exec(segment)?.[1];
      if (name === undefined) return segment;
      const collection = segments[i - 1] ?? '';
      if (collection === 'patients') return patient;
      const example = parameters.find((one) => one.in === 'path' && one.name === name)?.example;
      return at[name] ?? at[collection] ?? String(example);
    })
    .join('/');
}

/** A world in which nothing is yet. */
export function makeEmptyWorld(): World {
  const stream = beginStream('test');
  return makeWorld({
    contract,
    resources: new Resources(1000),
    ids: idsOf(() => stream),
    now: Date.parse('2026-02-02T12:00:00Z'),
    settings: {},
    note: () => {},
  });
}
