import { describe, expect, it } from 'vitest';
import { CREDENTIALS, send } from '../support/client.js';
import { disability } from '../support/conclusions.js';
import { play } from '../support/life.js';

const LIFE = `life:
  - state: PENDING
    for: 2 polls
    eta: 5s from start
    headers: { ETag: '"pending"', Cache-Control: no-cache }
    retry_after: 4s as date
  - state: DONE
    headers: { ETag: 'W/"done"' }
`;

/** A scheduled job, and polls of it with headers of the client's choice. */
async function open(life = LIFE) {
  const { client, sandbox, journal } = await play(life);
  const { json } = await client.create(disability());
  const url = `${sandbox.url}/api/patients/composition/job/${json.data.id}`;
  const poll = (headers: Record<string, string> = {}) =>
    send('GET', url, { headers: { ...CREDENTIALS, ...headers } });
  return { poll, journal, sandbox, job: String(json.data.id) };
}

describe('a state with headers', () => {
  it('carries them beside those of the API, and Retry-After in its form', async () => {
    const { poll } = await open();
    const { status, headers } = await poll();
    expect(status).toBe(200);
    expect(headers.get('etag')).toBe('"pending"');
    expect(headers.get('cache-control')).toBe('no-cache');
    expect(headers.get('retry-after')).toBe('Mon, 02 Feb 2026 12:00:04 GMT');
    expect(headers.get('content-type')).toMatch(/^application\/json/);
  });

  it.each([
    '"pending"',
    'W/"pending"',
    '"other", "pending"',
    '*',
  ])('answers 304 to If-None-Match: %s, without a body, and keeps its headers', async (asked) => {
    const { poll } = await open();
    const { status, headers, text } = await poll({ 'If-None-Match': asked });
    expect([status, text]).toEqual([304, '']);
    expect(headers.get('etag')).toBe('"pending"');
    expect(headers.get('cache-control')).toBe('no-cache');
    expect(headers.get('content-type')).toBeNull();
  });

  it.each([
    '"done"',
    '"pend"',
    'pending',
    '',
  ])('answers 200 to If-None-Match: %s', async (asked) => {
    const { poll } = await open();
    expect((await poll({ 'If-None-Match': asked })).status).toBe(200);
  });

  it('answers 200 once the state has changed', async () => {
    const { poll } = await open();
    await poll();
    expect((await poll({ 'If-None-Match': '"pending"' })).status).toBe(304);
    const done = await poll({ 'If-None-Match': '"pending"' });
    expect([done.status, done.json.data.status]).toEqual([200, 'DONE']);
    expect((await poll({ 'If-None-Match': '"done"' })).status).toBe(304);
  });

  it('counts a 304 as a poll that tells the same state, and no eta', async () => {
    const { poll, journal, sandbox, job } = await open();
    await poll({ 'If-None-Match': '"pending"' });
    expect(sandbox.job(job).polls).toBe(1);
    const [written] = journal();
    expect(written).toMatchObject({ status: 304, state: 'PENDING', step: 0, job });
    expect(written?.eta).toBeUndefined();
    expect(written?.note).toContain('nothing has changed');
  });

  it('is asked for no ETag where it has none', async () => {
    const { poll } = await open('life: [{ state: DONE }]\n');
    expect((await poll({ 'If-None-Match': '*' })).status).toBe(200);
  });
});
