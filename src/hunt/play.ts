import type { Cause } from '../audit/cause.js';
import type { Scenario } from '../scenario/scenario.js';

/** What one run of the client has come to. */
export interface Outcome {
  /** What its client is blamed for, from severity warning up, gravest first. */
  causes: readonly Cause[];
  /** Indices of the steps that it was answered by; of a refusal, 0. */
  met: ReadonlySet<number>;
  /** Index of the step whose answer shows a cause, by the cause's id; undefined: none does, as before the first poll. */
  stepOf(cause: Cause): number | undefined;
  /** The end of what it has printed. */
  output: string;
}

/**
 * Lets the client run once against a life. Undefined: it was ended, since time was up or nobody wants to know any more.
 * @param unwanted ends it
 * @param surely at the API's own times, where others are played faster: what is told of a client was seen so
 */
export type Play = (
  scenario: Scenario,
  unwanted?: AbortSignal,
  surely?: 'surely',
) => Promise<Outcome | undefined>;

/** Has a run shown this cause? */
export function shows(outcome: Outcome | undefined, id: string): boolean {
  return outcome?.causes.some((cause) => cause.id === id) ?? false;
}

/** The gravest cause of a run that is not known yet. */
export function newCause(
  outcome: Outcome | undefined,
  known: ReadonlySet<string>,
): Cause | undefined {
  return outcome?.causes.find(({ id }) => !known.has(id));
}
