import type { ErrorText } from './scenario.js';

/** What a rule's tolerance is counted in; a rule with `none` can only be switched off. */
export type ToleranceKind = 'duration' | 'count' | 'none';

/** What a scenario may name; a binding, its contract and the auditor provide it. */
export interface Vocabulary {
  /** Operations that schedule a job. */
  operations: readonly string[];
  states: ReadonlyMap<string, { outcome: 'open' | 'done' | 'failed'; shapes: readonly string[] }>;
  envelopes: readonly string[];
  errors: ReadonlyMap<string, ErrorText>;
  /** Key of the error that is meant where none is named. */
  failure?: string | undefined;
  /** Rules of the auditor that a tolerance can be given for. */
  tolerances: ReadonlyMap<string, ToleranceKind>;
}

/** The first state with an outcome: one to show in a hint. */
export function stateLike({ states }: Vocabulary, outcome: 'open' | 'done'): string | undefined {
  return [...states].find(([, state]) => state.outcome === outcome)?.[0];
}
