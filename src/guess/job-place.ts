import { resolve } from '../contract/document.js';
import type { JobPlace } from '../contract/job-place.js';
import { isObject, type Json } from '../contract/json.js';
import type { Operation } from '../contract/operation.js';
import { formsOf } from './answer-fields.js';
import { JOB_WORD, plainWord } from './words.js';

/** Where an operation that may report jobs names the job. */
export interface NamedJob {
  place: JobPlace;
  /** The path in front of the job: where such things are made. */
  collection: string;
  /** A word of its path says that it tells how things stand. */
  tail: boolean;
  /** Where it is in the document, and why, if it is no path parameter. */
  reason?: string;
}

/** What may stand behind the job in the path of its report. */
const TAIL = /^(status|state|progress|poll|info|result|results)$/;

/** What asks how a job stands, by its path or its operationId: `getTaskResult`, `job_status`. */
const ASKS =
  /^(get|check|query|poll|fetch|describe|lookup|retrieve|read)(_|$)|(^|_)(status|state|progress|result|results|poll)$/;

/** Names of ids, with what they are ids of or alone. */
const ID = /(^|_)(id|uuid|guid|sid|gid|key|handle|ticket|token)$/;

/** Things that go through a list: a parameter of this name is where it goes on, and no job. */
const NO_ID = /(^|_)(api_key|access_token|page_token|next_token|client_id|project_id|account_id)$/;

/**
 * Where a request names a job: in the path, `/jobs/{id}`, `/jobs/{id}/status`; else in a query parameter that has to be
 * there, `/jobs/status?id=…`; or, where a POST asks how things stand, in a field of its body.
 */
export function namedJob(document: Json, operation: Operation): NamedJob | undefined {
  if (operation.method === 'GET') return inPath(operation.path) ?? inQuery(operation);
  return operation.method === 'POST' ? inBody(document, operation) : undefined;
}

/** `/jobs/{id}` and `/jobs/{id}/status` name a job; `/jobs/{id}/files` does not. */
function inPath(path: string): NamedJob | undefined {
  const parts = path.split('/');
  const tail = TAIL.test(plainWord(parts.at(-1) ?? ''));
  const at = tail ? parts.length - 2 : parts.length - 1;
  // One parameter that is the whole segment: `{owner}:{id}` would need more.
  const [, name] = /^\{([^}]+)\}(?:\.json)?$/.exec(parts[at] ?? '') ?? [];
  if (name === undefined) return undefined;
  return { place: { in: 'path', name }, collection: parts.slice(0, at).join('/'), tail };
}

function inQuery(operation: Operation): NamedJob | undefined {
  const { path, parameters } = operation;
  const asks = asksHowItStands(operation);
  const found = parameters.filter(({ in: where, name, required }) => {
    return where === 'query' && (required || asks) && namesJob(name);
  });
  const [only] = found;
  // Of two nobody knows which one it is; what is asked for nothing else by its path lists things.
  if (!only || found.length > 1 || (!only.required && !asks)) return undefined;
  const place = { in: 'query' as const, name: only.name };
  const reason = `its query parameter \`${only.name}\` names the job`;
  return { place, ...above(path), reason };
}

function inBody(document: Json, operation: Operation): NamedJob | undefined {
  const { path, body } = operation;
  if (!body || !asksHowItStands(operation)) return undefined;
  const names = new Set(
    Object.values(body.content).flatMap((schema) =>
      formsOf(document, resolve(document, schema)).flatMap(({ properties }) =>
        Object.keys(isObject(properties) ? properties : {}),
      ),
    ),
  );
  const found = [...names].filter(namesJob);
  const [name] = found;
  if (name === undefined || found.length > 1) return undefined;
  const reason = `a field of its body, \`${name}\`, names the job`;
  return { place: { in: 'body', name }, ...above(path), reason };
}

function namesJob(name: string): boolean {
  const plain = plainWord(name);
  if (NO_ID.test(plain)) return false;
  return ID.test(plain) || (JOB_WORD.test(plain) && !/s$/.test(plain));
}

function asksHowItStands({ path, id }: Operation): boolean {
  const last = path.split('/').at(-1) ?? '';
  return [last, id].some((word) => ASKS.test(plainWord(word)));
}

/** `/jobs/status` stands behind `/jobs`; so does `/jobs` itself where the job is named by its query. */
function above(path: string): Pick<NamedJob, 'collection' | 'tail'> {
  const parts = path.split('/');
  const tail = ASKS.test(plainWord(parts.at(-1) ?? ''));
  return { collection: (tail ? parts.slice(0, -1) : parts).join('/'), tail };
}
