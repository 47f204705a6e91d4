import type { Json } from '../../contract/json.js';
import type { ApiRequest, Refusal, Reply, World } from '../../sandbox/pack.js';
import type { Resource } from '../../sandbox/resources.js';
import { pageOf } from '../page.js';
import { fits, type Places } from './filters.js';

export type Read = (request: ApiRequest, world: World) => Reply | Refusal;

/** What is said of something that is not there. */
export function notFound(message = 'Not found'): Refusal {
  return { status: 404, type: 'not_found', message };
}

/** How an operation shows a resource, where that is not its document. */
export type Show = (one: Resource, world: World) => Json;

const whole: Show = ({ document }) => document;

/** How an operation shows resources that is not the plain one. */
export interface Look {
  show?: Show;
  /** Only these. */
  only?(one: Resource, request: ApiRequest, world: World): boolean;
  /** Where a query parameter is found, if not where others find it. */
  places?: Places;
  /** What is told beside it. */
  urgent?(one: Resource, world: World): unknown;
  /** Why nothing is shown, before anything is looked for. */
  refuse?(request: ApiRequest, world: World): Refusal | undefined;
}

/** Reads one thing by the id that the path names last. */
export function one(kind: string, look: Look = {}): Read {
  return (request, world) => {
    const refused = look.refuse?.(request, world);
    if (refused) return refused;
    const found = world.find(kind, lastOf(request));
    if (!found || look.only?.(found, request, world) === false) return notFound();
    return shown(found, look, world);
  };
}

/** An answer of one thing. */
export function shown(
  found: Resource,
  { show = whole, urgent }: Pick<Look, 'show' | 'urgent'>,
  world: World,
  status = 200,
): Reply {
  const beside = urgent === undefined ? {} : { urgent: urgent(found, world) };
  return { status, content: { data: show(found, world), type: 'object', ...beside } };
}

/** Lists everything of a kind, the newest last, page by page, as far as the query asks for it. */
export function list(kind: string, look: Look = {}): Read {
  const { show = whole, only = () => true, refuse, places } = look;
  return (request, world) => {
    const refused = refuse?.(request, world);
    if (refused) return refused;
    const found = world
      .all(kind)
      .filter((each) => only(each, request, world))
      .map((each) => ({ shown: show(each, world), document: each.document }))
      .filter((each) => fits({ ...each.shown, ...each.document }, request.query, world, places));
    return paged(
      found.map((each) => each.shown),
      request,
    );
  };
}

/** One page of what was found. */
export function paged(found: readonly unknown[], { query }: ApiRequest): Reply {
  const { items, page, size, entries, pages } = pageOf(found, query);
  const paging = {
    page_number: page,
    page_size: size,
    total_entries: entries,
    total_pages: pages,
  };
  return { status: 200, content: { data: items, type: 'list', paging } };
}

/** What the path names last. */
export function lastOf({ operation, params }: ApiRequest): string | undefined {
  const name = /.*\{([^}]+)\}/.exec(operation.path)?.[1];
  return name === undefined ? undefined : params[name];
}

/** What stands in the path behind a collection: the person of `/persons/{id}/declaration`. */
export function behind(collection: string, { operation, params }: ApiRequest): string {
  const name = new RegExp(`/${collection}/\\{([^}]+)\\}`).exec(operation.path)?.[1];
  return (name === undefined ? '' : (params[name] ?? '')).toLowerCase();
}
