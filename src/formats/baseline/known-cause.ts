/** One thing to change that is known. */
export interface KnownCause {
  cause: string;
  rule?: string;
  api?: string;
  operation?: string;
  title?: string;
  note?: string;
  scenarios: readonly string[];
}

/**
 * What a known cause is known by: no id, no time, no number and no wording, so it is the same with another seed and in
 * another version. A scenario is part of it only where nothing else tells two apart.
 */
export function fingerprintOf({ cause, api, operation, scenarios }: KnownCause): string {
  const about = operation === undefined ? '' : `/${api === undefined ? '' : `${api}.`}${operation}`;
  return `${cause}${isOfScenario(cause) ? `@${scenarios[0]}` : about}`;
}

/** What stands for a scenario that comes to no verdict. */
export const OF_SCENARIO = ['command-failed', 'not-played'] as const;

export function isOfScenario(cause: string): boolean {
  return OF_SCENARIO.some((one) => one === cause);
}
