import type { Contract } from '../contract/contract.js';
import type { Operation } from '../contract/operation.js';
import type { Millis } from '../scenario/duration.js';
import type { Ids } from './ids.js';
import type { Resource, ResourceView } from './resources.js';
import type { Rules, Setting, Settings } from './settings.js';
import type { Tour } from './tour.js';

/** A request for an operation of the contract, checked against it. */
export interface ApiRequest {
  operation: Operation;
  /** Path parameters. */
  params: Readonly<Record<string, string>>;
  /** Query parameters, with the contract's types and defaults. */
  query: Readonly<Record<string, unknown>>;
  /** Parsed body; undefined when none came. */
  body: unknown;
}

/** What a pack may see and change: one session. */
export interface World {
  contract: Contract;
  resources: ResourceView;
  ids: Ids;
  now: Millis;
  /** `off`: nothing is refused and no job fails by the pack's own judgement. */
  rules: Rules;
  /** The values of what the pack has declared. */
  settings: Settings;
  /**
   * Tells the reader of the journal something: about a request while it is admitted, about a job while it
   * is completed.
   */
  note(text: string): void;
}

/** A job that has come to its end, as a pack needs to know it. */
export interface FinishedJob {
  id: string;
  operation: string;
  params: Readonly<Record<string, string>>;
  body: unknown;
  /** Id set aside for what the job makes, or the id of what it changes. */
  resource: string;
  /** `result` of the scenario. */
  result: Readonly<Record<string, unknown>>;
}

/** A good answer of the API, before its envelope. */
export interface Reply {
  status: 200;
  /** `text` is sent as it is with its media type, `data` goes into the envelope. */
  content:
    | { data: unknown; type: 'object' | 'list'; paging?: Record<string, number> }
    | { text: string; mediaType: string };
}

/** A refusal in the platform's error envelope. */
export interface Refusal {
  status: number;
  message?: string;
  /** Overrides the binding's word for the status. */
  type?: string;
  invalid?: readonly Invalid[];
}

/** One entry of `error.invalid`. */
export interface Invalid {
  entry: string;
  entry_type: string;
  rules: { rule: string; description: string; params: unknown[] }[];
}

/** The key of an error of the binding, and a message in place of the binding's. */
export interface BusinessError {
  code: string;
  message?: string;
  /** In place of the binding's. */
  details?: unknown;
}

/** One API's domain behaviour. Without a pack, jobs run their scenarios and change nothing. */
export interface Pack {
  name: string;
  /** Id of what a job of this request will make or change, where only the body names it. Takes whatever came. */
  names?(request: ApiRequest, world: World): string | undefined;
  /** What a person may change. */
  settings?: readonly Setting[];
  /** Loads what the pack wants to have beside it when this operation comes; undefined: nothing is missing. */
  prepare?(operationId: string): Promise<void> | undefined;
  /** Refuses a scheduling request at once; undefined lets it through. */
  admit(request: ApiRequest, world: World): Refusal | undefined;
  /** Makes the changes of a job that is done; an error makes the job fail instead. */
  complete(job: FinishedJob, world: World): BusinessError | undefined;
  /** Answers of operations that read state, by operationId. */
  reads: Readonly<Record<string, (request: ApiRequest, world: World) => Reply | Refusal>>;
  /** Puts a document into a session by hand; a text says why it cannot be. */
  seed(document: Record<string, unknown>, world: World): Resource | string;
  /** What `demo` plays. */
  tour?: Tour;
}

export function isRefusal(answer: Reply | Refusal): answer is Refusal {
  return !('content' in answer);
}
