import type { Run } from '../run.js';
import type { Process } from '../scenario/process.js';
import type { ErrorText, TokenEvent } from '../scenario/scenario.js';
import type { SuitePart } from '../scenario/suite.js';
import type { ChaosSetting } from './chaos.js';
import type { Clock } from './clock.js';
import type { WaitingText } from './compressed-text.js';
import type { Job } from './job.js';
import type { Beginnings, Made } from './pack.js';
import type { Quota } from './quota.js';
import type { RandomStream } from './random.js';
import type { Resource } from './resources.js';
import type { Queued } from './select-scenario.js';
import type { Auth, Rules, Settings } from './settings.js';
import type { Delivery, JobWebhooks } from './webhooks/delivery.js';

/**
 * One change of a session: a result, never the request that led to it, so that making it again gives the
 * same session whatever has become of the rules since. Deciding only collects changes; `apply` makes them.
 */
export type Change =
  | { kind: 'scheduled'; job: Job }
  /** A poll that moves nothing on: polls answered in all, and `here`, in the job's present step. */
  | { kind: 'polled'; job: string; polls: number; here: number }
  /** A job has come further in its life or has left it: all but what `settled` tells is as in this one. */
  | { kind: 'moved'; job: Job }
  /** What the end of a job changes has been made, or the pack has refused it. */
  | {
      kind: 'settled';
      /** Its key. */
      job: string;
      failure: ErrorText | undefined;
      notes: readonly string[] | undefined;
      made?: Made | undefined;
      /** What is still told of the request's body. */
      body: WaitingText | undefined;
    }
  /** Of jobs that were found with their ends: in which order those came. */
  | { kind: 'finished'; jobs: readonly string[] }
  /** Where the news of a job goes. */
  | { kind: 'subscribed'; job: string; webhooks: JobWebhooks }
  /** Something is to be sent, or has come further on its way. */
  | { kind: 'delivery'; delivery: Delivery }
  /** There is nothing more to send of it. */
  | { kind: 'delivered'; id: string }
  /** A job was deleted. `tell`: who asks for it later is told that it was. */
  | {
      kind: 'forgotten';
      job: string;
      tell: boolean;
      /** Name of its API; undefined: whoever asks is told. */
      api?: string | undefined;
    }
  /** The packs of a platform have put there what its world begins with. */
  | {
      kind: 'begun';
      world: string;
      beginnings: Beginnings;
      /** So many resources were there then; undefined: as many as there are. */
      size?: number | undefined;
    }
  /** A world holds nothing but what it began with, and begins anew. */
  | { kind: 'unbegun'; world: string }
  /** Of the APIs of this world: kinds of one binding keep together what their jobs make. */
  | { kind: 'resource'; api: string; resource: Resource }
  /** The resource that was kept under this key is gone. */
  | { kind: 'removed'; api: string; key: string }
  /** A request is known again by its name: the job that it has scheduled, and bits of what it asked for. */
  | { kind: 'remembered'; request: string; job: string; content: number }
  /** So much has been asked in a minute by a token of an operation. */
  | { kind: 'asked'; minute: number; key: string; asked: number }
  /** Requests with these credentials are refused from now on. */
  | { kind: 'token ended'; credentials: string; by: TokenEvent }
  /** Those that were refused are let in again. */
  | { kind: 'tokens restored' }
  | { kind: 'queue'; queue: readonly Queued[] }
  /** Where a stream of random numbers stands. */
  | { kind: 'stream'; name: string; stream: RandomStream }
  /** The number of the next job of the API of this name, where ids are counted. */
  | { kind: 'counted'; api: string; next: number }
  | { kind: 'clock'; clock: Clock }
  | { kind: 'chaos'; setting: ChaosSetting | undefined }
  | { kind: 'chosen'; values: Partial<Chosen> };

/** Which jobs a session holds as soon as they are scheduled. */
export type Holding = 'next' | 'every';

/** What a person has set for a session. */
export interface Chosen {
  /** Name of the session's scenario; undefined: the server's. */
  scenario: string | undefined;
  /** Undefined: each API's own. */
  envelope: string | undefined;
  rules: Rules;
  auth: Auth;
  /** Undefined: every token asks as often as it likes. */
  quota: Quota | undefined;
  /** By the name of the API. */
  settings: Readonly<Record<string, Settings>>;
  /** The suite by process that is played; undefined: none. */
  process?: Process | undefined;
  /** Jobs that are held as soon as they are scheduled: the next one, or each; undefined: none. */
  hold?: Holding | undefined;
  /** The scenario of a suite that is played; undefined: none. */
  part?: SuitePart | undefined;
  /** How its client's run stands, where somebody has said so. */
  run?: Run | undefined;
  /** Somebody has seen that the client shows what has failed. */
  seen?: boolean | undefined;
}
