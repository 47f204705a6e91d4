import { isObject, type Json, textOf } from '../../contract/json.js';
import type { ApiRequest, Refusal, Reply, World } from '../../sandbox/pack.js';
import type { Resource } from '../../sandbox/resources.js';
import { DOCTORS } from '../people.js';
import { lastOf, notFound, type Read, type Show, shown } from './read.js';
import { conflict } from './refusals.js';
import { contentOf, signedMember } from './signed.js';

/** What an operation was asked: what was signed in the body, else the body, and around it. */
export interface Asked {
  said: Json;
  request: ApiRequest;
  world: World;
}

/** An operation that makes one resource. */
interface Creation {
  kind: string;
  /** Of the answer; 201 where it is left out. */
  status?: number;
  /** Why it cannot be made. */
  check?(asked: Asked): Refusal | undefined;
  /** The document, without id and moments, if it is not what was said. */
  document?(asked: Asked): Json;
  /** What is kept beside it. */
  facts?(asked: Asked): Json;
  /** What else changes. */
  after?(made: Resource, asked: Asked): void;
  show?: Show;
  urgent?(made: Resource, world: World): unknown;
}

/** An operation that moves one resource from a status to another, or changes it in the one that it is in. */
interface Action {
  kind: string;
  /** In these it can be done; left out: in any. */
  from?: readonly string[];
  /** Left out: the status stays. */
  to?: string;
  /** What is said in any other status; `{status}` is filled in. */
  refused?: string;
  /** What must be so beside the status. */
  check?(subject: Resource, asked: Asked): Refusal | undefined;
  /** What else changes in the document. */
  set?(subject: Resource, asked: Asked): Json;
  /** What else changes. */
  after?(subject: Resource, asked: Asked): void;
  show?: Show;
  urgent?(subject: Resource, world: World): unknown;
  /** What is answered, if it is not the resource. */
  answer?(subject: Resource, asked: Asked): Reply;
}

const [{ user: SOMEBODY }] = DOCTORS;

/** Who has asked, as far as that is known. */
function userOf({ caller }: ApiRequest): string {
  return caller?.user ?? SOMEBODY;
}

/** The moments that the service writes, and who has asked. */
export function stamps({ request, world }: Pick<Asked, 'request' | 'world'>): Json {
  const moment = new Date(world.now).toISOString();
  const user = userOf(request);
  return { inserted_at: moment, inserted_by: user, updated_at: moment, updated_by: user };
}

function saidIn(request: ApiRequest, world: World): { content: Json } | Refusal {
  const { operation, body } = request;
  if (signedMember(operation.id) !== undefined) return contentOf(request, world);
  return { content: isObject(body) ? body : {} };
}

/** Makes a resource of what was said. */
export function creates({
  kind,
  check,
  document,
  facts,
  after,
  status = 201,
  ...look
}: Creation): Read {
  return (request, world) => {
    const read = saidIn(request, world);
    if (!('content' in read)) return read;
    const asked = { said: read.content, request, world };
    const refused = check?.(asked);
    if (refused) return refused;
    const id = world.ids.uuid();
    const made = world.keep({
      kind,
      id,
      document: { ...(document?.(asked) ?? asked.said), id, ...stamps(asked) },
      facts: facts?.(asked) ?? {},
    });
    after?.(made, asked);
    return shown(made, look, world, status);
  };
}

/** Changes what the path names last. */
export function acts(action: Action): Read {
  const { kind, from, to, refused = 'Invalid transition', check, set, after, answer } = action;
  return (request, world) => {
    const subject = world.find(kind, lastOf(request));
    if (!subject) return notFound();
    const status = textOf(subject.document.status ?? '');
    if (from && !from.includes(status)) return conflict(refused.replace('{status}', status));
    const read = saidIn(request, world);
    if (!('content' in read)) return read;
    const asked = { said: read.content, request, world };
    const wrong = check?.(subject, asked);
    if (wrong) return wrong;
    const changed = change(
      subject,
      { ...set?.(subject, asked), ...(to ? { status: to } : {}) },
      asked,
    );
    after?.(changed, asked);
    return answer?.(changed, asked) ?? shown(changed, action, world);
  };
}

/** The resource with some fields of its document changed; a field that is undefined goes. */
export function change(
  { key, kind, id, title, document, facts }: Resource,
  fields: Json,
  { request, world }: Pick<Asked, 'request' | 'world'>,
): Resource {
  const { updated_at, updated_by } = stamps({ request, world });
  const merged = { ...document, ...fields, updated_at, updated_by };
  const kept = Object.entries(merged).filter(([, value]) => value !== undefined);
  const own = { ...(key === undefined ? {} : { key }), ...(title === undefined ? {} : { title }) };
  return world.keep({ ...own, kind, id, document: Object.fromEntries(kept), facts });
}
