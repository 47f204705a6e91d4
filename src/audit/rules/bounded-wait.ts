import type { Duration } from '../../time/moments.js';
import { type Call, waitedFor } from '../call.js';
import { formatApiLength, formatCount } from '../format.js';
import type { History } from '../history.js';
import type { JobAttempt } from '../job-attempt.js';
import { greatest } from '../lists.js';
import type { Judgement, Rule } from '../rule.js';
import { SOURCES } from './sources.js';

/** Usual time-outs of clients begin here. */
const USUAL: Duration = 10_000;

export const boundedWait: Rule = {
  name: 'bounded-wait',
  title: 'A request that gets no answer is given up after a while',
  why: 'A server may accept a request and never answer. TCP alone waits for hours, and so does the user.',
  severity: 'error',
  sources: [SOURCES.backoff, SOURCES.waiters],
  advice: 'set a time-out for the whole request, connecting and reading; 10 to 30 s is usual',
  allowance: { kind: 'duration', usual: 60_000, means: 'to wait for an answer for' },
  judge: (history, allowed) => {
    const judgement: Judgement = { tested: 0, breaches: [], wanting: 'no server was silent' };
    const last = history.calls.at(-1);
    for (const [one, calls] of silences(history)) {
      const most = allowed(one);
      const wrong = calls.filter((call) => hangs(history, call, most, last));
      judgement.tested += calls.filter(
        (call) => isGivenUp(history, call, last) || wrong.includes(call),
      ).length;
      if (wrong.length === 0) continue;
      const longest = greatest(wrong.map((call) => waitedFor(call, history.now)));
      const stopped = history.run === 'stopped' ? ', until its run was stopped' : '';
      const message = `${formatCount(wrong.length, 'request')} waited for a silent server for up to ${formatApiLength(longest, history.clock)}${stopped}`;
      judgement.breaches.push({ case: one, message, calls: wrong });
    }
    return judgement;
  },
};

/** A request that is still open, or was so when the run was stopped, shows something only after too long. */
function isGivenUp({ run }: History, call: Call, last: Call | undefined): boolean {
  return call.endedAt !== undefined && !(run === 'stopped' && call === last);
}

function isSilent({ fault }: Call): boolean {
  return fault === 'hang';
}

/** The calls that got no answer at all, by their cases. */
function silences({ attempts: cases, calls }: History): [JobAttempt, Call[]][] {
  if (!calls.some(isSilent)) return [];
  return cases
    .filter(({ submission, polls }) => isSilent(submission) || polls.some(isSilent))
    .map((one) => [one, [one.submission, ...one.polls].filter(isSilent)]);
}

/**
 * The last call of a run that had to be stopped was given up by nobody. Before usual time-outs are over that says
 * nothing of what the client would have done.
 */
function hangs(
  { run, now, clock }: History,
  call: Call,
  allowed: number,
  last: Call | undefined,
): boolean {
  const waited = waitedFor(call, now);
  if (waited > allowed) return true;
  return run === 'stopped' && call === last && waited * clock.pace >= Math.min(USUAL, allowed);
}
