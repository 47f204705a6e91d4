import type { Call } from '../call.js';
import { formatCount } from '../format.js';
import { judgeTokens, type TokenJudgement } from '../judge-tokens.js';
import type { Rule } from '../rule.js';
import { isRefusedToken, type Token, type TokenStory } from '../tokens.js';
import { SOURCES } from './sources.js';

const NAME = 'refreshes-once';

export const refreshesOnce: Rule = {
  name: NAME,
  title:
    'A token that is refused is refreshed once; one that was just refreshed and is refused as well is not',
  why: 'A new token that is refused at once shows that its age is not what is wrong. Another one is refused too, and so for ever.',
  severity: 'error',
  sources: [SOURCES.unauthorized, SOURCES.refresh],
  advice:
    'after a 401 refresh once and ask again once; at a second 401 sign in again, or stop and say so',
  judge: (history) =>
    judgeTokens(history, NAME, 'no token that was refused was refreshed', (story) => [
      ...story.families.flatMap(({ tokens }) => wentOn(tokens)),
      ...askedPaths(story).flatMap((calls) => loopIn(story, calls)),
    ]),
};

/** A refused token, a refresh, and the new one that was let in: the rule was put to the test, and kept. */
function wentOn(tokens: readonly Token[]): TokenJudgement[] {
  return tokens.flatMap((token, i) => {
    const refused = token.uses.find(isRefusedToken);
    const used = tokens.slice(i + 1).find(({ from, uses }) => {
      const isRenewed = from.by !== undefined && from.call.endedMono > (refused?.startedMono ?? 0);
      return isRenewed && uses.some((use) => use.status !== 0 && !isRefusedToken(use));
    });
    return refused && used ? [{ tested: 1 }] : [];
  });
}

/** Requests for one thing, as a client repeats them: by operation and path. */
function askedPaths({ families }: TokenStory): readonly (readonly Call[])[] {
  const byPath = new Map<string, Call[]>();
  const uses = families.flatMap(({ tokens }) => tokens.flatMap((token) => token.uses));
  for (const use of uses.sort((a, b) => a.startedMono - b.startedMono)) {
    const { method, path } = use.exchange;
    const key = `${method} ${path}`;
    const same = byPath.get(key);
    if (same) same.push(use);
    else byPath.set(key, [use]);
  }
  return [...byPath.values()].filter((calls) => calls.filter(isRefusedToken).length > 1);
}

/**
 * Refusals of one thing, one after the other, each with a token that was refreshed since. One whose end is not known
 * may have run out before it was used, so that one more is let pass.
 */
function loopIn(story: TokenStory, calls: readonly Call[]): TokenJudgement[] {
  const found: TokenJudgement[] = [];
  let run: Call[] = [];
  const conclude = () => {
    // The first one of a thing may have been refused for another thing already.
    const fresh = run.slice(1).filter((call) => isFresh(story, call));
    const known = fresh.every((call) => story.tokenOf(call)?.ends !== undefined);
    // The last one has been refused, and nobody knows whether it would have been refreshed.
    const again = fresh.length - 1;
    if (again < (known ? 1 : 2)) {
      if (fresh.length > 0) found.push({ tested: 1, calls: fresh });
    } else {
      const message = `${formatCount(again, 'token')} that had just been refreshed and was refused led to another refresh`;
      found.push({ tested: fresh.length, message, calls: run });
    }
    run = [];
  };
  for (const call of calls) {
    const isOfRun = isRefusedToken(call) && isOfFamily(story, run.at(-1), call);
    if (!isOfRun) conclude();
    if (!isRefusedToken(call)) continue;
    if (story.tokenOf(call) !== story.tokenOf(run.at(-1) ?? call) || run.length === 0)
      run.push(call);
  }
  conclude();
  return found;
}

function isOfFamily({ tokenOf }: TokenStory, before: Call | undefined, call: Call): boolean {
  return before === undefined || tokenOf(before)?.family === tokenOf(call)?.family;
}

/** Refreshed, refused before its end, and let in by nobody until then. */
function isFresh({ tokenOf }: TokenStory, call: Call): boolean {
  const token = tokenOf(call);
  if (token?.from.by === undefined) return false;
  if (token.ends !== undefined && token.ends <= call.at) return false;
  return !token.uses.some((use) => use.endedMono <= call.startedMono && !isRefusedToken(use));
}
