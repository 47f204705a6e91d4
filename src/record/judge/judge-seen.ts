import type { Evidence, Run } from '../../audit/evidence.js';
import { judge } from '../../audit/judge.js';
import type { Tolerances, Verdict } from '../../audit/verdict.js';
import type { Apis } from '../../sandbox/api.js';
import type { Exchange } from '../../sandbox/journal.js';
import { maskingFor } from '../../sandbox/masking.js';
import { wordsOf } from '../../server/collect-evidence.js';
import { BEFORE } from './exchange-of.js';
import type { Traffic } from './traffic.js';

/** What is judged, and how. */
export interface Recorded {
  /** Stands above the report. */
  name: string;
  apis: Apis;
  traffic: Traffic;
  tolerances: Tolerances;
  /** Of rules, where a profile has frozen them. */
  usual?: Tolerances;
  run?: Run;
}

/**
 * The verdict of what has passed through, or stands in a file. No scenario is known, so nobody is held to what one expects;
 * what the contract's answers tell counts as it does in a session.
 */
export function judgeSeen(recorded: Recorded): Verdict {
  const { name, apis, traffic, tolerances, usual, run = 'over' } = recorded;
  const { exchanges, bodyOf } = traffic;
  const several = apis.length > 1;
  tellResources(exchanges);
  markOlderJobs(exchanges);
  const evidence: Evidence = {
    session: name,
    clock: { mode: 'real', pace: 1 },
    now: exchanges.reduce((now, { at, endedAt = at }) => Math.max(now, endedAt), 0),
    run,
    exchanges,
    dropped: 0,
    api: wordsOf(apis[0]),
    ...(several ? { apis: new Map(apis.map((api) => [api.name, wordsOf(api)])) } : {}),
    bodyOf,
    masking: maskingFor(apis),
    scenarioOf: () => undefined,
  };
  // What no file tells is not said to be kept.
  return judge(evidence, { ...tolerances, ...withoutCredentials(exchanges) }, usual);
}

/** The answer that names what a job has made says it of the request that scheduled it, too. */
function tellResources(exchanges: readonly Exchange[]): void {
  const made = new Map(
    exchanges.flatMap(({ job, resource }) =>
      job !== undefined && resource !== undefined ? [[job, resource] as const] : [],
    ),
  );
  const seen = new Set<string>();
  for (const exchange of exchanges) {
    const { job } = exchange;
    if (job === undefined || seen.has(job)) continue;
    seen.add(job);
    exchange.resource ??= made.get(job);
  }
}

/** A job that answers, and that nobody was seen to schedule, was scheduled before: its polls are of no unknown id. */
function markOlderJobs(exchanges: readonly Exchange[]): void {
  const scheduled = new Set<string>();
  const answered = new Set<string>();
  for (const { job, content, reportedOutcome } of exchanges) {
    if (job === undefined) continue;
    if (content !== undefined) scheduled.add(job);
    if (reportedOutcome !== undefined) answered.add(job);
  }
  for (const exchange of exchanges) {
    const { job = '' } = exchange;
    if (answered.has(job) && !scheduled.has(job)) exchange.scenario = BEFORE;
  }
}

/** Browsers leave credentials out of the files that they write: then nobody can say where they stood. */
function withoutCredentials(exchanges: readonly Exchange[]): Tolerances {
  const tells = exchanges.some(({ requestHeaders }) =>
    /^(?:authorization|cookie|api-key|x-api-key)$/im.test(requestHeaders),
  );
  const isLetIn = exchanges.some(({ status }) => status >= 200 && status < 400);
  return !tells && isLetIn ? { 'credentials-in-headers': 'off' } : {};
}
