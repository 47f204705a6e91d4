import type { ErrorText } from '../scenario.js';

/** A state that ends a job, and the forms of its answer; the first is the usual one. */
export interface EndWords {
  state: string;
  shapes: readonly string[];
}

/** What lives can be made of: all that is said here follows from a binding and its contract. */
export interface DeriveWords {
  /** States in which a job goes on, in the binding's order; at least one. */
  open: readonly [string, ...string[]];
  /** States in which its result is there; at least one. */
  done: readonly [EndWords, ...EndWords[]];
  failed: readonly EndWords[];
  cancelled: readonly EndWords[];
  /** Business errors by their keys. */
  errors: ReadonlyMap<string, ErrorText>;
  /** By what an open answer says when to come back: a promised moment, `Retry-After` or its like, or not at all. */
  tells: 'eta' | 'pause' | 'nothing';
  /** Is there a body in an answer of an open job, and of one that is done? */
  bodies: { open: boolean; done: boolean };
  /** An open answer names its state, so that one can be told that no client knows. */
  namesState: boolean;
  /** Statuses that tell an end: no mishap may look like one. */
  endStatuses: readonly number[];
  /** Statuses of an open job's answers. */
  openStatuses: readonly number[];
  /** What the API sends when a job changes; undefined: nothing. */
  webhooks?: { signed: boolean } | undefined;
  /** The operation that reports asks for credentials. */
  credentials: boolean;
  /** It is a GET, which a redirect leaves as it is. */
  reportIsGet: boolean;
  /** Does the contract document a status of the operation that reports? */
  reports(status: number): boolean;
  /** Does it document a status of every operation that schedules? */
  schedules(status: number): boolean;
}
