import type { Scenario } from '../scenario/scenario.js';
import { addTo } from './add-to.js';
import type { Call } from './call.js';
import type { Evidence } from './evidence.js';
import { formatCount } from './format.js';
import { type History, readHistories } from './history.js';
import type { JobAttempt } from './job-attempt.js';
import type { Allowed, Judgement, Rule } from './rule.js';
import { pageOfRule } from './rule-page.js';
import { RULES } from './rules/index.js';
import { worst } from './severity.js';
import { exchangesOf, type ShowExchange } from './show-exchange.js';
import { showAttempt, showFinding } from './show-findings.js';
import type { RuleVerdict, Tolerances, Verdict } from './verdict.js';

/** So many findings of a rule hold requests and answers: the next would show the same of other jobs. */
const SHOWN_WHOLE = 3;

/**
 * Judges what a session's journal holds. Pure, and linear in the journal's length.
 * @param tolerances take the place of those of scenarios
 */
export function judge(evidence: Evidence, tolerances: Tolerances = {}): Verdict {
  const histories = readHistories(evidence);
  const breaks = new Map<Call, string[]>();
  const show = exchangesOf(evidence);
  const rules = RULES.map((rule) => judgeRule(rule, histories, tolerances, breaks, show));
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
    jobs: histories
      .flatMap(({ attempts }) => attempts)
      .sort((a, b) => startOf(a) - startOf(b))
      .map((one) => showAttempt(one, breaks, show)),
  };
}

function judgeRule(
  rule: Rule,
  histories: readonly History[],
  tolerances: Tolerances,
  breaks: Map<Call, string[]>,
  show: ShowExchange,
): RuleVerdict {
  const { name, title, severity, sources } = rule;
  const help = pageOfRule(name);
  const shown = { rule: name, title, severity, sources: [...sources], help };
  if (tolerances[name] === 'off') {
    return { ...shown, outcome: 'off', tested: 0, findings: [] };
  }
  const { tested, breaches, wanting } = together(
    histories.map((history) => {
      const allowed = allowanceOf(rule, history, tolerances);
      const judged = rule.judge(withoutOff(rule, history), allowed);
      return history.dropped > 0 ? known(rule, judged, history) : judged;
    }),
  );
  for (const breach of breaches) {
    for (const call of breach.calls)
      if (breaks.get(call)?.at(-1) !== name) addTo(breaks, call, name);
  }
  const findings = breaches.map((breach, i) =>
    showFinding(rule, breach, i < SHOWN_WHOLE ? show : () => undefined),
  );
  if (findings.length > 0) {
    // One that gives rise to notes alone makes nothing red.
    return { ...shown, severity: worst(findings), outcome: 'failed', tested, findings };
  }
  if (tested > 0) return { ...shown, outcome: 'passed', tested, findings };
  return { ...shown, outcome: 'not exercised', reason: wanting, tested, findings };
}

/** What a rule makes of several APIs; it is exercised if it is in one of them. */
function together(judged: readonly Judgement[]): Judgement {
  const [only] = judged;
  if (only && judged.length === 1) return only;
  return {
    tested: judged.reduce((sum, { tested }) => sum + tested, 0),
    breaches: judged.flatMap(({ breaches }) => breaches),
    wanting: only?.wanting ?? '',
  };
}

function startOf({ submission }: JobAttempt): number {
  return submission.exchange.startedMono;
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
