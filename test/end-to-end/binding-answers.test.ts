import { describe, expect, it } from 'vitest';
import { cut } from '../../src/contract/cut.js';
import { jobOf, makeEventsClient } from '../support/medical-events.js';
import { openSandbox } from '../support/sandbox.js';

const open = async (settings: Record<string, number> = {}) => {
  const { sandbox } = await openSandbox({ pack: 'medical-events', settings });
  return { sandbox, client: makeEventsClient(sandbox) };
};

describe('a job of medical events', () => {
  it('tells an eta far ahead that never moves, or what JOB_ETA says', async () => {
    const { sandbox, client } = await open();
    const scheduled = await client.schedule('submitEncounterPackage');
    sandbox.clock.advance('3s');
    const done = await client.poll(jobOf(scheduled));
    expect([scheduled.json.data.eta, done.json.data.eta]).toEqual(
      Array(2).fill('2026-02-03T04:40:00.000Z'),
    );
    const near = await open({ JOB_ETA: 0 });
    const { json } = await near.client.schedule('submitEncounterPackage');
    expect(json.data.eta).toBe('2026-02-02T12:00:02.300Z');
  });

  it('is processed with 303, its links and no Location', async () => {
    const { sandbox, client } = await open();
    const scheduled = await client.schedule('submitEncounterPackage');
    sandbox.clock.advance('3s');
    const { status, headers, json } = await client.poll(jobOf(scheduled));
    expect([status, headers.get('location')]).toEqual([303, null]);
    expect(json.data).toMatchObject({ status: 'processed', status_code: 200 });
    expect(json.data.links.map(({ entity }: { entity: string }) => entity)).toContain('encounter');
  });

  it('of an approval is processed with 200 and its payload', async () => {
    const { sandbox, client } = await open();
    const scheduled = await client.schedule('createApproval');
    sandbox.clock.advance('3s');
    const { status, json } = await client.poll(jobOf(scheduled));
    expect(status).toBe(200);
    expect(json.data.response_data).toMatchObject({ access_level: 'read', is_verified: false });
  });

  it('is what the same body gets again while it is open, and the same key always', async () => {
    const { sandbox, client } = await open();
    const headers = { 'X-Idempotency-Key': 'one' };
    const first = await client.schedule('createApproval', { headers });
    expect(first.json.meta.idempotency_key).toBe('one');
    const again = await client.schedule('createApproval');
    expect([again.status, jobOf(again)]).toEqual([200, jobOf(first)]);
    sandbox.clock.advance('3s');
    const byKey = await client.schedule('createApproval', { headers });
    expect([byKey.status, jobOf(byKey)]).toEqual([202, jobOf(first)]);
    const other = await client.schedule('createApproval');
    expect(jobOf(other)).not.toBe(jobOf(first));
  });
});

describe('an answer that is too long', () => {
  const rules = [{ rule: 'inclusion', params: Array.from({ length: 30 }, (_, i) => `word ${i}`) }];
  const invalid = Array.from({ length: 90 }, (_, i) => ({ entry: `$.conditions[${i}]`, rules }));
  const how = { bytes: 3000, empty: ['error.invalid.rules.params'], shorten: 'error.invalid' };

  it('loses the parameters of its rules first, then the end of its list', () => {
    const told = cut({ error: { invalid } }, how) as { error: { invalid: typeof invalid } };
    expect(Buffer.byteLength(JSON.stringify(told))).toBeLessThanOrEqual(3000);
    expect(told.error.invalid.length).toBeGreaterThan(10);
    expect(told.error.invalid[0]).toEqual({
      entry: '$.conditions[0]',
      rules: [{ rule: 'inclusion', params: [] }],
    });
  });

  it('is sent whole where it fits', () => {
    const short = { error: { invalid: invalid.slice(0, 1) } };
    expect(cut(short, how)).toBe(short);
  });
});
