import type { Cause, CauseFinding, Judged } from './cause.js';
import { causesOf, KINDS } from './causes.js';
import type { Severity } from './rule.js';
import { worst } from './severity.js';
import type { Finding } from './verdict.js';

/** A cause as it shows at the jobs of one operation. */
export interface CauseSign {
  cause: string;
  /** The rule of the cause, whatever finding shows it; undefined: findings of several rules do. */
  rule?: string;
  title: string;
  api?: string;
  operation?: string;
  /** That of its gravest finding. */
  severity: Severity;
  /** Where it shows. */
  scenarios: string[];
  /** Which of the judged sessions. */
  chapters: number[];
  findings: number;
}

/**
 * Every cause of a run, one entry for each operation whose jobs show it: what stays the same when seed, order and
 * wording change. Findings that follow from a cause are no entries of their own: they come and go with the run's times.
 */
export function signsOfCauses(judged: readonly Judged[]): CauseSign[] {
  return causesOf(judged).flatMap((cause) => signsOf(cause, judged));
}

const RULE_OF = new Map(KINDS.map(({ id, rule }) => [id, rule]));

function signsOf(cause: Cause, judged: readonly Judged[]): CauseSign[] {
  const groups = new Map<string, CauseFinding[]>();
  const placed = cause.findings.filter(({ finding }) => finding.operation !== undefined);
  // What is said of a command alone goes with what is said of its jobs.
  const shown = placed.length > 0 ? placed : cause.findings;
  for (const one of shown) {
    const place = placeOf(one, judged);
    groups.set(place, [...(groups.get(place) ?? []), one]);
  }
  const others = [...cause.findings, ...cause.symptoms].filter((one) => !shown.includes(one));
  for (const one of others) {
    const place = placeOf(one, judged);
    const lists = [...groups].filter(([name]) => name === place || !groups.has(place));
    const here = lists.filter(([, list]) => list.some(({ chapter }) => chapter === one.chapter));
    for (const [, list] of here.length > 0 ? here : lists) list.push(one);
  }
  return [...groups.values()].map((list) => signOf(cause, list, judged));
}

function signOf(cause: Cause, list: readonly CauseFinding[], judged: readonly Judged[]): CauseSign {
  const [first] = list as [CauseFinding];
  const api = apiOf(first, judged);
  const { operation } = first.finding;
  const rule = RULE_OF.has(cause.id) ? RULE_OF.get(cause.id) : cause.rule;
  return {
    cause: cause.id,
    ...(rule === undefined ? {} : { rule }),
    title: cause.title,
    ...(api === undefined ? {} : { api }),
    ...(operation === undefined ? {} : { operation }),
    severity: worst(list.map(({ finding }) => finding)),
    scenarios: [...new Set(list.map((one) => scenarioOf(one, judged)))].sort(),
    chapters: [...new Set(list.map(({ chapter }) => chapter))],
    findings: list.length,
  };
}

/** What exec has played is named by the chapter; a session that a running sandbox judges has jobs of many scenarios. */
function scenarioOf({ chapter, finding }: CauseFinding, judged: readonly Judged[]): string {
  const one = judged[chapter];
  const name = one?.name ?? '';
  return one !== undefined && 'command' in one ? name : (finding.scenario ?? name);
}

function placeOf(one: CauseFinding, judged: readonly Judged[]): string {
  return `${apiOf(one, judged) ?? ''}.${one.finding.operation ?? ''}`;
}

/** Where several APIs are served, jobs name theirs. */
function apiOf({ chapter, finding }: CauseFinding, judged: readonly Judged[]): string | undefined {
  return jobOf(finding, judged[chapter])?.api;
}

function jobOf({ job, evidence }: Finding, judged: Judged | undefined) {
  const jobs = judged?.verdict.jobs ?? [];
  if (job !== undefined) return jobs.find((one) => one.job === job);
  const seq = evidence[0]?.seq;
  return jobs.find(({ submission }) => submission.seq === seq);
}
