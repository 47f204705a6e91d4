import type { Cursor } from '../../scenario/play.js';
import type { Moment, WallMoment } from '../../time/moments.js';
import type { WaitingText } from '../compressed-text.js';
import type { ApiAddress } from '../render.js';

/** Where a job's news goes: found out when it was scheduled. */
export interface JobWebhooks {
  subscriptions: readonly Subscription[];
  /** Where the API lies for the client that has scheduled the job. */
  where: ApiAddress;
}

/** A webhook of the binding that the client of a job wants. */
export interface Subscription {
  /** Its place in the binding. */
  webhook: number;
  url: string;
  /** Words of the API for what the client wants to hear of; undefined: of everything. */
  only: readonly string[] | undefined;
}

/** What is to be sent, and how far it has come: a value, another takes its place after each attempt. */
export interface Delivery {
  /** Standard Webhooks, "Webhook metadata": the same for each attempt and copy. */
  readonly id: string;
  /** Its key. */
  readonly job: string;
  readonly webhook: number;
  readonly url: string;
  /** What has happened, by the word of the API. */
  readonly event: string;
  /** Where the job stood then. */
  readonly cursor: Cursor;
  /** When it happened. */
  readonly at: Moment;
  /** When the next attempt is to be made; undefined: it waits for the job's last news. */
  readonly due: Moment | undefined;
  /** Of two that are due at the same moment the one with the lower number comes first. */
  readonly order: number;
  /** Attempts made of the present copy. */
  readonly attempts: number;
  /** Which copy is to be sent, from 1. */
  readonly copy: number;
  /** One with a wrong signature goes before it. */
  readonly forge: boolean;
  /** What is said, once it has been said. */
  readonly said: Said | undefined;
  /** Where several servers share a store: the one that sends it. */
  readonly claim?: Claim | undefined;
}

/** One server sends a delivery, and no other one until it must have ended. */
interface Claim {
  /** Name of the server. */
  by: string;
  /** Machine time, in milliseconds since 1970: another may take its place then, for this one must have died. */
  until: WallMoment;
}

/** What each attempt says. */
export interface Said {
  method: string;
  headers: Readonly<Record<string, string>>;
  body: WaitingText | undefined;
}

/** How an attempt has ended. */
export interface Attempted {
  /** 0: no answer came. */
  status: number;
  /** It is of no use to try again: the address is none that may be called. */
  hopeless: boolean;
  /** The moment before which the receiver does not want the next one. */
  retryAt: Moment | undefined;
}
