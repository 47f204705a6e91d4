import type { Call } from '../call.js';
import { formatCount } from '../format.js';
import { judgeTokens, type TokenJudgement } from '../judge-tokens.js';
import type { Rule } from '../rule.js';
import type { Token, TokenStory } from '../tokens.js';
import { SOURCES } from './sources.js';

const NAME = 'keeps-the-new-token';

export const keepsTheNewToken: Rule = {
  name: NAME,
  title: 'Once a job was asked for with a refreshed token, the old one is not used for it again',
  why: 'The old token may have run out, or have ended with the refresh: each request with it is one for nothing.',
  severity: 'error',
  sources: [SOURCES.refresh, SOURCES.unauthorized],
  advice:
    'keep the token in one place, and read it there for every request, that for the result included',
  judge: (history) =>
    judgeTokens(history, NAME, 'no job was asked for after its token was refreshed', (story) =>
      story.ofJobs.flatMap(({ calls }) => judgeJob(calls, story)),
    ),
};

function judgeJob(calls: readonly Call[], { tokenOf }: TokenStory): TokenJudgement[] {
  const newest = new Map<Token['family'], { token: Token; call: Call }>();
  const back: Call[] = [];
  const shown: Call[] = [];
  let tested = 0;
  for (const call of calls) {
    const token = tokenOf(call);
    if (!token) continue;
    const before = newest.get(token.family);
    if (before && isOlder(token, before.token) && before.call.endedMono <= call.startedMono) {
      back.push(call);
      shown.push(before.call);
    } else {
      if (before && before.token !== token) tested += 1;
      if (!before || !isOlder(token, before.token)) newest.set(token.family, { token, call });
    }
  }
  if (back.length === 0) return tested > 0 ? [{ tested, calls }] : [];
  const refused = back.filter(({ status }) => status === 401);
  const cost = refused.length > 0 ? `, and was refused ${formatCount(refused.length, 'time')}` : '';
  const message = `${formatCount(back.length, 'request')} came with the old token after one with the new${cost}`;
  return [{ tested: tested + back.length, message, calls: [...new Set([...shown, ...back])] }];
}

/** Was the other one handed out later? */
function isOlder(token: Token, other: Token): boolean {
  return token !== other && token.from.call.startedMono < other.from.call.startedMono;
}
