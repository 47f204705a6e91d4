import { expect, it } from 'vitest';
import { loadApis } from '../../src/load/load-setup.js';
import type { Habits } from '../clients/poller.js';
import { openSandbox } from '../support/sandbox.js';
import { differencesOf, judgeThrice } from './same-verdict.js';

/** A good client, and three that do much wrong, each something else. */
const CLIENTS: Readonly<Record<string, Partial<Habits>>> = {
  good: {},
  hasty: {
    ...{ eta: 'none', least: 50, backoff: 1, heedsRetryAfter: false, pollsAfterEnd: 2 },
    ...{ missing: 6, insists: 2, reads: 'wrong path', readsAfterFailure: true },
  },
  leaving: { polls: 2, resubmits: true, strangeId: 'undefined', renewsToken: false },
  fragile: {
    ...{ failures: 1, unknownEnds: true, reads: 'nothing' },
    ...{ tokenInUrl: true, resubmitsLost: true, missing: 1, eta: 'first' },
  },
};

it.each(
  Object.keys(CLIENTS),
)('of a client that is %s is the same by session, recorder and HAR, in every scenario', async (client) => {
  const { sandbox } = await openSandbox();
  const apis = await loadApis({});
  const differing: string[] = [];
  let played = 0;
  for (const { name: scenario, operations } of sandbox.scenarios) {
    if (operations && !operations.includes('createComposition')) continue;
    // Nobody releases it.
    if (scenario === 'held-until-released') continue;
    const own = { scenario, name: `${client}-${scenario}`, habits: CLIENTS[client] };
    differing.push(...differencesOf(scenario, await judgeThrice(sandbox, apis, own)));
    played += 1;
  }
  expect(differing).toEqual([]);
  expect(played).toBeGreaterThan(90);
});
