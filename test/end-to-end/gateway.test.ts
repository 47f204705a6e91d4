import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/index.js';
import { CREDENTIALS, makeClient, send } from '../support/client.js';
import { disability } from '../support/conclusions.js';
import { openSandbox } from '../support/sandbox.js';

const LEFT = 'x-ratelimit-remaining-minute';

describe('a quota', () => {
  it('refuses a token that asks too often in plain text, until the next minute of the clock', async () => {
    const { sandbox, client } = await openSandbox({ quota: { per_minute: 2 } });
    const { json } = await client.create(disability());
    const polls = [];
    for (let i = 0; i < 3; i += 1) polls.push(await client.poll(json.data.id));
    expect(polls.map(({ status, headers }) => [status, headers.get(LEFT)])).toEqual([
      [200, '1'],
      [200, '0'],
      [429, '0'],
    ]);
    const [, , refused] = polls;
    expect(refused?.text).toBe('API rate limit exceeded');
    expect(refused?.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(refused?.headers.get('x-ratelimit-limit-minute')).toBe('2');
    expect(refused?.headers.get('retry-after')).toBeNull();
    sandbox.clock.advance('59s');
    expect((await client.poll(json.data.id)).status).toBe(429);
    sandbox.clock.advance('1s');
    expect((await client.poll(json.data.id)).status).toBe(200);
  });

  it('is of each token and of each operation apart', async () => {
    const { sandbox, client } = await openSandbox({ quota: 1 });
    const { json } = await client.create(disability());
    expect((await client.poll(json.data.id)).status).toBe(200);
    expect((await client.poll(json.data.id)).status).toBe(429);
    const other = { ...CREDENTIALS, Authorization: 'Bearer another' };
    const path = `${sandbox.url}/patients/composition/job/${json.data.id}`;
    expect((await send('GET', path, { headers: other })).status).toBe(200);
  });

  it('is set for a session and taken away, and of some operations another one', async () => {
    const { sandbox } = await openSandbox();
    const session = sandbox.session('counted');
    const quota = { operations: { getAsyncJobStatus: 1 } };
    expect(session.set({ quota })).toMatchObject({ quota });
    const client = makeClient(session.url);
    const { json, headers } = await client.create(disability());
    expect(headers.get(LEFT)).toBeNull();
    await client.poll(json.data.id);
    expect((await client.poll(json.data.id)).status).toBe(429);
    session.set({ quota: null });
    expect((await client.poll(json.data.id)).status).toBe(200);
    const put = await send('PUT', `${sandbox.url}/__sandbox/sessions/counted`, {
      body: { quota: 5 },
    });
    expect(put.json.quota).toEqual({ per_minute: 5, operations: {} });
  });

  it('counts what is refused for another reason as well', async () => {
    const { client } = await openSandbox({ quota: 1 });
    expect((await client.create({})).status).toBe(422);
    expect((await client.create({})).status).toBe(429);
  });

  it('is a whole number from 1', async () => {
    await expect(startSandbox({ quota: 0 })).rejects.toMatchObject({ code: 'SETTING_WRONG_QUOTA' });
  });
});

describe('X-Request-ID', () => {
  it('is taken over, and comes back as header and in the envelope', async () => {
    const { client } = await openSandbox();
    const mine = { 'X-Request-ID': 'mis-7#28157' };
    const created = await client.create(disability(), mine);
    expect(created.headers.get('x-request-id')).toBe('mis-7#28157');
    expect(created.json.meta.request_id).toBe('mis-7#28157');
    const refused = await client.create({}, mine);
    expect(refused.json.meta.request_id).toBe('mis-7#28157');
  });

  it('is made where a request has none, or one that no header could give back', async () => {
    const { sandbox, client } = await openSandbox();
    for (const id of [undefined, 'a b', 'x'.repeat(201)]) {
      const headers: Record<string, string> = id === undefined ? {} : { 'X-Request-ID': id };
      const { headers: told, json } = await client.create(disability(), headers);
      expect(told.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(json.meta.request_id).toBe(told.get('x-request-id'));
    }
    expect(sandbox.journal()[0]?.response.headers).not.toHaveProperty('X-Request-ID');
  });

  it('is drawn again by a seed as before', async () => {
    const ids = [];
    for (let i = 0; i < 2; i += 1) {
      const sandbox = await startSandbox({ seed: 7 });
      const client = makeClient(sandbox.url);
      const first = (await client.create(disability())).json.meta.request_id;
      const second = (await client.create(disability())).json.meta.request_id;
      await sandbox.close();
      expect(first).not.toBe(second);
      ids.push(first);
    }
    expect(ids[0]).toBe(ids[1]);
  });
});
