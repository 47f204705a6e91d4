import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningSandbox, type SessionControl, startSandbox } from '../../../src/index.js';
import { prepareContainers } from '../../../src/packs/signature/signed-content.js';
import { broken, reproaches } from '../../audit/play.js';
import { ManualHttp } from '../../clients/manual-http.js';
import { base64, CREDENTIALS, send } from '../../support/client.js';
import { CODE } from '../../support/general.js';

let sandbox: RunningSandbox;
beforeAll(async () => {
  await prepareContainers();
  sandbox = await startSandbox({ pack: 'esoz', clock: { mode: 'manual' } });
});
afterAll(() => sandbox.close());

/** Longest that the client waits for an answer. */
const TIMEOUT = 10_000;
/** Longest that it waits for what it has signed. */
const PATIENCE = 5 * 60_000;

/** Has a declaration signed, and asks for it in these pauses until it is there or its patience is at an end. */
async function live(session: SessionControl, pause: number): Promise<void> {
  const http = new ManualHttp(session);
  const ask = (method: string, path: string, body?: unknown) =>
    http.ask(method, `/api${path}`, { headers: CREDENTIALS, body, timeout: TIMEOUT });
  const api = async (method: string, path: string, body?: unknown) =>
    (await send(method, `${session.url}/api${path}`, { body, headers: CREDENTIALS })).json.data;
  const { json } = await send('GET', `${sandbox.url}/__sandbox/world`);
  const { patient_id: person_id, employee_id, division_id } = json.begin;
  const asked = { person_id, employee_id, division_id };
  const begun = await api('POST', '/v3/declaration_requests', asked);
  const path = `/v3/declaration_requests/${begun.id}/actions`;
  const { data_to_be_signed: content } = await api('PATCH', `${path}/approve`, CODE);
  content.person.patient_signed = true;
  const signed = { signed_declaration_request: base64(content) };
  const answer = await ask('PATCH', `${path}/sign`, signed);
  if (answer?.status !== 200) return;
  const since = session.clock.now().getTime();
  while (session.clock.now().getTime() - since < PATIENCE) {
    const read = await ask('GET', `/declarations/${begun.declaration_id}`);
    if (read?.status === 200) return;
    session.clock.advance(Math.max(read?.retryAfter ?? 0, pause));
  }
}

describe('the auditor of what appears later', () => {
  it('has nothing to say of a client that asks every five seconds, whatever is played', async () => {
    const findings: string[] = [];
    const played: string[] = [];
    for (const { name, operations } of sandbox.scenarios) {
      if (operations && !operations.includes('signDeclarationRequestV3')) continue;
      if (!/^(appears|never|declaration|sign|other)/.test(name)) continue;
      if (name === 'appears-when-released') continue; // nobody releases it here
      const session = sandbox.session(name);
      session.next(name, { operation: 'signDeclarationRequestV3' });
      await live(session, 5000);
      const verdict = session.verdict({ run: 'over' });
      played.push(...verdict.jobs.map(({ scenario = '' }) => scenario));
      findings.push(...reproaches(verdict).map((text) => `${name}: ${text}`));
    }
    expect(findings).toEqual([]);
    expect(played).toContain('appears-after-outage');
    expect(played.length).toBeGreaterThan(9);
  });

  it('blames one that asks ten times a second', async () => {
    const session = sandbox.session('hasty');
    session.next('appears-after-5s');
    await live(session, 100);
    expect(broken(session.verdict({ run: 'over' }))).toContain('spacing');
  });
});
