import type { Call } from '../call.js';
import { formatCount } from '../format.js';
import { judgeTokens, type TokenJudgement } from '../judge-tokens.js';
import type { Rule } from '../rule.js';
import {
  type Family,
  type Grant,
  isRefusedGrant,
  isRefusedToken,
  nearsItsEnd,
  type Token,
} from '../tokens.js';
import { SOURCES } from './sources.js';

const NAME = 'single-refresh';

export const singleRefresh: Rule = {
  name: NAME,
  title: 'However many requests are refused when a token runs out, it is refreshed once',
  why: 'Where a refresh token is good for one refresh, every other one is refused, and may end the whole sign-in. Else the service makes tokens that nobody needs.',
  severity: 'error',
  sources: [SOURCES.refresh, SOURCES.rotation],
  advice:
    'let the first request that is refused refresh, and the others wait for its token: one lock a sign-in',
  judge: (history) =>
    judgeTokens(
      history,
      NAME,
      'no token was refused to several requests before it was refreshed',
      ({ families }) => families.flatMap(judgeFamily),
    ),
};

function judgeFamily(family: Family): TokenJudgement[] {
  const found: TokenJudgement[] = [];
  const refreshes = family.grants.filter(({ by }) => by !== undefined);
  for (let i = 0; i < refreshes.length; ) {
    const first = refreshes[i] as Grant;
    const others = needlessAfter(family, refreshes, i);
    const refused = refusedBefore(family, others.at(-1) ?? first);
    if (others.length > 0) found.push(breach([first, ...others], refused));
    else if (refused.length > 1) found.push({ tested: 1, calls: refused });
    i += 1 + others.length;
  }
  return found;
}

function breach(grants: readonly Grant[], refused: readonly Call[]): TokenJudgement {
  const message = `the token was refreshed ${formatCount(grants.length, 'time')} for one expiry`;
  const [first, ...others] = grants as [Grant, ...Grant[]];
  // Where a refresh token may be used again nothing is lost by it.
  const harms = others.some((grant) => isRefusedGrant(grant) || isUsedUp(first, grant));
  const calls = [...refused, ...grants.map(({ call }) => call)];
  return { tested: grants.length - 1, message, severity: harms ? 'error' : 'warning', calls };
}

/** The refreshes that follow one without a reason of their own. */
function needlessAfter(family: Family, refreshes: readonly Grant[], from: number): Grant[] {
  const found: Grant[] = [];
  for (let i = from + 1; i < refreshes.length; i += 1) {
    const [first, before, next] = [refreshes[from], refreshes[i - 1], refreshes[i]] as [
      Grant,
      Grant,
      Grant,
    ];
    if (!isUsedUp(first, next) && !isNeedless(family, before, next)) break;
    found.push(next);
  }
  return found;
}

/** Was there a token already, or one under way, that nobody had been refused? */
function isNeedless(family: Family, before: Grant, next: Grant): boolean {
  if (isUsedUp(before, next)) return true;
  if (next.call.startedMono < before.call.endedMono) return next.by === before.by;
  const { token } = before;
  if (!token || nearsItsEnd(token, next.call.at)) return false;
  if (wasRefused(token, next)) return false;
  const isLater = (one: Token) => one.from.call.startedMono >= token.from.call.startedMono;
  const old = family.tokens.filter((one) => !isLater(one));
  const refused = refusedOf(old, next);
  if (refused.length < 2) return false;
  const isUnused = !token.uses.some(({ startedMono }) => startedMono < next.call.startedMono);
  const isLate = ({ endedMono }: Call) => endedMono > before.call.startedMono;
  return isUnused || (token.ends !== undefined && refused.some(isLate));
}

/** A refresh token that has been exchanged for another one. */
function isUsedUp(before: Grant, { by }: Grant): boolean {
  return before.token !== undefined && before.by === by && isRotated(before);
}

function isRotated({ by, refresh }: Grant): boolean {
  return refresh !== undefined && refresh !== by;
}

function wasRefused(token: Token, { call }: Grant): boolean {
  return token.uses.some((use) => isRefusedToken(use) && use.endedMono <= call.startedMono);
}

function refusedOf(tokens: readonly Token[], { call }: Grant): Call[] {
  return tokens.flatMap(({ uses }) =>
    uses.filter((use) => isRefusedToken(use) && use.endedMono <= call.startedMono),
  );
}

/** The requests that the last token before a refresh was refused to. */
function refusedBefore({ tokens }: Family, grant: Grant): readonly Call[] {
  const before = tokens.filter(({ from }) => from.call.endedMono <= grant.call.startedMono);
  const refused = before
    .map((token) => refusedOf([token], grant))
    .filter(({ length }) => length > 0);
  return refused.at(-1) ?? [];
}
