import type { Call } from '../call.js';
import { judgeTokens, type TokenJudgement } from '../judge-tokens.js';
import type { Rule } from '../rule.js';
import { type Grant, nearsItsEnd, type Token, type TokenStory } from '../tokens.js';
import { SOURCES } from './sources.js';

const NAME = 'no-refresh-on-403';

export const noRefreshOn403: Rule = {
  name: NAME,
  title: 'A 403 is not answered with a refreshed token',
  why: 'A refreshed token may do no more than the one before it, so that the answer stays the same.',
  severity: 'error',
  sources: [SOURCES.forbidden, SOURCES.refresh, SOURCES.insufficientScope],
  advice:
    'at 403 stop and say which access is missing; only a new sign-in that asks for more can help',
  judge: (history) =>
    judgeTokens(history, NAME, 'no token that could be refreshed was answered 403', (story) =>
      story.families.flatMap(({ tokens }) => tokens.flatMap((token) => judgeToken(token, story))),
    ),
};

function judgeToken(token: Token, { tokenOf }: TokenStory): TokenJudgement[] {
  const forbidden = token.uses.filter(({ status }) => status === 403);
  return forbidden.map((call) => {
    const refresh = refreshAfter(token, call);
    const again = refresh && askedAgain(token, call, refresh);
    if (!refresh || !again) return { tested: 1, calls: [call] };
    const later = tokenOf(again)?.from.call ?? refresh.call;
    return {
      tested: 1,
      message: `after a 403 the token was refreshed, and the same asked again${again.status === 403 ? ': 403' : ''}`,
      calls: [...new Set([call, refresh.call, later, again])],
    };
  });
}

/** The refresh that a 403 has led to: the next thing that its client did, while the token had no reason to be refreshed. */
function refreshAfter({ family, uses, ...token }: Token, call: Call): Grant | undefined {
  const isNext = (one: Call) => one.startedMono >= call.endedMono;
  const refresh = family.grants.find((grant) => grant.by !== undefined && isNext(grant.call));
  if (!refresh || nearsItsEnd({ family, uses, ...token }, refresh.call.at)) return undefined;
  const between = uses.some((use) => isNext(use) && use.startedMono < refresh.call.startedMono);
  return between ? undefined : refresh;
}

function askedAgain({ family }: Token, call: Call, { call: refresh }: Grant): Call | undefined {
  const { method, path } = call.exchange;
  return family.tokens
    .filter(({ from }) => from.call.startedMono >= refresh.startedMono)
    .flatMap(({ uses }) => uses)
    .find(({ exchange }) => exchange.method === method && exchange.path === path);
}
