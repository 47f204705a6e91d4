import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../src/index.js';
import type { Api } from '../../src/sandbox/api.js';
import { beginningsIn } from '../../src/sandbox/begin-world.js';
import { CREDENTIALS, makeClient, send } from '../support/client.js';
import { disability, ofWorld } from '../support/conclusions.js';
import { makeEventsClient } from '../support/medical-events.js';
import { LONG_ENOUGH, openSandbox } from '../support/sandbox.js';

const PLATFORM = { pack: 'esoz' };

describe('a platform', () => {
  it('serves its packs at one address, also below /api, and lists them by their names', async () => {
    const { sandbox, client } = await openSandbox(PLATFORM);
    const { json } = await send('GET', `${sandbox.url}/__sandbox/health`);
    const names = json.apis.map(({ name }: { name: string }) => name);
    expect(names.slice(0, 2)).toEqual(['compositions', 'medical-events']);
    expect((await client.create(disability(ofWorld()))).status).toBe(200);
    const events = makeEventsClient(sandbox);
    expect((await events.schedule('createServiceRequest')).status).toBe(202);
    const below = await send('GET', `${sandbox.url}/api/patients/composition?type=NEWBORN`, {
      headers: CREDENTIALS,
    });
    expect(below.status).not.toBe(404);
  });

  it('has one world: what one pack keeps stands beside what another has made', async () => {
    const { sandbox, client } = await openSandbox(PLATFORM);
    await client.create(disability(ofWorld()));
    const events = makeEventsClient(sandbox);
    for (const operation of ['submitEncounterPackage', 'createServiceRequest']) {
      await events.schedule(operation);
      sandbox.clock.advance(LONG_ENOUGH);
    }
    const { platform, resources } = sandbox.world();
    expect(platform).toBe('esoz');
    expect(resources.composition).toHaveLength(1);
    expect(resources.service_request?.length).toBeGreaterThanOrEqual(1);
  });

  it('is shown by the control API, of any session', async () => {
    const { sandbox } = await openSandbox(PLATFORM);
    const { url } = sandbox.session('other');
    await makeClient(url).create(disability(ofWorld()));
    const shown = await send('GET', `${sandbox.url}/__sandbox/world`);
    expect(shown.json).toEqual(sandbox.world());
    const other = await send('GET', `${sandbox.url}/__sandbox/sessions/other/world`);
    expect(other.json).toEqual(sandbox.session('other').world());
    expect((await send('GET', `${sandbox.url}/__sandbox/sessions/none/world`)).status).toBe(404);
  });

  it('is proposed where its name is nearly right', async () => {
    await expect(startSandbox({ pack: 'ezos' })).rejects.toThrow('did you mean esoz?');
  });

  it('takes no binding for all of it', async () => {
    const binding = 'spec/compositions/binding.yaml';
    await expect(startSandbox({ ...PLATFORM, binding })).rejects.toThrow('several APIs');
  });
});

describe('a pack by itself', () => {
  it('has a world of its own, without a platform', async () => {
    const { sandbox } = await openSandbox();
    expect(sandbox.world()).toEqual({ platform: null, begin: {}, resources: {} });
  });
});

describe('what a world begins with', () => {
  const BEHAVIOUR = `export default {
    name: 'orders',
    begin(world) {
      const id = '00000000-0000-4000-8000-00000000aaaa';
      world.keep({ kind: 'customer', id, title: 'Olena', document: { id, since: world.now } });
      return { customer_id: id };
    },
  };`;

  it('is not there where a pack is served by itself', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'begins-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await mkdir(folder, { recursive: true });
    for (const part of ['openapi.yaml', 'binding.yaml']) {
      const { readFile } = await import('node:fs/promises');
      await writeFile(join(folder, part), await readFile(`test/fixtures/pack-outside/${part}`));
    }
    await writeFile(join(folder, 'behaviour.js'), BEHAVIOUR);
    const sandbox = await startSandbox({ pack: folder });
    onTestFinished(() => sandbox.close());
    expect(sandbox.world().resources).toEqual({});
  });

  it('is asked of each pack of the platform once, however many kinds of jobs it has', () => {
    const begin = () => ({ a: '1' });
    const api = (from: number, platform?: string) =>
      ({ from, platform, world: platform ?? String(from), pack: { begin } }) as unknown as Api;
    const apis = [api(0, 'p'), api(0, 'p'), api(1, 'p'), api(2)];
    expect(beginningsIn(apis, 'p').map((one) => one.api.from)).toEqual([0, 1]);
    expect(beginningsIn(apis, '2')).toEqual([]);
  });
});
