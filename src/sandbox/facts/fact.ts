import type { ByHand } from '../../scenario/by-hand.js';
import type { Life } from '../../scenario/play.js';
import type { ErrorText, TokenEvent } from '../../scenario/scenario.js';
import type { Moment, WallMoment } from '../../time/moments.js';
import type { Chosen } from '../change.js';
import type { ChaosSetting } from '../chaos.js';
import type { ClockMode } from '../clock.js';
import type { ToldRequest } from '../job.js';
import type { Ending, Exchange } from '../journal.js';
import type { Beginnings, Caller, Made } from '../pack.js';
import type { Resource } from '../resources.js';
import type { Queued } from '../select-scenario.js';
import type { Delivery, JobWebhooks, Said } from '../webhooks/delivery.js';

/** Version of what is written; older ones are read for good, see `read-fact.ts`. */
export const FACT_VERSION = 1;

/** Where a job stands: step, start, since, when the steps before it began, polls, begun, done, failed, cancelled. */
export type CursorFact = readonly [
  step: number,
  start: Moment,
  since: Moment,
  left: readonly Moment[],
  polls: number,
  begun?: Moment | null,
  done?: Moment | null,
  failed?: Moment | null,
  cancelled?: Moment | null,
];

/** A job as it is kept; what is undefined is left out. */
export interface JobFact {
  id: string;
  key: string;
  api: string;
  operation: string;
  /** Hash of its scenario. */
  scenario: string;
  cursor: CursorFact;
  params: Readonly<Record<string, string>>;
  resource: string;
  body?: string | undefined;
  told?: ToldRequest | undefined;
  polls?: number | undefined;
  settled?: true | undefined;
  failure?: ErrorText | undefined;
  notes?: readonly string[] | undefined;
  made?: Made | undefined;
  caller?: Caller | undefined;
  askedWith?: string | undefined;
  webhooks?: JobWebhooks | undefined;
  diverted?: Life | undefined;
  byHand?: ByHand | undefined;
  reached?: number | undefined;
}

/** What else of a job may change as it moves. */
export type MovedFact = { job: string; cursor: CursorFact; polls: number } & Pick<
  JobFact,
  'askedWith' | 'diverted' | 'byHand' | 'reached'
>;

export interface ClockFact {
  mode: ClockMode;
  pace?: number | undefined;
  rate?: number | undefined;
  /** What a manual clock shows, what a fast one began with. */
  now?: Moment | undefined;
  /** When a fast one began by the machine's clock. */
  since?: WallMoment | undefined;
}

export type DeliveryFact = Omit<Delivery, 'cursor' | 'said'> & {
  cursor: CursorFact;
  said?: (Omit<Said, 'body'> & { body?: string | undefined }) | undefined;
};

export type ExchangeFact = Omit<Exchange, 'requestBody'> & { requestBody?: string | undefined };

/** What of an exchange is known only when it ends, where it was written down before. */
type EndedFact = Pick<Exchange, 'seq'> & Ending;

/** What a session begins with. */
export interface BegunFact {
  /** Version of the facts that follow. */
  v?: number | undefined;
  clock: ClockFact;
  chosen: Chosen;
  chaos?: ChaosSetting | undefined;
  /** How much it had let go before. */
  dropped?: DroppedFact | undefined;
}

/** How much a session has let go; resources by their worlds. */
export interface DroppedFact {
  exchanges: number;
  jobs: number;
  resources: Readonly<Record<string, number>>;
  /** How it stood is known from behind this exchange on, though older ones are there. */
  states?: number | undefined;
}

/**
 * One fact of a session: a change with its results, or an exchange, as JSON. The session is what its facts come to,
 * one after the other, whatever has become of files, packs and rules since.
 */
export type Fact =
  | ({ k: 'began' } & BegunFact)
  | { k: 'scenario'; hash: string; scenario: object }
  | { k: 'scheduled'; job: JobFact }
  | { k: 'polled'; job: string; polls: number; here: number }
  | ({ k: 'moved' } & MovedFact)
  | {
      k: 'settled';
      job: string;
      failure?: ErrorText | undefined;
      notes?: readonly string[] | undefined;
      made?: Made | undefined;
      /** What its request asked for is still told. */
      tells?: true | undefined;
    }
  | { k: 'finished'; jobs: readonly string[] }
  | { k: 'subscribed'; job: string; webhooks: JobWebhooks }
  | { k: 'delivery'; delivery: DeliveryFact }
  | { k: 'delivered'; id: string }
  | { k: 'forgotten'; job: string; tell: boolean; api?: string | undefined }
  | { k: 'begun'; world: string; beginnings: Beginnings; size?: number | undefined }
  | { k: 'unbegun'; world: string }
  | { k: 'resource'; api: string; resource: Resource }
  | { k: 'removed'; api: string; key: string }
  | { k: 'remembered'; request: string; job: string; content: number }
  | { k: 'asked'; minute: number; key: string; asked: number }
  | { k: 'token ended'; credentials: string; by?: TokenEvent | undefined }
  | { k: 'tokens restored' }
  | { k: 'queue'; queue: readonly Queued[] }
  | { k: 'stream'; name: string; state: readonly number[] }
  | { k: 'counted'; api: string; next: number }
  | { k: 'clock'; clock: ClockFact }
  | { k: 'chaos'; setting?: ChaosSetting | undefined }
  | { k: 'chosen'; values: Partial<Chosen>; cleared?: readonly (keyof Chosen)[] | undefined }
  | { k: 'exchange'; exchange: ExchangeFact }
  | ({ k: 'ended' } & EndedFact);
