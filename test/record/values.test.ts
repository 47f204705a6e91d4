import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadApis } from '../../src/load/load-setup.js';
import { send } from '../support/client.js';
import { openFolder, openRecorder, readFiles } from '../support/recorder.js';
import { openSandbox } from '../support/sandbox.js';
import { openSmallApi } from '../support/small-api.js';

/** The life in the one scenario that a recording has written. */
async function recordedLife(folder: string): Promise<unknown> {
  const files = Object.entries(await readFiles(folder));
  const [text] = files.filter(([name]) => name.endsWith('.yaml')).map(([, each]) => each);
  return parse(text ?? '').life;
}

describe('a recording of answers that tell moments and progress', () => {
  it('knows them in every form, and what the request said', async () => {
    const data = {
      id: '{job}',
      created: '{createdAt.epoch}',
      started: '{startedAt.ms}',
      ended: '{endedAt.http}',
      due: '{eta.epoch}',
      percent: '{progress}',
      share: '{progress.fraction}',
      polls: '{polls}',
      trace: '{header.X-Trace}',
      page: '{query.page}',
      kind: '{body.kind}',
    };
    const api = await openSmallApi({
      content: { 'application/json': { schema: {} } },
      scheduled: { id: '{job}', due: '{eta.epoch}' },
      scenarios: {
        'it.yaml':
          'scenario: it\ntitle: It\nlife:\n  - { state: QUEUED, for: 2s }\n  - { state: RUNNING, for: 3s }\n  - { state: DONE }\n',
      },
      binding: {
        scenario: 'it',
        report: { operation: 'readThing', job: 'id', ids: 'integers from 1' },
        states: Object.fromEntries(
          ['QUEUED', 'RUNNING', 'DONE'].map((name) => [
            name,
            {
              outcome: name === 'DONE' ? 'done' : 'open',
              bare: true,
              data: { ...data, state: '{state}' },
            },
          ]),
        ),
      },
    });
    const now = () => api.sandbox.clock.now().getTime();
    const apis = await loadApis({ spec: api.spec });
    const { url, folder, close } = await openRecorder(api.url, { apis, now });
    const headers = { 'X-Trace': 't-1' };
    const { json } = await send('POST', `${url}/things?page=2`, { body: { kind: 'k' }, headers });
    for (const wait of ['2s', '1s', '2s']) {
      api.sandbox.clock.advance(wait);
      await send('GET', `${url}/things/${json.id}`);
    }
    await close();
    expect(await recordedLife(folder)).toEqual([
      { state: 'QUEUED', for: '2s' },
      { state: 'RUNNING', for: '3s' },
      { state: 'DONE' },
    ]);
  });

  it('finds a job by the form of a POST', async () => {
    const spec = 'test/fixtures/device-flow/openapi.yaml';
    const scenarios = 'test/fixtures/device-flow/scenarios';
    const { sandbox } = await openSandbox({ spec, scenarios });
    const now = () => sandbox.clock.now().getTime();
    const folder = await openFolder();
    const { url, close } = await openRecorder(sandbox.url, {
      apis: await loadApis({ spec }),
      now,
      folder,
      by: 'polls',
    });
    const post = async (path: string, form: Record<string, string>) => {
      const body = new URLSearchParams(form);
      const headers = { 'X-Sandbox-Scenario': 'denied' };
      const answer = await fetch(url + path, { method: 'POST', body, headers });
      return (await answer.json()) as { device_code: string };
    };
    const { device_code } = await post('/device_authorization', { client_id: 'tv' });
    await post('/token', { grant_type: 'x', device_code });
    await post('/token', { grant_type: 'x', device_code });
    await close();
    expect(await recordedLife(folder)).toMatchObject([
      { state: 'authorization_pending', for: '1 poll' },
      { state: 'access_denied' },
    ]);
  });
});
