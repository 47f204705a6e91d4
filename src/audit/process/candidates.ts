import { meetsAny } from '../../scenario/match.js';
import type { When } from '../../scenario/scenario.js';
import type { Call } from '../call.js';
import type { History } from '../history.js';
import type { JobAttempt } from '../job-attempt.js';
import type { ProcessFacts, SaidParts } from './facts.js';
import type { Candidate } from './step-check.js';

/** The requests that each step is about, by its name, in the order in which they came. */
export function candidatesFor(
  histories: readonly Pick<History, 'calls' | 'attempts'>[],
  facts: ProcessFacts,
): Map<string, Candidate[]> {
  const { steps } = facts.process;
  const attempts = attemptsByCall(histories.flatMap((one) => one.attempts));
  const byOperation = new Map<string, Candidate[]>();
  for (const call of histories.flatMap(({ calls }) => calls)) {
    if (call.operation === undefined || call.exchange.method === 'HEAD') continue;
    const found = byOperation.get(call.operation);
    const one = { call, attempt: attempts.get(call) };
    if (found) found.push(one);
    else byOperation.set(call.operation, [one]);
  }
  return new Map(
    steps.map(({ name, operations, when }) => {
      const all = operations.flatMap((id) => byOperation.get(id) ?? []);
      const meant = all.filter(({ call }) => isAbout(when, facts.saidIn(call.exchange)));
      return [name, meant.sort((a, b) => a.call.startedMono - b.call.startedMono)];
    }),
  );
}

/** A request that was sent again is about the job of the first. */
function attemptsByCall(attempts: readonly JobAttempt[]): Map<Call, JobAttempt> {
  const found = new Map(attempts.map((one) => [one.submission, one]));
  for (const one of attempts) for (const again of one.resubmissions ?? []) found.set(again, one);
  return found;
}

function isAbout(when: readonly When[], said: SaidParts): boolean {
  return when.length === 0 || meetsAny(when, { ...said, resource: undefined });
}
