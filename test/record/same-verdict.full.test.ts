import { expect, it } from 'vitest';
import { loadApis } from '../../src/load/load-setup.js';
import { TRIALS, type Trial } from '../audit/trials.js';
import { openSandbox } from '../support/sandbox.js';
import { differencesOf, judgeThrice } from './same-verdict.js';

it('of a good client is the same by session, recorder and HAR, in every scenario', async () => {
  const { sandbox } = await openSandbox();
  const apis = await loadApis({});
  const differing: string[] = [];
  let played = 0;
  for (const { name: scenario, operations } of sandbox.scenarios) {
    if (operations && !operations.includes('createComposition')) continue;
    // Nobody releases it.
    if (scenario === 'held-until-released') continue;
    const three = await judgeThrice(sandbox, apis, { scenario, name: scenario });
    differing.push(...differencesOf(scenario, three));
    played += 1;
  }
  expect(differing).toEqual([]);
  expect(played).toBeGreaterThan(90);
});

it(
  'of a client with two faults is the same by session, recorder and HAR, for any two',
  {
    timeout: 1_800_000,
  },
  async () => {
    const { sandbox } = await openSandbox();
    const apis = await loadApis({});
    const differing: string[] = [];
    let played = 0;
    for (const [one, two] of pairs(Object.entries(TRIALS))) {
      const habits = { ...one[1].habits, ...two[1].habits };
      // Two that ask for different values of one habit are no client.
      if (Object.keys(habits).length < keysOf(one) + keysOf(two)) continue;
      for (const scenario of new Set([one[1].scenario, two[1].scenario])) {
        // That these jobs never end stands in their scripts alone.
        if (NEVER_END.includes(scenario) && habits.polls !== undefined) continue;
        played += 1;
        const name = `two-${played}`;
        const three = await judgeThrice(sandbox, apis, { scenario, name, habits });
        const all = differencesOf(scenario, three).map((text) => `${one[0]} + ${two[0]}: ${text}`);
        // Two requests that overlap at a recorder may come to the sandbox one after the other, and a HAR is made there.
        if (!habits.overlaps) differing.push(...all);
      }
    }
    expect(differing).toEqual([]);
    expect(played).toBeGreaterThan(200);
  },
);

const NEVER_END = ['lost-after-pending', 'never-ends'];

type Entry = [rule: string, trial: Trial];

function keysOf([, { habits }]: Entry): number {
  return Object.keys(habits).length;
}

function pairs(entries: readonly Entry[]): [Entry, Entry][] {
  return entries.flatMap((one, i) => entries.slice(i + 1).map((two): [Entry, Entry] => [one, two]));
}
