import type { Template } from './template.js';

export type Outcome = 'open' | 'done' | 'failed';

/** An answer with places to fill in; `data` is put into the envelope. */
export interface AnswerTemplate {
  http: number;
  headers: Record<string, Template>;
  data: Template;
  /** `bare` sends `data` without an envelope. */
  bare: boolean;
}

/** A state that a job can report, and how it says so. */
export interface StateBinding {
  outcome: Outcome;
  /** Named forms of the answer; the first is the default. */
  shapes: ReadonlyMap<string, AnswerTemplate>;
}

interface ErrorCode {
  name: string;
  message: string;
  /** Code as the client reads it; the key of `errors` where a code has two meanings. */
  code: string;
}

/**
 * Which operations schedule a job, which one reports it, and where a job's fields stand in a body.
 * Kept beside the contract, so that an official document can be swapped in untouched.
 */
export interface Binding {
  file: string;
  /** Hash of its text. */
  digest: string;
  name: string;
  /** Domain behaviour; undefined: jobs run their scenarios and change nothing. */
  pack: string | undefined;
  prefixes: string[];
  /** Name of the scenario that plays when nothing else is chosen. */
  scenario: string | undefined;
  schedules: ReadonlyMap<string, { resource: string | undefined }>;
  report: { operation: string; job: string };
  scheduled: AnswerTemplate;
  states: ReadonlyMap<string, StateBinding>;
  errors: ReadonlyMap<string, ErrorCode>;
  /** Envelopes of good answers by name; the first is the default. */
  envelopes: ReadonlyMap<string, Template>;
  /** Envelope of a refusal. */
  refusal: Template;
  /** `error.type` by HTTP status. */
  types: ReadonlyMap<number, string>;
  /** `error.message` by HTTP status. */
  messages: ReadonlyMap<number, string>;
}
