import type { Call } from './call.js';
import type { History } from './history.js';
import type { Breach, Judgement, Severity } from './rule.js';
import type { TokenStory } from './tokens.js';

/** What a rule about tokens makes of a family of them, or of a job. */
export interface TokenJudgement {
  /** How often the client could have broken the rule. */
  tested: number;
  message?: string | undefined;
  severity?: Severity | undefined;
  calls?: readonly Call[];
}

/**
 * Judges what clients did with their tokens, once, in the history of the API that hands them out.
 * @param rule a scenario may switch it off for the jobs that live it
 */
export function judgeTokens(
  { tokens, api }: History,
  rule: string,
  wanting: string,
  check: (story: TokenStory) => readonly TokenJudgement[],
): Judgement {
  const judgement: Judgement = { tested: 0, breaches: [], wanting };
  if (tokens?.issuer !== api) return judgement;
  for (const { tested, message, severity, calls = [] } of check(tokens)) {
    const attempts = calls.flatMap((call) => tokens.attemptOf(call) ?? []);
    if (attempts.some(({ scenario }) => scenario?.tolerances[rule] === 'off')) continue;
    judgement.tested += tested;
    if (message === undefined) continue;
    const breach: Breach = { case: attempts[0], message, calls };
    judgement.breaches.push(severity ? { ...breach, severity } : breach);
  }
  return judgement;
}
