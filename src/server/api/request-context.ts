import type { IncomingMessage, ServerResponse } from 'node:http';
import { jobOf } from '../../contract/job-place.js';
import type { Route } from '../../contract/router.js';
import type { Api } from '../../sandbox/api.js';
import type { Draft } from '../../sandbox/draft.js';
import { namesJob } from '../../sandbox/find-job.js';
import { jobKey } from '../../sandbox/job-key.js';
import type { ApiAddress, Requester } from '../../sandbox/render.js';
import type { Session } from '../../sandbox/session.js';
import { nothingWanted, type Wants } from '../../sandbox/wants.js';
import type { Duration, MachineMs, Moment, WallMoment } from '../../time/moments.js';
import { type Address, prefixOf, readQuery } from '../http/address.js';
import type { CalledAs } from '../http/called-as.js';
import { routeHead } from '../http/head-of-get.js';
import type { PortGate } from '../http/port-gate.js';
import type { LazyPostman } from '../webhooks/lazy-postman.js';

/** A request for the API while it is answered. */
export interface RequestContext {
  req: IncomingMessage;
  res: ServerResponse;
  session: Session;
  /** The one that the route leads to; where none does, the first. */
  api: Api;
  /** Without the session. */
  path: string;
  /** With its question mark; empty when there is none. */
  query: string;
  /** What the contract says of method and path. */
  route: Route;
  /** It asks for the head of what a GET would bring: nothing is kept, played or written down. */
  headOnly: boolean;
  /** How the client calls this server. */
  called: CalledAs;
  /** The same with the session that the client's address names: `http://127.0.0.1:4010/~worker-3`. */
  base: string;
  /** When it came, by the session's clock and by the machine's. */
  at: Moment;
  wall: WallMoment;
  /** The same by a clock that nobody can set, in milliseconds. */
  startedMono: MachineMs;
  /** What the request is called by: its own word for it, else one that was made. */
  requestId: string | undefined;
  /** Its own word for itself, where the API heeds one. */
  givenId: string | undefined;
  /** All of its answer is on the way. */
  answered: boolean;
  /** Sends what is to be sent before an answer. */
  postman: LazyPostman;
  /** What a fault closes. */
  gate?: PortGate | undefined;
  /** Closes the port by which it came at other servers too, for a length of the session's time. */
  closeElsewhere?: (length: Duration) => Promise<void> | undefined;
  /** The session as it is kept, where others change it too. */
  current: () => Promise<Session>;
  /** Decides anew, because others have changed the session at the same time. */
  again: () => void;
}

export function openContext(
  req: IncomingMessage,
  res: ServerResponse,
  session: Session,
  { path, query }: Pick<Address, 'path' | 'query'>,
  called: CalledAs,
  base: string,
  postman: LazyPostman,
): RequestContext {
  const { routes, apis } = session.setup;
  const { route, head } = routeHead(routes.find, req.method ?? '', path);
  const context: RequestContext = {
    req,
    res,
    session,
    api: routes.apiAt(route, path) ?? apis[0],
    path,
    query,
    route,
    headOnly: head,
    called,
    base,
    at: session.clock.now(),
    wall: session.setup.wall(),
    startedMono: session.setup.steady(),
    answered: false,
    requestId: undefined,
    givenId: undefined,
    postman,
    current: async () => session,
    again: () => {},
  };
  context.api = apiOfJob(context);
  const named = context.api.binding.gateway.requestId;
  if (named !== undefined) context.givenId = idOf(req.headers[named.name]);
  context.requestId = context.givenId;
  return context;
}

/** The same request, as if it had come just now. */
export async function reopenContext(context: RequestContext): Promise<void> {
  const session = await context.current();
  const { routes, apis } = session.setup;
  context.session = session;
  context.at = session.clock.now();
  context.api = routes.apiAt(context.route, context.path) ?? apis[0];
  context.api = apiOfJob(context);
  context.requestId = context.givenId;
}

/**
 * One operation may be about jobs of several kinds: then the job says whose it is.
 * @param body of the request, where it has been read
 */
export function apiOfJob(context: RequestContext, body?: unknown): Api {
  const { jobs } = context.session;
  const isOwner = ({ api, key }: Candidate) => jobs.at(key)?.api === api;
  return candidatesFor(context, body).find(isOwner)?.api ?? context.api;
}

/** What of a session's store has to be there before it can be said whose the job is; undefined: nothing. */
export function wantedForApi(context: RequestContext, body?: unknown): Wants | undefined {
  const { jobs } = context.session;
  if (!jobs.cold) return undefined;
  const keys = candidatesFor(context, body).map(({ key }) => key);
  const missing = keys.filter((key) => jobs.misses(key));
  return missing.length > 0 ? { ...nothingWanted(), jobs: new Set(missing) } : undefined;
}

/** An API that a job may be of, and what the job is kept by then. */
interface Candidate {
  api: Api;
  key: string;
}

function candidatesFor(
  { session: { setup }, route, api, req, query }: RequestContext,
  body: unknown,
): Candidate[] {
  const sharing = route.kind === 'found' && setup.routes.shared?.get(route.operation);
  // What lists jobs is about none of them.
  if (!sharing || route.operation.id === api.binding.list?.operation) return [];
  const { params, operation } = route;
  const parts = { params, query: readQuery(query), headers: req.headers, body };
  const place = namesJob(api.binding, operation) ?? api.binding.report.job;
  const id = jobOf({ job: place }, parts);
  return id === undefined ? [] : sharing.map((one) => ({ api: one, key: jobKey(one, id) }));
}

/** What is longer, or no header could give back, is no name of a request. */
const REQUEST_ID = /^[\x21-\x7e]{1,200}$/;

function idOf(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' && REQUEST_ID.test(value) ? value : undefined;
}

/** Who asks. The request's id is drawn when something names it. */
export class ContextRequester implements Requester {
  readonly url: string;
  readonly #context: RequestContext;
  readonly #draft: Draft;
  #id: string | undefined;

  constructor(context: RequestContext, draft: Draft) {
    this.#context = context;
    this.#draft = draft;
    this.url = context.base + context.path + context.query;
  }

  get request(): string {
    // Drawn of each draft anew: one that is thrown away has drawn nothing.
    this.#id ??= this.#context.givenId ?? this.#draft.requestIds.uuid();
    this.#context.requestId = this.#id;
    return this.#id;
  }

  header(name: string): string | undefined {
    const value = this.#context.req.headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  }

  where(): ApiAddress {
    const { called, base, path, api } = this.#context;
    const { origin } = called;
    return { origin, api: base.slice(origin.length) + prefixOf(path, api.binding.prefixes) };
  }
}
