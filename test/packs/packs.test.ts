import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/index.js';
import { packNames } from '../../src/load/pack-description.js';
import { loadPack, PACKS } from '../../src/packs/index.js';
import { base64, send } from '../support/client.js';
import { jobOf, makeEventsClient } from '../support/medical-events.js';
import { openSandbox } from '../support/sandbox.js';

describe('the registry of packs', () => {
  it('loads every pack that it lists, by its name', async () => {
    for (const name of PACKS) expect((await loadPack(name))?.name).toBe(name);
  });

  it('knows no other pack', async () => {
    expect(await loadPack('prescriptions')).toBeUndefined();
    expect(await loadPack('toString')).toBeUndefined();
  });
});

describe('the packs that come with the package', () => {
  it('each have contract, binding and scenarios, and are served by their names', async () => {
    for (const pack of packNames()) {
      const sandbox = await startSandbox({ pack });
      const { binding, operations } = (await send('GET', `${sandbox.url}/__sandbox/health`)).json;
      const jobs = operations.some((each: { answered_by: string }) => each.answered_by === 'job');
      if (jobs) expect(sandbox.scenarios.length, pack).toBeGreaterThanOrEqual(10);
      await sandbox.close();
      expect(binding).toBe(pack);
    }
  });

  it('are proposed when a name is not quite right', async () => {
    await expect(startSandbox({ pack: 'composition' })).rejects.toThrow(
      'unknown pack "composition"; did you mean compositions?',
    );
    await expect(startSandbox({ pack: 'toString' })).rejects.toThrow('unknown pack');
  });

  it('give their binding to another document of the same API', async () => {
    const spec = 'spec/compositions/openapi.yaml';
    const sandbox = await startSandbox({ pack: 'compositions', spec });
    expect(sandbox.scenarios.map(({ name }) => name)).toContain('done-after-eta');
    await sandbox.close();
  });
});

describe('the packs of the platform', () => {
  it("call the parts of a request in the platform's words, in refusals and in failed jobs", async () => {
    const placesOf = (list: { entry_type: string }[]) => list.map((one) => one.entry_type);
    const { client } = await openSandbox();
    const search = await client.search('');
    expect(placesOf(search.json.error.invalid)).toEqual(['query_parameter']);
    const poll = await client.poll('no-id');
    expect(placesOf(poll.json.error.invalid)).toEqual(['path_parameter']);
    const created = await client.create({});
    expect(new Set(placesOf(created.json.error.invalid))).toEqual(new Set(['json_data_property']));
    const { sandbox } = await openSandbox({ pack: 'medical-events' });
    const events = makeEventsClient(sandbox);
    // Nothing but JSON is signed here, without the encounter that the job is to save.
    const body = { ...(await events.example('submitEncounterPackage')), signed_data: base64({}) };
    const scheduled = await events.schedule('submitEncounterPackage', { body });
    sandbox.clock.advance('60s');
    const failed = await events.poll(jobOf(scheduled));
    expect(placesOf(failed.json.data.error.invalid)).toEqual(['json_data_property']);
  });
});
