import type { Call } from '../call.js';
import { formatApiLength } from '../format.js';
import type { History } from '../history.js';
import { greatest, pairs } from '../lists.js';
import { type Allowed, type Judgement, judgeAttempts, type Rule } from '../rule.js';
import { isSoon } from '../waits.js';
import { SOURCES } from './sources.js';

export const retryAfterHonoured: Rule = {
  name: 'retry-after-honoured',
  title: 'After an answer with Retry-After nobody asks again before that time',
  why: 'The service says how long it wants to be left alone; who comes earlier makes the overload longer, and may be locked out.',
  severity: 'error',
  sources: [SOURCES.retryAfter, SOURCES.fhir, SOURCES.deviceFlow],
  advice:
    'read Retry-After (seconds or a date), or what the API has in its place, from each answer and wait that long at least',
  allowance: { kind: 'duration', usual: 50, means: 'to come early by' },
  judge: (history, allowed) => {
    const { pace } = history.clock;
    let asked = 0;
    const count = (following: readonly [Call, Call][], slack: number) => {
      const found = check(following, slack, pace);
      asked += found.asked;
      return found;
    };
    const attempts = history.calls.some(isHeldOff) ? history.attempts : [];
    const judgement = judgeAttempts({ attempts }, '', (one) => {
      if (!isHeldOff(one.submission) && !one.pollsBeforeFinal.some(isHeldOff)) return undefined;
      const found = count(pairs([one.submission, ...one.pollsBeforeFinal]), allowed(one));
      return found.tested > 0 ? found : undefined;
    });
    withSubmissions(judgement, { ...history, attempts }, (following, one) =>
      count(following, allowed(one)),
    );
    const { word = 'Retry-After' } = history.api.pollHint ?? {};
    judgement.wanting =
      asked > 0
        ? `every pause was longer than ${word} asked for, so nobody can tell whether the client reads it`
        : `no request followed an answer with a ${word} that lay ahead`;
    return judgement;
  },
};

function isHeldOff({ retryAt }: Call): boolean {
  return retryAt !== undefined;
}

interface Found {
  /** How often there was something to wait for. */
  asked: number;
  /** How often the pause was too short, or just as long as it had to be. */
  tested: number;
  message: string | undefined;
  calls: readonly Call[];
}

function check(following: readonly [Call, Call][], allowed: number, pace: number): Found {
  const asked = following.filter(([before, next]) => hasToWait(before, next, allowed));
  const early = asked.filter(([before, next]) => next.at < (before.retryAt ?? 0) - allowed);
  const timely = asked.filter(
    ([before, next]) => next.at >= (before.retryAt ?? 0) - allowed && cameForIt(before, next, pace),
  );
  const most = greatest(early.map(([before, next]) => (before.retryAt ?? 0) - next.at));
  const length = formatApiLength(most, { pace });
  const message =
    early.length > 0
      ? `${early.length} of ${asked.length} did not wait for ${wordsOf(early)}: the next request came ${early.length > 1 ? `up to ${length}` : length} too early`
      : undefined;
  const calls = [...new Set(early.flat())];
  return { asked: asked.length, tested: early.length + timely.length, message, calls };
}

/** As the API calls it: `Retry-After`, `interval`. */
function wordsOf(early: readonly [Call, Call][]): string {
  return [...new Set(early.map(([{ retryBy = 'Retry-After' }]) => retryBy))].join(' and ');
}

/** A date that is past asks for nothing, and who asks before the answer has come cannot know of it. */
function hasToWait(before: Call, next: Call, allowed: number): boolean {
  const { retryAt, at, endedAt: until = at } = before;
  if (retryAt === undefined || before.endedMono > next.startedMono) return false;
  return retryAt - until > allowed;
}

/** The pause is as long as Retry-After says: a fixed one that is longer shows nothing. */
function cameForIt({ retryAt = 0, at, endedAt: until = at }: Call, next: Call, pace: number) {
  return isSoon({ asked: retryAt - until, taken: next.at - until }, pace);
}

/**
 * A request that was refused with Retry-After and is sent once more: the same one, since a client with many workers
 * sends others meanwhile.
 */
function withSubmissions(
  judgement: Judgement,
  { attempts, bodyOf }: History,
  judge: (following: readonly [Call, Call][], one: Parameters<Allowed>[0]) => Found,
): void {
  const places = new Set<string>();
  const refused = new Map<string, Call>();
  for (const one of attempts) {
    const { submission, job } = one;
    const { exchange, retryAt } = submission;
    const isRefused = job === undefined && retryAt !== undefined;
    if (!isRefused && places.size === 0) continue;
    const place = `${exchange.operation} ${exchange.path}`;
    if (!isRefused && !places.has(place)) continue;
    const request = `${place} ${bodyOf(exchange)}`;
    const before = refused.get(request);
    refused.delete(request);
    if (before) {
      const { tested, message, calls } = judge([[before, submission]], one);
      judgement.tested += tested;
      if (message !== undefined) judgement.breaches.push({ case: one, message, calls });
    }
    if (!isRefused) continue;
    places.add(place);
    refused.set(request, submission);
  }
}
