import { beforeAll, describe, expect, it } from 'vitest';
import type { RunningSandbox, Verdict } from '../../src/index.js';
import { jsonReport } from '../../src/report/json.js';
import { fromJsonVerdict, toJsonVerdict } from '../../src/report/json-verdict.js';
import { send } from '../support/client.js';
import { startPolledEarly } from '../support/polled-early.js';
import { NOON } from '../support/sandbox.js';

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
    expect(JSON.stringify(JSON.parse(report).chapters[0].verdict)).toBe(JSON.stringify(told));
  });

  it('is read back with its moments as numbers, and written again to the letter', () => {
    const read = fromJsonVerdict(told);
    expect(read.jobs[0]?.submission.at).toBe(Date.parse(NOON));
    expect(read.jobs[0]?.polls[0]?.eta).toBe(Date.parse(NOON) + 2300);
    expect(JSON.stringify(toJsonVerdict(read))).toBe(JSON.stringify(told));
  });

  it('leaves the verdict that it is made from as it is', () => {
    const read = fromJsonVerdict(told);
    const before = structuredClone(read);
    toJsonVerdict(read);
    expect(read).toEqual(before);
  });
});
