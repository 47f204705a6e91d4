import { expect, it } from 'vitest';
import { reproaches } from '../audit/play.js';
import { Poller } from '../clients/poller.js';
import { disability } from '../support/conclusions.js';
import { openSandbox } from '../support/sandbox.js';

it('expectations are kept by a good client in every scenario that schedules for it', async () => {
  const { sandbox } = await openSandbox();
  const failed: string[] = [];
  for (const { name, operations } of sandbox.scenarios) {
    if (operations && !operations.includes('createComposition')) continue;
    if (name === 'held-until-released') continue;
    const session = sandbox.session(name);
    session.set({ clock: { mode: 'manual' } });
    session.next(name);
    await new Poller(session).run(disability());
    const { rules, jobs } = session.verdict();
    expect(jobs[0]?.scenario).toBe(name);
    failed.push(...reproaches({ rules }).map((text) => `${name}: ${text}`));
  }
  expect(failed).toEqual([]);
});
