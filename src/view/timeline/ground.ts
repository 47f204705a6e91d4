import type { Severity } from '../../audit/rule.js';
import type { Mark } from '../../audit/verdict.js';
import type { LivedStep } from '../../sandbox/job-view.js';
import type { Moment } from '../../time/moments.js';

/** A broken rule, under the number by which the page around a timeline names it; several may have the same. */
export interface BrokenRule {
  rule: string;
  number: number;
  severity: Severity;
}

/** What the timelines of a page have in common. */
export interface Ground {
  /** Begins every `id`. */
  id: string;
  /** In the order of their numbers. */
  broken: readonly BrokenRule[];
  /** How finely each timeline is drawn: so many places can be told apart. */
  spots: number;
  /** With more polls than this, those that fall on one spot are drawn once. */
  most?: number;
  /** Width for which labels are laid out where there is room, in pixels; undefined: that of a report. */
  width?: number;
  /** How many times faster than the API's the session's time ran. */
  pace: number;
  /** Where request and answer of a mark stand; undefined: nowhere. */
  linkOf(mark: Pick<Mark, 'seq' | 'exchange'>): string | undefined;
  /** Of the marks of a timeline the first alone is reached by Tab, the others by arrows from there. */
  roving?: boolean;
}

/** What is known of a job beside what its client has seen. */
export interface Living {
  /** The steps that it has lived. */
  steps: readonly LivedStep<Moment>[];
  /** The present moment, while the job lives; undefined: it has come to its end, or nobody knows when now is. */
  now: Moment | undefined;
  /** Up to where it is drawn. */
  end: Moment;
}

export interface DrawnJob<Job> {
  job: Job;
  /** Its number on the page, from 1, in the order of submission. */
  number: number;
}

export function timelineId(id: string, number: number): string {
  return `${id}-job-${number}`;
}

/** Where request and answer of a mark stand, in a page that holds them. */
export function exchangeId(id: string, { seq }: Pick<Mark, 'seq'>): string {
  return `${id}-exchange-${seq}`;
}
