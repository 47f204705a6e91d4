import type { Outcome } from '../outcome.js';
import type { ErrorText, When } from './scenario.js';

/** What a rule's tolerance is counted in; a rule with `none` can only be switched off. */
export type ToleranceKind = 'duration' | 'count' | 'none';

/** The fields that one part of an operation's request may have. */
export interface RequestFields {
  /** `perhaps`: the contract does not forbid it. */
  has(name: string): 'yes' | 'perhaps' | 'no';
  /** Those that the contract names. */
  names(): string[];
}

/** What a scenario may name; a binding, its contract and the auditor provide it. */
export interface Vocabulary {
  /** Operations that schedule a job. */
  operations: readonly string[];
  /** Operations that schedule none, and that a scenario may refuse; left out: there are none. */
  refuses?: readonly string[];
  /** Their own names, by other ones. */
  aliases?: ReadonlyMap<string, string>;
  states: ReadonlyMap<string, { outcome: Outcome; shapes: readonly string[] }>;
  envelopes: readonly string[];
  /** Forms of the scheduling answer, by operation. */
  scheduled?: ReadonlyMap<string, readonly string[]>;
  /** Forms of the answer to who cancels a job; undefined: nobody knows. */
  cancelled?: readonly string[] | undefined;
  errors: ReadonlyMap<string, ErrorText>;
  /** Key of the error that is meant where none is named. */
  failure?: string | undefined;
  /** Rules of the auditor that a tolerance can be given for. */
  tolerances: ReadonlyMap<string, ToleranceKind>;
  /** What a part of an operation's request may hold; undefined: nobody knows. */
  requestFields?: (operation: string, part: keyof When) => RequestFields | undefined;
  /** What the API sends when a job changes; undefined: nothing. */
  webhooks?: { signed: boolean } | undefined;
  /** The status by which a token is refused that lacks scopes; undefined: nobody knows. */
  missingScope?: number;
  /** Operations whose jobs lead to something. */
  links?: ReadonlySet<string>;
}

/** The first state with an outcome: one to show in a hint. */
export function stateLike({ states }: Vocabulary, outcome: 'open' | 'done'): string | undefined {
  return [...states].find(([, state]) => state.outcome === outcome)?.[0];
}
