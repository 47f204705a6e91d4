import type { MachineMs } from '../../time/moments.js';
import { isGenuine, isTaken, toldEnd } from '../deliveries.js';
import { formatCount } from '../format.js';
import type { JobAttempt } from '../job-attempt.js';
import { judgeAttempts, type Rule } from '../rule.js';
import type { Sent } from '../sent.js';
import { SOURCES } from './sources.js';

/** RFC 9110 §15.5.11: the receiver wants no more, and says so. */
const GONE = 410;

export const webhookAnswered: Rule = {
  name: 'webhook-answered',
  title: 'The receiver of a webhook answers 2xx within 5 s',
  why: 'Whatever else it answers, and no answer in time, counts as a failure: the platform sends again, later each time, and in the end no more.',
  severity: 'error',
  sources: [SOURCES.webhookSuccess],
  advice: 'verify, put it away, answer 204 at once, and do the work afterwards',
  judge: (history) =>
    judgeAttempts(history, 'no webhook was sent to the client', (one) => {
      const knows = knowsEndAt(one);
      const sent = (one.deliveries ?? []).filter(
        (each) => isGenuine(each) && isSent(each) && !isGone(each, knows),
      );
      if (sent.length === 0) return undefined;
      const failed = sent.filter((each) => !isTaken(each) && each.facts.copy === 1);
      const [first] = failed;
      if (!first) return { tested: sent.length };
      const later = failed.every((each) => isTakenLater(each, sent));
      return {
        tested: sent.length,
        message: `${failed.length} of ${formatCount(sent.length, 'webhook')} ${failed.length === 1 ? 'was' : 'were'} not taken: ${tell(first)}${later ? '; a later attempt was' : ''}`,
        severity: later ? 'warning' : undefined,
        calls: failed.map(({ call }) => call),
      };
    }),
};

/** The sandbox itself has kept it back, or the receiver has asked for no more. */
function isSent({ facts, exchange }: Sent): boolean {
  return facts.failed !== 'refused' && exchange.status !== GONE;
}

/** When the client has heard of the job's end, by whatever way. */
function knowsEndAt(one: JobAttempt): MachineMs {
  const taken = toldEnd(one)?.exchange.startedMono ?? Number.POSITIVE_INFINITY;
  return one.end ? Math.min(taken, one.end.call.endedMono) : taken;
}

/** Who knows the end may have gone home. */
function isGone({ facts, exchange }: Sent, knows: MachineMs): boolean {
  return facts.failed === 'unreachable' && exchange.startedMono > knows;
}

function isTakenLater({ facts, exchange }: Sent, sent: readonly Sent[]): boolean {
  return sent.some(
    (other) =>
      other.facts.id === facts.id &&
      other.exchange.startedMono > exchange.startedMono &&
      isTaken(other),
  );
}

function tell({ exchange: { status }, facts: { failed } }: Sent): string {
  if (failed === 'silent') return 'there was no whole answer in 5 s';
  if (failed === 'unreachable') return 'nobody answered there';
  return `the answer was ${status}`;
}
