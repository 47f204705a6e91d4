import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningSandbox, type SessionControl, startSandbox } from '../../../src/index.js';
import { prepareContainers } from '../../../src/packs/signature/signed-content.js';
import { broken, reproaches, ruleOf } from '../../audit/play.js';
import { ManualHttp } from '../../clients/manual-http.js';
import { run } from '../../clients/medical-events.mjs';
import { CREDENTIALS } from '../../support/client.js';
import { makeEventsClient } from '../../support/medical-events.js';

let sandbox: RunningSandbox;
beforeAll(async () => {
  // The first request would wait for it, by the machine's time.
  await prepareContainers();
  sandbox = await startSandbox({ pack: 'medical-events', clock: { mode: 'manual' } });
});
afterAll(() => sandbox.close());

/** Longest that the client waits for an answer. */
const TIMEOUT = 10_000;

/** Lets the client live in a session; to wait is to advance its clock. */
async function live(session: SessionControl, every?: number) {
  const now = () => session.clock.now().getTime();
  const http = new ManualHttp(session);
  const body = await makeEventsClient(session).example('submitEncounterPackage');
  return run({
    now,
    body,
    ...(every === undefined ? {} : { every }),
    wait: (time) => session.clock.advance(time),
    send: (method, path, sent, renewals = 0) => {
      const headers = { ...CREDENTIALS, Authorization: `Bearer token-${renewals}` };
      return http.ask(method, `/api${path}`, { headers, body: sent, timeout: TIMEOUT });
    },
  });
}

describe('the auditor of the medical events API', () => {
  it('has nothing to say of a good client, whatever is played', async () => {
    const findings: string[] = [];
    const lived: string[] = [];
    for (const { name, operations } of sandbox.scenarios) {
      if (operations && !operations.includes('submitEncounterPackage')) continue;
      if (name === 'held-until-released') continue; // nobody releases it here
      const session = sandbox.session(name);
      session.next(name);
      await live(session);
      const { rules, jobs } = session.verdict();
      expect(jobs[0]?.scenario).toBe(name);
      lived.push(name);
      findings.push(...reproaches({ rules }).map((text) => `${name}: ${text}`));
    }
    expect(findings).toEqual([]);
    expect(lived.length).toBeGreaterThanOrEqual(24);
  });

  it('blames nobody for an eta that is no promise, only for asking without a pause', async () => {
    const session = sandbox.session('interval');
    session.next('eta-moves');
    expect(await live(session, 3000)).toBe('processed');
    expect(broken(session.verdict())).toEqual([]);
    expect(ruleOf(session.verdict(), 'eta-respected').outcome).toBe('not exercised');
    const hasty = sandbox.session('hasty');
    hasty.next('same-body-again');
    expect(await live(hasty, 100)).toBe('processed');
    expect(broken(hasty.verdict())).toContain('spacing');
  });

  it('speaks of the states in the words of that API', async () => {
    const session = sandbox.session('words');
    session.next('failed-validation');
    const client = makeEventsClient(session);
    const scheduled = await client.schedule('submitEncounterPackage');
    session.clock.advance('3s');
    const job = scheduled.json.data.links[0].href.split('/').at(-1);
    await client.poll(job);
    await client.poll(job);
    const [finding] = ruleOf(session.verdict(), 'stops-when-final').findings;
    expect(finding?.message).toBe('1 poll came after the job had been told to be failed');
  });

  it('lets a client look at the encounter that it could not cancel', async () => {
    const session = sandbox.session('cancel');
    const client = makeEventsClient(session);
    const patient_id = '7c3da506-804d-4550-8993-bf17f9ee0402';
    const { id } = session.seed({ patient_id, id: '90a9e15b-b71b-4caf-8f2e-ff247e8a5600' });
    session.next('failed-without-list');
    const scheduled = await client.schedule('cancelEncounterPackage');
    session.clock.advance('3s');
    await client.poll(scheduled.json.data.links[0].href.split('/').at(-1));
    await client.api('GET', `/patients/${patient_id}/encounters/${id}`);
    expect(ruleOf(session.verdict(), 'no-result-on-failure').outcome).toBe('passed');
  });
});
