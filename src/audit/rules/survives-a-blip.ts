import { runs } from '../lists.js';
import { isMishap, MISHAPS } from '../reply.js';
import { judgePolled, type Rule } from '../rule.js';
import { SOURCES } from './sources.js';
import { wasCutShort } from './stopping.js';

export const survivesABlip: Rule = {
  name: 'survives-a-blip',
  title: 'One 5xx, broken answer, reset or time-out does not end the polling',
  why: 'The job goes on behind a gateway that stumbles. A client that stops at the first failure never learns what has become of it.',
  severity: 'error',
  sources: [SOURCES.idempotent, SOURCES.backoff],
  advice:
    'a poll changes nothing: repeat it after a pause, and give up only after several failures',
  allowance: { kind: 'count', usual: 1, means: 'in a row that a client must outlast' },
  judge: (history, allowed) =>
    judgePolled(
      history,
      'every poll got an answer',
      (one) => {
        const { pollsBeforeFinal: during, polls } = one;
        if (!during.some(({ reply }) => isMishap(reply))) return undefined;
        const blips = runs(during, ({ reply }) => isMishap(reply));
        const last = blips.at(-1);
        if (!last) return undefined;
        const stopped = polls.at(-1) === last.at(-1);
        if (stopped && wasCutShort(history, one)) {
          return blips.length > 1 ? { tested: blips.length - 1 } : undefined;
        }
        const message =
          stopped && last.length <= allowed(one)
            ? `the client never asked again after ${last.length === 1 ? 'one failure' : `${last.length} failures`} (${tell(last)})`
            : undefined;
        return { tested: blips.length, message, calls: last };
      },
      MISHAPS,
    ),
};

function tell(failures: readonly { exchange: { status: number; fault?: string | undefined } }[]) {
  return failures
    .map(({ exchange: { status, fault } }) => fault ?? (status || 'no answer'))
    .join(', ');
}
