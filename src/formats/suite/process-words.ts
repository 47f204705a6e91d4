import type { RequestFields } from '../../scenario/vocabulary.js';

/** What the steps of a suite may name; contract, binding and pack provide it. */
export interface ProcessWords {
  /** The name of an operation that counts, whatever else it is called; undefined: there is none. */
  operationOf(said: string): string | undefined;
  /** All that there are. */
  operations(): readonly string[];
  schedules(operation: string): boolean;
  /** What a part of its request, or its answer, may hold; undefined: nobody knows. */
  fieldsOf(operation: string, part: FieldPart): RequestFields | undefined;
  /** Names of the pack's settings. */
  settings: readonly string[];
  /** The suite comes with the package, and the contract may be another one: of several operations some will do. */
  lenient: boolean;
}

export type FieldPart = 'body' | 'path' | 'query' | 'answer';
