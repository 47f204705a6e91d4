import type { Duration } from '../time/moments.js';
import type { Expression } from './runtime-expression.js';
import type { Template } from './template.js';

/** Words for what happens to a job, beside the names of its states. */
export const WEBHOOK_EVENTS = ['scheduled', 'open', 'done', 'failed', 'cancelled'] as const;

/** What is sent unless a binding says otherwise: the end of a job. */
export const USUAL_EVENTS: readonly string[] = ['done', 'failed', 'cancelled'];

/** The method of a request that a webhook sends. */
export const WEBHOOK_METHODS = ['POST', 'PUT', 'PATCH'] as const;

/**
 * Pauses before each further attempt, as Standard Webhooks suggests them ("Deliverability and reliability"): ten
 * attempts in three days.
 */
export const USUAL_RETRIES: readonly Duration[] = (() => {
  const [second, minute, hour] = [1000, 60_000, 3_600_000];
  return [
    ...[5 * second, 5 * minute, 30 * minute],
    ...[2, 5, 10, 14, 20, 24].map((hours) => hours * hour),
  ];
})();

/** A request that the platform sends when a job changes. */
export interface Webhook {
  /** Where to; undefined: a callback of the scheduling operation says so. */
  to: Expression | undefined;
  /** Name of a callback of the scheduling operation. */
  callback: string | undefined;
  /** Events and names of states. */
  on: readonly string[];
  /** Which of them the client wants, by the words of the API; undefined: all. */
  only: Expression | undefined;
  /** How the API calls an event; one that it does not name has its own name. */
  names: ReadonlyMap<string, string>;
  /** Undefined: that of the callback, else POST. */
  method: (typeof WEBHOOK_METHODS)[number] | undefined;
  headers: Readonly<Record<string, Template>>;
  /** Undefined: what the report would answer. */
  data: Template | undefined;
  /** Key of the signature, in base64; undefined: it is not signed. */
  key: string | undefined;
  /** Pauses before each further attempt. */
  retries: readonly Duration[];
  /** News of a job waits until the receiver has answered what was sent of it before. */
  inOrder?: boolean;
}

/** Standard Webhooks, "Signature scheme": the secret is serialized in base64, with this in front of it. */
const PREFIX = 'whsec_';
/** Its least and greatest length, in bytes. */
const LENGTHS = { least: 24, most: 64 };

export const SECRET_HINT = `write ${PREFIX} and ${LENGTHS.least} to ${LENGTHS.most} bytes in base64, such as ${PREFIX}MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw`;

/** The key of a secret, in base64; undefined when the text is none. */
export function parseSecret(text: string): string | undefined {
  const key = text.startsWith(PREFIX) ? text.slice(PREFIX.length) : '';
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(key)) return undefined;
  const { length } = Buffer.from(key, 'base64');
  return length >= LENGTHS.least && length <= LENGTHS.most ? key : undefined;
}
