import type { Scenario } from '../scenario/scenario.js';
import { addTo } from './add-to.js';
import type { Call } from './call.js';
import type { Evidence } from './evidence.js';
import { formatCount } from './format.js';
import { type History, readHistory } from './history.js';
import type { JobAttempt } from './job-attempt.js';
import type { Allowed, Judgement, Rule } from './rule.js';
import { pageOfRule } from './rule-page.js';
import { RULES } from './rules/index.js';
import { worst } from './severity.js';
import { exchangesOf } from './show-exchange.js';
import { showAttempt, showFinding } from './show-findings.js';
import { type Proven, showProofs } from './show-proofs.js';
import type { RuleVerdict, Tolerances, Verdict } from './verdict.js';

/**
 * Judges what a session's journal holds. Pure, and linear in the journal's length.
 * @param tolerances take the place of those of scenarios
 */
export function judge(evidence: Evidence, tolerances: Tolerances = {}): Verdict {
  const history = readHistory(evidence);
  const breaks = new Map<Call, string[]>();
  const proven: Proven[] = [];
  const rules = RULES.map((rule) => judgeRule(rule, history, tolerances, breaks, proven));
  const show = exchangesOf(evidence);
  showProofs(proven, show);
  const findings = rules.flatMap((rule) => rule.findings);
  const counts = { error: 0, warning: 0, note: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  const { session, run, clock, exchanges, dropped } = evidence;
  return {
    session,
    run,
    clock: { mode: clock.mode, pace: clock.pace },
    held: counts.error === 0,
    counts,
    exchanges: exchanges.length,
    dropped,
    rules,
    jobs: history.attempts.map((one) => showAttempt(one, breaks, show)),
  };
}

function judgeRule(
  rule: Rule,
  history: History,
  tolerances: Tolerances,
  breaks: Map<Call, string[]>,
  proven: Proven[],
): RuleVerdict {
  const { name, title, severity, sources } = rule;
  const help = pageOfRule(name);
  const shown = { rule: name, title, severity, sources: [...sources], help };
  if (tolerances[name] === 'off') {
    return { ...shown, outcome: 'off', tested: 0, findings: [] };
  }
  const judged = rule.judge(withoutOff(rule, history), allowanceOf(rule, history, tolerances));
  const { tested, breaches, wanting } = history.dropped > 0 ? known(rule, judged, history) : judged;
  for (const breach of breaches) {
    for (const call of breach.calls)
      if (breaks.get(call)?.at(-1) !== name) addTo(breaks, call, name);
  }
  const findings = breaches.map((breach) => {
    const finding = showFinding(rule, breach);
    proven.push({ finding, calls: breach.calls });
    return finding;
  });
  if (findings.length > 0) {
    // One that gives rise to notes alone makes nothing red.
    return { ...shown, severity: worst(findings), outcome: 'failed', tested, findings };
  }
  if (tested > 0) return { ...shown, outcome: 'passed', tested, findings };
  return { ...shown, outcome: 'not exercised', reason: wanting, tested, findings };
}

/** A scenario may take a rule out for the jobs that live it. */
function withoutOff(rule: Rule, history: History): History {
  const isOff = ({ scenario }: JobAttempt) => scenario?.tolerances[rule.name] === 'off';
  if (!history.attempts.some(isOff)) return history;
  return { ...history, attempts: history.attempts.filter((one) => !isOff(one)) };
}

function allowanceOf({ name, allowance }: Rule, { clock }: History, given: Tolerances): Allowed {
  const allowed = (scenario: Scenario | undefined) => {
    const value = given[name] ?? scenario?.tolerances[name] ?? allowance?.usual ?? 0;
    const length = value === 'off' ? 0 : value;
    return allowance?.paced ? length / clock.pace : length;
  };
  return (one) => allowed(one?.scenario);
}

/**
 * What can still be said when the journal has let exchanges go: a breach stays one, but nobody knows
 * whether the rule was kept throughout.
 */
function known({ name }: Rule, judged: Judgement, { dropped }: History): Judgement {
  const wanting = `the journal has let ${formatCount(dropped, 'exchange')} go, so this cannot be said of the whole session; --keep-journal keeps more`;
  // A job may have been handed out in what is gone.
  const breaches = name === 'only-known-jobs' ? [] : judged.breaches;
  return { tested: 0, breaches, wanting };
}
