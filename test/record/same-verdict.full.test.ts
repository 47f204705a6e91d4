import { expect, it } from 'vitest';
import { loadApis } from '../../src/load/load-setup.js';
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
