import { describe, expect, it } from 'vitest';
import type { Cause } from '../../src/audit/cause.js';
import { causesOf } from '../../src/audit/causes.js';
import { judge } from '../../src/audit/judge.js';
import type { Finding } from '../../src/audit/verdict.js';
import type { Exchange } from '../../src/sandbox/journal.js';
import { done, evidence, poll, START, submission } from '../support/evidence.js';

const SECOND = 1000;

/** A job that is polled when its eta has come, and read as done. */
const good = (job: string, from: number): Exchange[] => [
  submission(job, { at: from, eta: START + from + 3 * SECOND }),
  poll(job, { at: from + 3 * SECOND, ...done }),
];

/** One that is polled a second too early. */
const early = (job: string, from: number): Exchange[] => [
  submission(job, { at: from, eta: START + from + 3 * SECOND }),
  poll(job, { at: from + 2 * SECOND, eta: START + from + 3 * SECOND }),
  poll(job, { at: from + 3 * SECOND, ...done }),
];

const refused = (job: string, from: number, status: number): Exchange[] => [
  submission(job, { at: from }),
  ...[2, 4].map((s) =>
    poll(job, { at: from + s * SECOND, status, state: undefined, reportedOutcome: undefined }),
  ),
];

const jobs = (many: number, from: number, of: (job: string, at: number) => Exchange[]) =>
  Array.from({ length: many }, (_, i) => of(`job-${from + i}`, (from + i) * 10 * SECOND)).flat();

const verdictOf = (exchanges: Exchange[]) => judge(evidence(exchanges));
const wholeOf = ({ evidence: proofs }: Finding) => proofs.filter((proof) => proof.exchange).length;

describe('request and answer', () => {
  it('are shown of what a finding points at, wherever in the journal that stands', () => {
    const { rules, jobs: shown } = verdictOf([...jobs(200, 0, good), ...jobs(1, 200, early)]);
    const [finding] = rules.find(({ rule }) => rule === 'eta-respected')?.findings ?? [];
    expect(finding && wholeOf(finding)).toBe(1);
    expect(finding?.evidence[0]?.exchange?.request).toMatch(/^GET \/api\/jobs\/job-200$/m);
    // The mark of the same exchange holds them too.
    expect(shown.at(-1)?.polls[0]?.exchange).toEqual(finding?.evidence[0]?.exchange);
  });

  it('are shown of every cause, however many findings of another one its rule has', () => {
    const verdict = verdictOf([
      ...jobs(120, 0, (job, at) => refused(job, at, 401)),
      ...jobs(1, 120, (job, at) => refused(job, at, 403)),
    ]);
    const causes = causesOf([{ name: 'default', verdict }]);
    expect(causes.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['keeps-an-old-token', 'asks-on-after-403']),
    );
    const shows = ({ evidence: { finding } }: Cause) => wholeOf(finding) > 0;
    expect(causes.filter((cause) => !shows(cause)).map(({ id }) => id)).toEqual([]);
  });

  it('are shown of so many that somebody could read them', () => {
    const { rules, jobs: shown } = verdictOf(jobs(1000, 0, early));
    const whole = [...shown.flatMap(({ submission: one, polls }) => [one, ...polls])].filter(
      ({ exchange }) => exchange,
    );
    expect(whole.length).toBeGreaterThan(60);
    expect(whole.length).toBeLessThanOrEqual(160);
    const findings = rules.flatMap((rule) => rule.findings);
    expect(findings.length).toBeGreaterThanOrEqual(1000);
  });
});
