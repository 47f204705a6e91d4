import type { Reply } from '../../src/audit/reply.js';
import { pageOfRule } from '../../src/audit/rule-page.js';
import { RULES } from '../../src/audit/rules/index.js';
import type { Finding, JobVerdict, Mark, RuleVerdict, Verdict } from '../../src/audit/verdict.js';
import { isEnd } from '../../src/outcome.js';
import type { Chapter, Report } from '../../src/report/report.js';

/** When the sessions of these verdicts begin. */
const BEGINNING = Date.parse('2026-11-24T12:00:00.000Z');

/** A poll in milliseconds since its job's submission. */
export interface Poll {
  at: number;
  /** How long the answer took; `open`: none has come. */
  took?: number | 'open';
  reply: Reply;
  status: number;
  state?: string;
  eta?: number;
  breaks?: string[];
}

export const pending = (at: number, eta?: number, more: Partial<Poll> = {}): Poll => ({
  at,
  reply: 'open',
  status: 200,
  state: 'PENDING',
  ...(eta === undefined ? {} : { eta }),
  ...more,
});
export const done = (at: number): Poll => ({ at, reply: 'done', status: 200, state: 'DONE' });
export const failed = (at: number): Poll => ({ at, reply: 'failed', status: 200, state: 'FAILED' });
export const cancelled = (at: number): Poll => ({
  at,
  reply: 'cancelled',
  status: 200,
  state: 'CANCELLED',
});
export const status = (at: number, code: number, more: Partial<Poll> = {}): Poll => ({
  at,
  reply: code === 404 ? 'gone' : code === 401 || code === 403 ? 'refused' : 'failure',
  status: code,
  ...more,
});
export const lost = (at: number, took: number | 'open', more: Partial<Poll> = {}): Poll => ({
  at,
  took,
  reply: 'lost',
  status: 0,
  ...more,
});

export interface Life {
  operation?: string;
  job?: string;
  scenario?: string;
  /** Milliseconds since the session's beginning. */
  start?: number;
  /** What the submission tells. */
  eta?: number;
  seq?: number;
  outcome?: JobVerdict['outcome'];
  polls: Poll[];
  others?: JobVerdict['others'];
  webhooks?: JobVerdict['webhooks'];
}

const moment = (since: number) => BEGINNING + since;

/** A job as the auditor would show it; polls before their eta break `eta-respected` by themselves. */
function jobVerdict(life: Life): JobVerdict {
  const { operation = 'createComposition', start = 0, eta, seq = 1, polls, outcome } = life;
  const job = life.job ?? '9db4e1ef-3f2c-4a8e-9a55-0c1d2e3f4a5b';
  let known = eta;
  const marks = polls.map((poll, i): Mark => {
    const { at, took = 3, breaks = [] } = poll;
    const early = known !== undefined && at < known - 100;
    known = poll.eta ?? known;
    return {
      seq: seq + 1 + i,
      at: moment(start + at),
      ...(took === 'open' ? {} : { until: moment(start + at + took) }),
      reply: poll.reply,
      status: poll.status,
      ...(poll.state === undefined ? {} : { state: poll.state }),
      ...(poll.eta === undefined ? {} : { eta: moment(start + poll.eta) }),
      breaks: [...(early ? ['eta-respected'] : []), ...breaks],
    };
  });
  const end = polls.map(({ reply }) => reply).find((reply) => isEnd(reply));
  return {
    operation,
    ...(outcome === 'no job' ? {} : { job }),
    scenario: life.scenario ?? 'done-after-eta',
    outcome: outcome ?? end ?? 'open',
    submission: {
      seq,
      at: moment(start),
      until: moment(start + 4),
      reply: 'open',
      status: 200,
      state: 'PENDING',
      ...(eta === undefined ? {} : { eta: moment(start + eta) }),
      breaks: [],
    },
    polls: marks,
    ...(life.others ? { others: life.others } : {}),
    ...(life.webhooks ? { webhooks: life.webhooks } : {}),
  };
}

/** What the auditor would say of these jobs, by what their polls break. */
function verdictOf(jobs: JobVerdict[], more: Partial<Verdict> = {}): Verdict {
  const rules = RULES.map((rule, i): RuleVerdict => {
    const { name, title, severity, sources } = rule;
    const findings = jobs.flatMap((job) => findingOf(job, name) ?? []);
    const tested = findings.length > 0 || i % 3 !== 1 ? jobs.length : 0;
    const help = pageOfRule(name);
    const shown = { rule: name, title, severity, sources: [...sources], help, tested, findings };
    if (findings.length > 0) return { ...shown, outcome: 'failed' };
    if (tested > 0) return { ...shown, outcome: 'passed' };
    return { ...shown, outcome: 'not exercised', reason: 'nothing happened that it is about' };
  });
  const counts = { error: 0, warning: 0, note: 0 };
  for (const { severity, findings } of rules) counts[severity] += findings.length;
  return {
    session: 'default',
    run: 'over',
    clock: { mode: 'real', pace: 1 },
    held: counts.error === 0,
    counts,
    exchanges: jobs.reduce((sum, { polls }) => sum + polls.length + 1, 0),
    dropped: 0,
    rules,
    jobs,
    ...more,
  };
}

function findingOf(verdict: JobVerdict, name: string): Finding | undefined {
  const { operation, job, scenario, polls, submission } = verdict;
  const wrong = [submission, ...polls].filter(({ breaks }) => breaks.includes(name));
  const rule = RULES.find((one) => one.name === name);
  if (!rule || wrong.length === 0) return undefined;
  return {
    rule: name,
    severity: rule.severity,
    message: `${wrong.length} of ${polls.length} polls did not keep to ${name}`,
    advice: rule.advice,
    ...(job === undefined ? {} : { job }),
    operation,
    ...(scenario === undefined ? {} : { scenario }),
    evidence: wrong.slice(0, 5).map(({ seq, at, status: code, state = '' }) => ({
      seq,
      at,
      text: `GET /api/patients/composition/job/${job} → ${code || 'no answer'} ${state}`,
    })),
    more: Math.max(0, wrong.length - 5),
  };
}

export function chapterOf(
  name: string,
  lives: Life[],
  { verdict, ...more }: Partial<Omit<Chapter, 'verdict'>> & { verdict?: Partial<Verdict> } = {},
): Chapter {
  const jobs = lives.map((life) => jobVerdict({ scenario: name, ...life }));
  return { name, ...more, verdict: verdictOf(jobs, verdict) };
}

export function reportOf(title: string, ...chapters: Chapter[]): Report {
  return { title, chapters };
}
