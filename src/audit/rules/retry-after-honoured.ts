import type { Call } from '../call.js';
import { formatLength } from '../format.js';
import type { History } from '../history.js';
import { pairs } from '../lists.js';
import { type Allowed, type Judgement, judgeAttempts, type Rule } from '../rule.js';
import { SOURCES } from './sources.js';

export const retryAfterHonoured: Rule = {
  name: 'retry-after-honoured',
  title: 'After an answer with Retry-After nobody asks again before that time',
  why: 'The service says how long it wants to be left alone; who comes earlier makes the overload longer, and may be locked out.',
  severity: 'error',
  sources: [SOURCES.retryAfter, SOURCES.fhir],
  advice: 'read Retry-After (seconds or a date) from each answer and wait that long at least',
  allowance: { kind: 'duration', usual: 50, means: 'to come early by' },
  judge: (history, allowed) => {
    const wanting = 'no request followed an answer with Retry-After';
    const polls = judgeAttempts(history, wanting, (one) =>
      check(pairs([one.submission, ...one.pollsBeforeFinal]), allowed(one)),
    );
    return withSubmissions(polls, history, allowed);
  },
};

function check(following: readonly [Call, Call][], allowed: number) {
  const asked = following.filter(([before]) => before.retryAt !== undefined);
  if (asked.length === 0) return undefined;
  const early = asked.filter(([{ retryAt = 0 }, next]) => next.at < retryAt - allowed);
  const [first] = early;
  const message = first
    ? `${early.length} of ${asked.length} did not wait for Retry-After: the next request came ${formatLength((first[0].retryAt ?? 0) - first[1].at)} too early`
    : undefined;
  return { tested: asked.length, message, calls: [...new Set(early.flat())] };
}

/** A request that was refused with Retry-After and is sent once more. */
function withSubmissions(
  judgement: Judgement,
  { attempts: cases }: History,
  allowed: Allowed,
): Judgement {
  const byRequest = new Map<string, Call[]>();
  for (const one of cases) {
    const { submission } = one;
    const { operation, path } = submission.exchange;
    const key = `${operation} ${path}`;
    byRequest.set(key, [...(byRequest.get(key) ?? []).slice(-1), submission]);
    const found = check(pairs(byRequest.get(key) ?? []), allowed(one));
    if (!found) continue;
    judgement.tested += found.tested;
    if (found.message) {
      judgement.breaches.push({ case: one, message: found.message, calls: found.calls });
    }
  }
  return judgement;
}
