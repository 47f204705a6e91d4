import type { ErrorText } from './scenario.js';

/** What a scenario may name; a binding and its contract provide it. */
export interface Vocabulary {
  /** Operations that schedule a job. */
  operations: readonly string[];
  states: ReadonlyMap<string, { outcome: 'open' | 'done' | 'failed'; shapes: readonly string[] }>;
  envelopes: readonly string[];
  errors: ReadonlyMap<string, ErrorText>;
}
