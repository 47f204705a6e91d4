export const OUTCOMES = ['open', 'done', 'failed', 'cancelled'] as const;

/** What a state means for the job: all but `open` are its end. */
export type Outcome = (typeof OUTCOMES)[number];

/** Is this the outcome of a job that is at its end? What else an answer may tell is none. */
export function isEnd(told: string | undefined): told is Exclude<Outcome, 'open'> {
  return told === 'done' || told === 'failed' || told === 'cancelled';
}
