import { expect, it } from 'vitest';
import { loadApis } from '../../src/load/load-setup.js';
import { TRIALS } from '../audit/trials.js';
import { openSandbox } from '../support/sandbox.js';
import { differencesOf, judgeThrice } from './same-verdict.js';

it('of a client that breaks a rule is the same by its session, by a recorder and by a HAR', async () => {
  const { sandbox } = await openSandbox();
  const apis = await loadApis({});
  const differing: string[] = [];
  const found = new Set<string>();
  for (const [rule, { scenario, habits }] of Object.entries(TRIALS)) {
    const three = await judgeThrice(sandbox, apis, { scenario, name: `of-${rule}`, habits });
    const all = differencesOf(scenario, three).map((text) => `${rule}: ${text}`);
    // Two requests that overlap at a recorder may come to the sandbox one after the other.
    differing.push(...all.filter((text) => !(habits.overlaps && text.includes('record: '))));
    for (const one of three.har.rules) if (one.outcome === 'failed') found.add(one.rule);
  }
  expect(differing).toEqual([]);
  // It is not that nothing was found in any of them.
  expect(found.size).toBeGreaterThan(15);
});

it('of a good client is without a reproach, also where only a sandbox knows what a job has made', async () => {
  const { sandbox } = await openSandbox();
  const apis = await loadApis({});
  for (const scenario of ['done-no-href', 'done-no-links', 'byte-order-mark', 'never-ends']) {
    const three = await judgeThrice(sandbox, apis, { scenario, name: `good-${scenario}` });
    expect(differencesOf(scenario, three)).toEqual([]);
    expect([scenario, three.recorded.counts.error, three.har.counts.error]).toEqual([
      scenario,
      0,
      0,
    ]);
  }
});

it('is red for one that reads the result by a wrong path', async () => {
  const { sandbox } = await openSandbox();
  const apis = await loadApis({});
  const wrong = {
    scenario: 'done-rooted-href',
    name: 'wrong',
    habits: { reads: 'wrong path' },
  } as const;
  const { recorded, har } = await judgeThrice(sandbox, apis, wrong);
  for (const { rules } of [recorded, har])
    expect(rules.find(({ rule }) => rule === 'reads-the-result')?.outcome).toBe('failed');
});

it.each([
  ['no-duplicate-submission', 'only-known-jobs'],
  ['no-duplicate-submission', 'reaches-the-end'],
  ['no-duplicate-submission', 'survives-a-blip'],
  ['only-known-jobs', 'reaches-the-end'],
  ['reads-the-result', 'only-known-jobs'],
  ['credentials-in-headers', 'reaches-the-end'],
] as const)('of a client that breaks both %s and %s is the same, and names both', async (...rules) => {
  const { sandbox } = await openSandbox();
  const apis = await loadApis({});
  const habits = Object.assign({}, ...rules.map((rule) => TRIALS[rule]?.habits));
  const scenario = TRIALS[rules[1]]?.scenario ?? '';
  const three = await judgeThrice(sandbox, apis, { scenario, name: rules.join('-'), habits });
  expect(differencesOf(scenario, three)).toEqual([]);
  const broken = three.recorded.rules.filter(({ outcome }) => outcome === 'failed');
  expect(broken.map(({ rule }) => rule)).toEqual(expect.arrayContaining([...rules]));
});
