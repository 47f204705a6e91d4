import type { Scenario } from '../scenario/scenario.js';
import { addTo } from './add-to.js';
import type { Call } from './call.js';
import type { Evidence } from './evidence.js';
import { formatCount } from './format.js';
import { type History, readHistory } from './history.js';
import type { JobAttempt } from './job-attempt.js';
import type { Allowed, Breach, Judgement, Rule, Severity } from './rule.js';
import { pageOfRule } from './rule-page.js';
import { RULES } from './rules/index.js';
import { gravity, worst } from './severity.js';
import { exchangesOf, type ShowExchange } from './show-exchange.js';
import { showAttempt, showFinding } from './show-findings.js';
import type { RuleVerdict, Tolerances, Verdict } from './verdict.js';

/** So many findings of a rule are in a verdict: whoever reads it learns nothing more from the next thousand. */
const MOST_FINDINGS = 1000;
/** So many findings of a rule hold requests and answers: the next would show the same of other jobs. */
const SHOWN_WHOLE = 3;

/**
 * Judges what a session's journal holds. Pure, and linear in the journal's length.
 * @param tolerances take the place of those of scenarios
 */
export function judge(evidence: Evidence, tolerances: Tolerances = {}): Verdict {
  const history = readHistory(evidence);
  const breaks = new Map<Call, string[]>();
  const show = exchangesOf(evidence);
  const counts = { error: 0, warning: 0, note: 0 };
  const rules = RULES.map((rule) => {
    const judged = judgementOf(rule, history, tolerances);
    if (judged === 'off') return showRule(rule, { outcome: 'off', tested: 0, findings: [] });
    noteBreaches(rule, judged.breaches, breaks, counts);
    return showJudgement(rule, judged, show);
  });
  const { session, run, clock, exchanges, dropped } = evidence;
  const verdict: Verdict = {
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
  // Messages and proofs tell paths.
  return evidence.masking ? evidence.masking.all(verdict) : verdict;
}

function judgementOf(rule: Rule, history: History, tolerances: Tolerances): Judgement | 'off' {
  if (tolerances[rule.name] === 'off') return 'off';
  const judged = rule.judge(withoutOff(rule, history), allowanceOf(rule, history, tolerances));
  return history.dropped > 0 ? known(rule, judged, history) : judged;
}

function noteBreaches(
  { name, severity: usual }: Rule,
  breaches: readonly Breach[],
  breaks: Map<Call, string[]>,
  counts: Record<Severity, number>,
): void {
  for (const { calls, severity = usual } of breaches) {
    counts[severity] += 1;
    for (const call of calls) if (breaks.get(call)?.at(-1) !== name) addTo(breaks, call, name);
  }
}

function showRule(
  { name, title, severity, sources }: Rule,
  come: Omit<RuleVerdict, 'rule' | 'title' | 'severity' | 'sources' | 'help'> &
    Partial<Pick<RuleVerdict, 'severity'>>,
): RuleVerdict {
  const help = pageOfRule(name);
  return { rule: name, title, severity, sources: [...sources], help, ...come };
}

function showJudgement(
  rule: Rule,
  { tested, breaches, wanting }: Judgement,
  show: ShowExchange,
): RuleVerdict {
  if (breaches.length === 0) {
    return tested > 0
      ? showRule(rule, { outcome: 'passed', tested, findings: [] })
      : showRule(rule, { outcome: 'not exercised', reason: wanting, tested, findings: [] });
  }
  const findings = gravest(rule, breaches).map((breach, i) =>
    showFinding(rule, breach, i < SHOWN_WHOLE ? show : () => undefined),
  );
  // One that gives rise to notes alone makes nothing red.
  const shown = showRule(rule, { severity: worst(findings), outcome: 'failed', tested, findings });
  const omitted = breaches.length - findings.length;
  return omitted > 0 ? { ...shown, omitted } : shown;
}

/** All that a verdict holds, in their order; of too many the gravest, which come first. */
function gravest({ severity: usual }: Rule, breaches: readonly Breach[]): readonly Breach[] {
  if (breaches.length <= MOST_FINDINGS) return breaches;
  const order = ({ severity = usual }: Breach) => gravity(severity);
  return breaches.toSorted((a, b) => order(a) - order(b)).slice(0, MOST_FINDINGS);
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
