import type { MachineMs, Moment } from '../../time/moments.js';
import { type Call, waitedFor } from '../call.js';
import { formatCount } from '../format.js';
import { judgePolled, type Rule } from '../rule.js';
import { SOURCES } from './sources.js';

/** Faster answers give a client no time to overlap. */
const SLOW = 100;
/** That a client has left, and that it has come again, may reach a busy server in either order. */
const SLACK = 250;

export const singleFlight: Rule = {
  name: 'single-flight',
  title: 'No poll of a job is sent while another one is on its way',
  why: 'A timer that polls whether or not the last answer has come piles up requests on a service that is slow already.',
  severity: 'error',
  sources: [SOURCES.concurrency, SOURCES.waiters],
  advice: 'start the wait for the next poll when the answer has come, not on a fixed timer',
  judge: (history) =>
    judgePolled(history, 'every answer came at once', ({ polls }) => {
      const overlapping: Call[] = [];
      let busyUntil = Number.NEGATIVE_INFINITY;
      let slow = 0;
      for (const poll of polls) {
        if (poll.startedMono < busyUntil) overlapping.push(poll);
        if (isSlow(poll, history.now)) slow += 1;
        busyUntil = Math.max(busyUntil, leftAt(poll));
      }
      if (slow === 0 && overlapping.length === 0) return undefined;
      const message =
        overlapping.length > 0
          ? `${formatCount(overlapping.length, 'poll')} came while an earlier one of the same job had no answer yet`
          : undefined;
      return { tested: Math.max(slow, overlapping.length), message, calls: overlapping };
    }),
};

/** Most answers come at once, and nobody has to look closer. */
function isSlow(poll: Call, now: Moment): boolean {
  const { at, endedAt: until = now, startedMono, endedMono } = poll;
  const fast = until - at < SLOW && endedMono - startedMono < SLOW - 1;
  return !fast && waitedFor(poll, now) >= SLOW;
}

/** When its client had given it up, or had its answer. */
function leftAt({ endedMono, status, fault, exchange }: Call): MachineMs {
  const mayHaveLeft = status === 0 || fault !== undefined;
  return mayHaveLeft && exchange.aborted ? endedMono - SLACK : endedMono;
}
