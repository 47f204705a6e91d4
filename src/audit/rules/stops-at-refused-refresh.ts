import { addTo } from '../add-to.js';
import { formatCount } from '../format.js';
import { judgeTokens, type TokenJudgement } from '../judge-tokens.js';
import type { Rule } from '../rule.js';
import { type Family, type Grant, isRefusedGrant } from '../tokens.js';
import { SOURCES } from './sources.js';

const NAME = 'stops-at-refused-refresh';

export const stopsAtRefusedRefresh: Rule = {
  name: NAME,
  title: 'A refresh token that was refused is not sent again: the client signs in anew, or stops',
  why: 'A refresh token that has run out, was revoked or is used up stays so. Only the user can help.',
  severity: 'error',
  sources: [SOURCES.invalidGrant],
  advice:
    'when a refresh is refused, throw the refresh token away; sign in again, or stop and say so',
  judge: (history) =>
    judgeTokens(history, NAME, 'no refresh was refused', ({ families }) =>
      families.flatMap(judgeFamily),
    ),
};

function judgeFamily({ grants }: Family): TokenJudgement[] {
  const byToken = new Map<string, Grant[]>();
  for (const grant of grants) if (grant.by !== undefined) addTo(byToken, grant.by, grant);
  return [...byToken.values()].flatMap((same) => {
    const first = same.find(isRefusedGrant);
    if (!first) return [];
    // Who had sent it before the refusal came could not know.
    const again = same.filter(({ call }) => call.startedMono >= first.call.endedMono);
    if (again.length === 0) return [{ tested: 1, calls: [first.call] }];
    const message = `a refresh token that had been refused (${first.call.status}) was sent ${formatCount(again.length, 'more time')}`;
    return [{ tested: 1, message, calls: [first, ...again].map(({ call }) => call) }];
  });
}
