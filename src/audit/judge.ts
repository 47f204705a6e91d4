import type { Scenario, Tolerance } from '../scenario/scenario.js';
import type { Evidence } from './evidence.js';
import { formatCount } from './format.js';
import { type History, readHistories } from './history.js';
import type { JobAttempt } from './job-attempt.js';
import { judgeProcess } from './process/judge-process.js';
import type { Allowed, Breach, Judgement, Rule, Severity } from './rule.js';
import { pageOfRule } from './rule-page.js';
import { followsTheProcess } from './rules/follows-the-process.js';
import { RULES, TOKEN_RULES, WEBHOOK_RULES } from './rules/index.js';
import { keepsTheContract } from './rules/keeps-the-contract.js';
import { SEVERITIES, worst } from './severity.js';
import { exchangesOf } from './show-exchange.js';
import { showAttempt, showFinding } from './show-findings.js';
import { type Proven, showProofs } from './show-proofs.js';
import type { RuleVerdict, Tolerances, Verdict } from './verdict.js';

/** So many findings of a rule are in a verdict: whoever reads it learns nothing more from the next thousand. */
const MOST_FINDINGS = 1000;

const NO_RULES: readonly string[] = [];

/**
 * Judges what a session's journal holds. Pure, and linear in the journal's length.
 * @param tolerances take the place of those of scenarios
 * @param usual take the place of those of rules, where nothing else is said
 */
export function judge(
  evidence: Evidence,
  tolerances: Tolerances = {},
  usual: Tolerances = {},
): Verdict {
  const histories = readHistories(evidence);
  const proven: Proven[] = [];
  const show = exchangesOf(evidence);
  const counts = { error: 0, warning: 0, note: 0 };
  const note = breachNoter(counts);
  const rules = rulesFor(evidence, histories).map((rule) => {
    const judged = judgementOf(rule, histories, tolerances, usual);
    if (judged === 'off') return showRule(rule, { outcome: 'off', tested: 0, findings: [] });
    for (const breach of judged.breaches) note(rule, breach);
    return showJudgement(rule, judged, proven);
  });
  const held = evidence.process && judgeProcess(histories, evidence.process);
  if (held) {
    for (const breach of held.judgement.breaches) note(followsTheProcess, breach);
    rules.push(showJudgement(followsTheProcess, held.judgement, proven));
  }
  showProofs(proven, show);
  const { session, run, clock, exchanges, dropped } = evidence;
  const verdict: Verdict = {
    session,
    run,
    clock: { ...clock },
    held: counts.error === 0,
    counts,
    exchanges: exchanges.length,
    dropped,
    ...(held ? { process: held.process } : {}),
    rules,
    jobs: attemptsOf(histories).map((one) => showAttempt(one, show)),
  };
  // Messages and proofs tell paths.
  const queries = histories.some(({ calls }) => calls.some(({ hasQuery }) => hasQuery));
  return evidence.masking ? evidence.masking.all(verdict, queries) : verdict;
}

/**
 * Requests that break the contract are there to be judged only where they are let through, receivers of webhooks
 * only where an API sends any, and what is done with tokens only where an API hands any out.
 */
function rulesFor({ deliveries }: Evidence, histories: readonly History[]): readonly Rule[] {
  const any = histories.some(({ calls }) => calls.some(({ breaches }) => breaches !== undefined));
  const rules = [
    ...RULES,
    ...(deliveries ? WEBHOOK_RULES : []),
    ...(histories.some(({ api }) => api.tokens) ? TOKEN_RULES : []),
  ];
  return any ? [...rules, keepsTheContract] : rules;
}

function judgementOf(
  rule: Rule,
  histories: readonly History[],
  tolerances: Tolerances,
  usual: Tolerances,
): Judgement | 'off' {
  if (tolerances[rule.name] === 'off') return 'off';
  return together(
    histories.map((history) => {
      const allowed = allowanceOf(rule, history, tolerances, usual[rule.name]);
      const judged = rule.judge(withoutOff(rule, history), allowed);
      return history.dropped > 0 ? known(rule, judged, history) : judged;
    }),
  );
}

/** Counts a breach, and notes it at the calls that show it, thousands of which may break the same rules. */
function breachNoter(counts: Record<Severity, number>): (rule: Told, breach: Breach) => void {
  const longer = new Map<readonly string[], ReadonlyMap<string, readonly string[]>>();
  // Most calls that break a rule have broken the same ones before.
  let last: { known: readonly string[]; name: string; made: readonly string[] } | undefined;
  const withRule = (known: readonly string[], name: string): readonly string[] => {
    if (last?.known !== known || last.name !== name) {
      last = { known, name, made: longerBy(known, name) };
    }
    return last.made;
  };
  const longerBy = (known: readonly string[], name: string): readonly string[] => {
    const found = longer.get(known)?.get(name);
    if (found) return found;
    const made = [...known, name];
    longer.set(known, new Map(longer.get(known)).set(name, made));
    return made;
  };
  return ({ name, severity: usual }, { calls, severity = usual }) => {
    counts[severity] += 1;
    for (const call of calls) {
      const { breaks = NO_RULES } = call;
      if (breaks.at(-1) !== name) call.breaks = withRule(breaks, name);
    }
  };
}

/** A rule without its judgement. */
type Told = Omit<Rule, 'judge'>;

function showRule(
  { name, title, severity, sources }: Told,
  come: Omit<RuleVerdict, 'rule' | 'title' | 'severity' | 'sources' | 'help'> &
    Partial<Pick<RuleVerdict, 'severity'>>,
): RuleVerdict {
  const help = pageOfRule(name);
  return { rule: name, title, severity, sources: [...sources], help, ...come };
}

function showJudgement(
  rule: Told,
  { tested, breaches, wanting }: Judgement,
  proven: Proven[],
): RuleVerdict {
  if (breaches.length === 0) {
    return tested > 0
      ? showRule(rule, { outcome: 'passed', tested, findings: [] })
      : showRule(rule, { outcome: 'not exercised', reason: wanting, tested, findings: [] });
  }
  const findings = gravest(rule, breaches).map((breach) => {
    const finding = showFinding(rule, breach);
    proven.push({ finding, calls: breach.calls });
    return finding;
  });
  // One that gives rise to notes alone makes nothing red.
  const shown = showRule(rule, { severity: worst(findings), outcome: 'failed', tested, findings });
  const omitted = breaches.length - findings.length;
  return omitted > 0 ? { ...shown, omitted } : shown;
}

/** All that a verdict holds, in their order; of too many the gravest, which come first. */
function gravest({ severity: usual }: Told, breaches: readonly Breach[]): readonly Breach[] {
  if (breaches.length <= MOST_FINDINGS) return breaches;
  const held: Breach[] = [];
  for (const wanted of SEVERITIES) {
    for (const breach of breaches) {
      if (held.length === MOST_FINDINGS) return held;
      if ((breach.severity ?? usual) === wanted) held.push(breach);
    }
  }
  return held;
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

/** In the order in which they began, whatever their API. */
function attemptsOf(histories: readonly History[]): readonly JobAttempt[] {
  const [only] = histories;
  if (only && histories.length === 1) return only.attempts;
  return histories.flatMap(({ attempts }) => attempts).sort((a, b) => startOf(a) - startOf(b));
}

function startOf({ submission }: JobAttempt): number {
  return submission.startedMono;
}

/** A scenario may take a rule out for the jobs that live it. */
function withoutOff(rule: Rule, history: History): History {
  const turnsOff = (scenario: Scenario | undefined) => scenario?.tolerances[rule.name] === 'off';
  const isOff = ({ scenario }: JobAttempt) => turnsOff(scenario);
  if (![...history.scenarios].some(turnsOff)) return history;
  const [attempts, polled] = [history.attempts, history.polled].map((all) =>
    all.filter((one) => !isOff(one)),
  ) as [JobAttempt[], JobAttempt[]];
  return { ...history, attempts, polled };
}

function allowanceOf(
  { name, allowance }: Rule,
  { clock }: History,
  given: Tolerances,
  usual: Tolerance = allowance?.usual ?? 0,
): Allowed {
  const allowed = (scenario: Scenario | undefined) => {
    const value = given[name] ?? scenario?.tolerances[name] ?? usual;
    const length = value === 'off' ? 0 : value;
    return allowance?.paced ? length / clock.pace : length;
  };
  const without = allowed(undefined);
  let known: { scenario: Scenario | undefined; length: number } | undefined;
  return (one) => {
    if (!one?.scenario) return without;
    if (known?.scenario !== one.scenario) {
      known = { scenario: one.scenario, length: allowed(one.scenario) };
    }
    return known.length;
  };
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
