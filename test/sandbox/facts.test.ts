import { describe, expect, it, onTestFinished } from 'vitest';
import type { FastClock } from '../../src/sandbox/clock.js';
import type { Limits } from '../../src/sandbox/setup.js';
import { startServer } from '../../src/server/server.js';
import { makeClient, send } from '../support/client.js';
import { disability } from '../support/conclusions.js';
import { folded, linesOf } from '../support/folded.js';
import { NOON } from '../support/sandbox.js';

async function open(limits: Partial<Limits> = {}) {
  const clock = { mode: 'manual' as const, now: Date.parse(NOON) };
  const server = await startServer({ port: 0, clock, seed: 7, limits });
  onTestFinished(() => server.close());
  const { url, sandbox } = server;
  const steer = (method: string, path: string, body?: unknown) =>
    send(method, `${url}/__sandbox/sessions/default${path}`, { body });
  const client = makeClient(url);
  const schedule = async (scenario: string) => {
    const { json } = await client.create(disability(), { 'X-Sandbox-Scenario': scenario });
    return json?.data?.id as string;
  };
  return { steer, client, schedule, session: sandbox.session() };
}

describe('the facts of a session', () => {
  it('make it again: jobs by hand and by script, queue, chaos, quota, resources, clock', async () => {
    const { steer, client, schedule, session } = await open();
    for (const scenario of [
      'done-after-two-polls',
      'failed-1001',
      'token-expires',
      'done-after-eta',
    ]) {
      const job = await schedule(scenario);
      await client.poll(job);
      await client.poll(job);
    }
    client.renew();
    const played = await schedule('done-after-eta');
    await steer('POST', `/jobs/${played}/hold`);
    await steer('POST', `/jobs/${played}/play`, { next: [{ state: 'PENDING', for: '2 polls' }] });
    expect((await client.poll(played)).status).toBe(200);
    await steer('POST', '/next', { scenario: 'done-after-eta', times: 3 });
    await steer('PUT', '', { chaos: { rate: 0.5, seed: 3, faults: ['bom'] }, quota: 50 });
    await schedule('done-after-eta');
    await steer('PUT', '', { rules: 'off', quota: null, scenario: 'failed-1001' });
    await steer('POST', '/clock/advance', { by: '1h' });
    await schedule('done-after-eta');
    const again = await folded(session);
    expect(linesOf(again)).toEqual(linesOf(session));
    expect(session.jobs.size).toBeGreaterThan(4);
  });

  it('make a fast clock again, which has gone on from what it had shown', async () => {
    const { steer, schedule, session } = await open();
    await steer('PUT', '', { clock: { mode: 'fast', rate: 500 } });
    await schedule('done-after-eta');
    const shown = session.journal.read().at(-1)?.at;
    const again = await folded(session);
    expect(again.clock).toMatchObject({
      mode: 'fast',
      rate: 500,
      origin: (session.clock as FastClock).origin,
    });
    expect(again.clock.now()).toBeGreaterThanOrEqual(shown as number);
  });

  it('go back as far as the journal does, once that has let exchanges go', async () => {
    const { steer, client, schedule, session } = await open({ journal: 20, jobs: 10 });
    const old = await schedule('done-after-five-polls');
    for (let i = 0; i < 1100; i += 1) await client.poll(old);
    for (let i = 0; i < 15; i += 1) await schedule('done-after-eta');
    await steer('POST', '/clock/advance', { by: '1h' });
    await client.poll(old);
    const facts = [];
    for await (const slice of session.facts()) facts.push(...slice);
    expect(facts.filter(({ k }) => k === 'exchange').length).toBeLessThan(1020);
    const again = await folded(session);
    expect(linesOf(again)).toEqual(linesOf(session));
  });
});
