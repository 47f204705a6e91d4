import type { Place } from '../contract/binding.js';
import type { Contract } from '../contract/contract.js';
import type { Operation } from '../contract/operation.js';
import type { Moment } from '../time/moments.js';
import type { Ids } from './ids.js';
import type { NewResource, Resource, ResourceView } from './resources.js';
import type { Setting, Settings } from './settings.js';
import type { Tour } from './tour.js';

/**
 * A request for an operation of the contract, checked against it.
 *
 * @example
 * const body = request.body as { amount: number };
 * const account = world.find('account', request.params.account_id);
 */
export interface ApiRequest {
  operation: Operation;
  /** Path parameters. */
  params: Readonly<Record<string, string>>;
  /** Query parameters, with the contract's types and defaults. */
  query: Readonly<Record<string, unknown>>;
  /** Parsed body; undefined when none came. */
  body: unknown;
  /** By names in small letters. */
  headers?: Readonly<Record<string, string | string[] | undefined>>;
  /** Who asks, by the token of the request; undefined where tokens are not looked at. */
  caller?: Caller | undefined;
}

/**
 * Who asks for something, as its token says.
 *
 * @example
 * if (request.caller && encounter.facts.legal_entity !== request.caller.legal_entity) return { status: 403 };
 */
export interface Caller {
  user: string;
  employee?: string | undefined;
  legal_entity: string;
  client: string;
  scopes: readonly string[];
}

/**
 * What a pack may see and change: one session.
 *
 * @example
 * const order = world.find('order', job.resource);
 * if (order) world.keep({ ...order, document: { ...order.document, status: 'closed' } });
 */
export interface World {
  contract: Contract;
  resources: ResourceView;
  ids: Ids;
  /** The session's time, in milliseconds since 1970. */
  now: Moment;
  /** How many times shorter than in the API's own time lengths are: what takes a minute there takes 60 s / pace. */
  pace: number;
  /** The values of what the pack has declared. */
  settings: Settings;
  /** What the pack is served as a part of, with packs that see and change the same world; undefined: by itself. */
  platform?: string | undefined;
  /** What is kept under an id, if it is of this kind; UUIDs are the same in any case (RFC 9562 §4). */
  find<R extends Resource = Resource>(kind: R['kind'], id: string | undefined): R | undefined;
  /** Everything of one kind, oldest first. */
  all<R extends Resource = Resource>(kind: R['kind']): R[];
  /** Puts a resource in, or in the place of what stood under its id. Whoever holds the old one sees no change. */
  keep<R extends Resource = Resource>(resource: NewResource<R>): R;
  /**
   * Tells the reader of the journal something: about a request while it is admitted or read, about a job while it
   * is completed.
   */
  note(text: string): void;
}

/** What a new user needs to begin with, by names that the packs have given: `{ patient_id: '…' }`. */
export type Beginnings = Readonly<Record<string, string>>;

/**
 * A job that has come to its end, as a pack needs to know it.
 *
 * @example
 * complete(job, world) {
 *   world.keep({ kind: 'order', id: job.resource, document: { id: job.resource, ...(job.body as object) } });
 *   return undefined;
 * }
 */
export interface FinishedJob {
  id: string;
  /** The operationId of the request that scheduled it. */
  operation: string;
  params: Readonly<Record<string, string>>;
  body: unknown;
  /** Id set aside for what the job makes, or the id of what it changes. */
  resource: string;
  /** `result` of the scenario. */
  result: Readonly<Record<string, unknown>>;
  /** Who has asked for it, by the token of the request; undefined where tokens are not looked at. */
  caller?: Caller | undefined;
  /**
   * Says what the answers of the job tell of its end; a second call adds to the first. A job that fails tells nothing.
   *
   * @example
   * job.tell({ links: [{ entity: 'order', path: `/orders/${job.resource}` }] });
   */
  tell(made: Made): void;
}

/** What the answers of a finished job tell of what it has made: `{links}` and `{data}` of templates. */
export interface Made {
  /** Where each thing is read: a path below the API, `/orders/7`. In place of the binding's `link`. */
  links?: readonly { entity: string; path: string }[];
  /** What the answer itself brings. */
  data?: unknown;
}

/**
 * A good answer of the API, before its envelope.
 *
 * @example
 * return { status: 200, content: { data: order.document, type: 'object' } };
 */
export interface Reply {
  status: number;
  /** Of the answer, such as `Location`. */
  headers?: Readonly<Record<string, string>>;
  /**
   * `text` is sent as it is with its media type, `data` goes into the envelope, which tells `urgent` beside it as
   * {urgent}. An empty text is no body.
   */
  content:
    | { data: unknown; type: 'object' | 'list'; paging?: Record<string, number>; urgent?: unknown }
    | { text: string; mediaType: string };
}

/**
 * A refusal, sent in the binding's envelope of errors.
 *
 * @example
 * return { status: 404, message: 'there is no such order' };
 */
export interface Refusal {
  status: number;
  /** In place of the binding's text for the status. */
  message?: string;
  /** In place of the binding's word for the status. */
  type?: string;
  /** A stable name for programs, sent as `Esoz-Sandbox-Refusal` and as {code}; left out: there is none. */
  code?: string;
  /** What is wrong, place by place. */
  invalid?: readonly Invalid[];
}

/**
 * One place of a request, and every rule that it breaks.
 *
 * @example
 * { entry: '$.amount', entry_type: 'body', rules: [{ rule: 'maximum', description: 'at most 100', params: [100] }] }
 */
export interface Invalid {
  /** JSON path in a body, else the parameter's name. */
  entry: string;
  /** The part of the request; the binding's `places` says how the API calls it. */
  entry_type: Place;
  rules: { rule: string; description: string; params: unknown[] }[];
}

/**
 * Why a job fails: the key of an error of the binding, and what is said in place of the binding's words.
 *
 * @example
 * return { code: 'OUT_OF_STOCK', message: 'only 3 are left' };
 */
export interface BusinessError {
  /** A key of the binding's `errors`; empty: its `failure`. */
  code: string;
  /** In place of the binding's words. */
  message?: string;
  /** What is said where the binding has no words for the code. */
  otherwise?: string;
  details?: unknown;
  /** What is wrong, place by place; templates find it as `{error.details.invalid}`. */
  invalid?: readonly Invalid[];
}

/** A token, and what else its requests have to bring. */
export interface HandedToken {
  token: string;
  /** What could renew it. */
  refresh?: string;
  /** When it ends. */
  until?: Moment;
  /** Headers of a request that it lets in. */
  headers: Readonly<Record<string, string>>;
}

/**
 * One API's domain behaviour. Without a pack, jobs run their scenarios and change nothing.
 * While rules are off, `admit` and `judge` are not asked, and an error of `complete` lets no job fail.
 *
 * @example
 * export default definePack({
 *   name: 'orders',
 *   complete: (job, world) => {
 *     world.keep({ kind: 'order', id: job.resource, document: { id: job.resource } });
 *     return undefined;
 *   },
 * });
 */
export interface Pack {
  name: string;
  /** Id of what a job of this request will make or change, where only the body names it. Takes whatever came. */
  names?(request: ApiRequest, world: World): string | undefined;
  /**
   * What a session's world begins with where the pack is part of a platform; run once, when somebody first looks at
   * that world. Returns what a new user needs, by names: `{ patient_id: '…' }`.
   */
  begin?(world: World): Beginnings | undefined;
  /** What a person may change. */
  settings?: readonly Setting[];
  /**
   * Loads what the pack wants to have beside it when this operation comes, and computes what takes long of the
   * request's body elsewhere, before anybody decides; undefined: nothing is missing.
   */
  prepare?(operationId: string, body?: unknown): Promise<void> | undefined;
  /**
   * What stands in a container in the body of such a request: the content that was signed. Undefined: there is none, or
   * it cannot be read. A verdict on a process looks at it; `prepare` has run for the request.
   */
  signedIn?(operationId: string, body: unknown): unknown;
  /** Refuses a scheduling request at once; undefined lets it through. */
  admit(request: ApiRequest, world: World): Refusal | undefined;
  /**
   * The id by which clients know the job of a request that is let through, where it is that of what the job makes;
   * undefined: one of the binding's form is drawn.
   */
  idOf?(request: ApiRequest, world: World): string | undefined;
  /** Makes what is there from the moment that a job is scheduled; `{data}` of that answer is what `job.tell` says. */
  accept?(job: FinishedJob, world: World): void;
  /** Makes what is to be seen of a job that its scenario lets fail, or be cancelled, in this state. */
  fail?(job: FinishedJob, state: string, world: World): void;
  /** Why a job that has come to its end must fail, before anything is changed; undefined: it need not. */
  judge?(job: FinishedJob, world: World): BusinessError | undefined;
  /** Makes the changes of a job that is done; an error makes the job fail instead. */
  complete(job: FinishedJob, world: World): BusinessError | undefined;
  /**
   * Says who asks, by the credentials of a request for an operation that asks for some, of any pack served beside this
   * one; asked only where tokens are looked at (`auth: strict`). A refusal: they are not let in.
   */
  authenticate?(request: ApiRequest, world: World): Caller | Refusal;
  /**
   * Lets the token of a request end, as a scenario says, if it is one of this pack's; asked whether tokens are looked at
   * or not. @param revoked nothing that could renew it is good any more either
   */
  endToken?(request: Pick<ApiRequest, 'headers'>, world: World, revoked: boolean): void;
  /** Hands out a token that it lets in itself, to a person who asks the sandbox for one. */
  handOutToken?(scopes: readonly string[], world: World): HandedToken;
  /** Answers of operations that no job stands behind, by operationId; they may change the world as well. */
  reads: Readonly<Record<string, (request: ApiRequest, world: World) => Reply | Refusal>>;
  /** Puts a document into a session by hand; a text says why it cannot be. */
  seed(document: Record<string, unknown>, world: World): Resource | string;
  /** What `demo` plays. */
  tour?: Tour;
}

export function isRefusal(answer: Reply | Refusal): answer is Refusal {
  return !('content' in answer);
}
