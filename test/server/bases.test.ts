import { expect, it } from 'vitest';
import { openSmallApi } from '../support/small-api.js';

it('paths of servers of a document, a path and an operation are served, and the root and prefixes as before', async () => {
  const get = (more: object) => ({
    get: {
      responses: { 200: { description: 'x', content: { 'text/plain': { example: 'x' } } } },
      ...more,
    },
  });
  const { send } = await openSmallApi({
    more: { servers: [{ url: 'https://h/v1' }, { url: '/v1/beta' }] },
    binding: { prefixes: ['', '/own'] },
    paths: {
      '/ofPath': { servers: [{ url: '/p' }], ...get({}) },
      '/ofOperation': { servers: [{ url: '/p' }], ...get({ servers: [{ url: '/o' }] }) },
    },
    scheduled: { at: '{api}/things/{job}' },
  });
  for (const base of ['/v1', '/v1/beta', '', '/own']) {
    const { status, json } = await send('POST', `${base}/things`);
    expect([status, json.at.startsWith(`${base}/things/`)]).toEqual([202, true]);
    expect((await send('GET', json.at)).status).toBe(200);
  }
  const statuses = ['/p/ofPath', '/v1/ofPath', '/o/ofOperation', '/p/ofOperation', '/ofOperation'];
  const got = await Promise.all(statuses.map(async (path) => (await send('GET', path)).status));
  expect(got).toEqual([200, 404, 200, 404, 200]);
});
