import { describe, expect, it } from 'vitest';
import { disability } from '../support/conclusions.js';
import { openSandbox } from '../support/sandbox.js';

const headers = { Authorization: 'Bearer test-token', 'api-key': 'test-key' };

describe('a HEAD request', () => {
  it('brings the head of what a GET would bring, counts no poll and is not written down', async () => {
    const { sandbox, client } = await openSandbox({ scenario: 'done-after-two-polls' });
    const { json } = await client.create(disability());
    const url = `${sandbox.url}/api/patients/composition/job/${json.data.id}`;
    const heads = [];
    for (let i = 0; i < 3; i += 1) heads.push(await fetch(url, { method: 'HEAD', headers }));
    const got = await fetch(url, { headers });
    const length = (await got.text()).length;
    for (const head of heads) {
      expect(head.status).toBe(200);
      expect(Number(head.headers.get('content-length'))).toBe(length);
      expect(await head.text()).toBe('');
    }
    expect(sandbox.job(json.data.id).polls).toBe(1);
    expect(sandbox.journal().map(({ method }) => method)).toEqual(['POST', 'GET']);
  });

  it('is refused as a GET would be', async () => {
    const { sandbox } = await openSandbox();
    const url = `${sandbox.url}/api/patients/composition/job/none`;
    expect((await fetch(url, { method: 'HEAD', headers })).status).toBe(400);
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(401);
    expect((await fetch(`${sandbox.url}/nowhere`, { method: 'HEAD' })).status).toBe(404);
  });

  it('is answered where a GET would hang or be reset', async () => {
    const { sandbox, client } = await openSandbox({ scenario: 'silent-server' });
    const { json } = await client.create(disability());
    const url = `${sandbox.url}/api/patients/composition/job/${json.data.id}`;
    expect((await fetch(url, { method: 'HEAD', headers })).status).toBe(200);
  });
});
