import { beforeAll, describe, expect, it } from 'vitest';
import type { RunningSandbox, Verdict } from '../../src/index.js';
import { jsonReport } from '../../src/report/json.js';
import { fromJsonVerdict, toJsonVerdict, toSessionVerdict } from '../../src/report/json-verdict.js';
import { send } from '../support/client.js';
import { startPolledEarly } from '../support/polled-early.js';
import { NOON } from '../support/sandbox.js';

/** A cause as a report tells it whose only chapter has this name. */
const of = (name: string) => (cause: Verdict['causes'][number]) => {
  const called = <One extends { chapter: string }>(one: One) => ({ ...one, chapter: name });
  const { evidence, findings, symptoms, ...more } = cause;
  return {
    ...more,
    scenarios: cause.scenarios,
    evidence: called(evidence),
    findings: findings.map(called),
    symptoms: symptoms.map(called),
  };
};

let sandbox: RunningSandbox;
let told: Verdict;
beforeAll(async () => {
  sandbox = await startPolledEarly();
  told = sandbox.verdict();
  return () => sandbox.close();
});

describe('the verdict that programs get', () => {
  it('tells every moment as a date-time of the session’s clock', () => {
    const { jobs, rules } = told;
    const [job] = jobs;
    expect(job?.submission).toMatchObject({ at: NOON, until: NOON });
    expect(job?.polls.map(({ at, until }) => [at, until])).toEqual([
      [NOON, NOON],
      [new Date(Date.parse(NOON) + 3000).toISOString(), expect.stringMatching(/Z$/)],
    ]);
    expect(job?.polls[0]?.eta).toBe(new Date(Date.parse(NOON) + 2300).toISOString());
    const early = rules.find(({ rule }) => rule === 'eta-respected');
    expect(early?.findings[0]?.evidence[0]?.at).toBe(NOON);
  });

  it('is the same text by every door: Node API, control API, JSON report', async () => {
    const { text } = await send('GET', `${sandbox.url}/__sandbox/sessions/default/verdict`);
    expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(told));
    const report = jsonReport({
      title: 'x',
      chapters: [{ name: 'x', verdict: fromJsonVerdict(told) }],
    });
    const { causes, ...verdict } = told;
    expect(JSON.stringify(JSON.parse(report).chapters[0].verdict)).toBe(JSON.stringify(verdict));
    expect(JSON.parse(report).causes).toEqual(causes.map(of('x')));
  });

  it('tells what there is to change, each finding once, with request and answer of its evidence', () => {
    const { causes, rules } = told;
    expect(causes.map(({ id, severity, rule }) => [id, severity, rule])).toEqual([
      ['does-not-read-the-result', 'error', 'reads-the-result'],
      ['ignores-eta', 'error', 'eta-respected'],
    ]);
    const named = causes.flatMap(({ findings, symptoms }) => [...findings, ...symptoms]);
    expect(named).toHaveLength(rules.flatMap(({ findings }) => findings).length);
    const [proof] = causes[1]?.evidence.evidence ?? [];
    expect(proof).toMatchObject({
      at: NOON,
      exchange: { request: expect.stringMatching(/^GET /) },
    });
  });

  it('is read back with its moments as numbers, and written again to the letter', () => {
    const read = fromJsonVerdict(told);
    expect(read.jobs[0]?.submission.at).toBe(Date.parse(NOON));
    expect(read.jobs[0]?.polls[0]?.eta).toBe(Date.parse(NOON) + 2300);
    expect(JSON.stringify(toSessionVerdict(read))).toBe(JSON.stringify(told));
  });

  it('leaves the verdict that it is made from as it is', () => {
    const read = fromJsonVerdict(told);
    const before = structuredClone(read);
    toJsonVerdict(read);
    expect(read).toEqual(before);
  });
});
