import type { Cut } from './cut.js';
import type { Template } from './template.js';

export const RESULT_PLACES = ['inline', 'link', 'resource'] as const;
export type ResultPlace = (typeof RESULT_PLACES)[number];

/** An answer with places to fill in; `data` is put into the envelope, without it there is no body. */
export interface AnswerTemplate {
  http: number;
  headers: Record<string, Template>;
  data: Template | undefined;
  /** `bare` sends `data` without an envelope. */
  bare: boolean;
  /** Where the result is of a job that this answer says to be done; undefined: where the binding has it. */
  result?: ResultPlace | undefined;
  /** How `data` is made shorter where it is long. */
  cut?: Cut | undefined;
}
