import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadApis } from '../../src/load/load-setup.js';
import { CREDENTIALS, send } from '../support/client.js';
import { PATIENT } from '../support/medical-events.js';
import { openRecorder, readFiles } from '../support/recorder.js';

const JOB = '5b7ad1fb28dc0b1f2a94e3c1';
const ETA = '2026-02-03T04:40:00.000Z';
const LINK = `/api/patients/${PATIENT}/approvals/5f0c1f3e-2c58-4f24-8f43-0b6cf4f3a2d1`;
const pending = { status: 'pending', eta: ETA, links: [{ entity: 'job', href: `/Jobs/${JOB}` }] };

/** How jobs end on the platform, as public descriptions and its source of 2019 have it. */
const ENDS: [what: string, status: number, data: object, written: string[]][] = [
  [
    '303 with links and no Location',
    303,
    {
      status: 'processed',
      eta: ETA,
      status_code: 200,
      links: [{ entity: 'approval', href: LINK }],
    },
    ['- state: processed'],
  ],
  [
    '200 with response_data',
    200,
    { status: 'processed', eta: ETA, status_code: 200, response_data: { id: JOB } },
    ['- state: processed', 'shape: data'],
  ],
  [
    'a conflict whose code is a number',
    200,
    {
      status: 'failed',
      eta: ETA,
      status_code: 409,
      error: { type: 'request_conflict', message: 'Episode is closed' },
    },
    ['- state: failed', 'code: "409"'],
  ],
  [
    'a 403 that is a bare text',
    200,
    { status: 'failed', eta: ETA, status_code: 403, error: 'Access denied' },
    ['- state: failed', 'shape: text'],
  ],
];

/** A platform on which a job is pending for two polls. */
async function openPlatform(status: number, data: object): Promise<string> {
  let polls = 0;
  const answer = (req: IncomingMessage, res: ServerResponse) => {
    req.resume();
    const tell = (code: number, said: object) => {
      res.writeHead(code, { 'Content-Type': 'application/json' });
      res.end(JSON.stringify({ data: said, meta: { code, type: 'object', request_id: 'a#1' } }));
    };
    if (req.method === 'POST') return tell(202, pending);
    polls += 1;
    return polls <= 2 ? tell(200, pending) : tell(status, data);
  };
  const server = createServer(answer);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => new Promise<void>((done) => server.close(() => done())));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a recording of the platform', () => {
  it.each(ENDS)('tells %s as what it is', async (_, status, data, written) => {
    const upstream = await openPlatform(status, data);
    const apis = await loadApis({ pack: 'medical-events' });
    const { url, folder, close } = await openRecorder(upstream, { apis });
    const headers = CREDENTIALS;
    const body = { granted_to: {}, access_level: 'read' };
    const approvals = `${url}/api/patients/${PATIENT}/approvals`;
    expect((await send('POST', approvals, { headers, body })).status).toBe(202);
    for (let i = 0; i < 3; i += 1) await send('GET', `${url}/api/jobs/${JOB}`, { headers });
    await close();
    const texts = Object.values(await readFiles(folder)).join('\n');
    expect(written.filter((line) => !texts.includes(line))).toEqual([]);
    expect(texts).toContain('- state: pending');
    expect(texts).toContain('shape: capital');
    expect(texts).not.toContain('refuse');
  });
});
