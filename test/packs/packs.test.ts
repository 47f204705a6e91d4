import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/index.js';
import { packNames } from '../../src/load/pack-description.js';
import { loadPack, PACKS } from '../../src/packs/index.js';
import { send } from '../support/client.js';

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
      expect(sandbox.scenarios.length, pack).toBeGreaterThanOrEqual(10);
      const { binding } = (await send('GET', `${sandbox.url}/__sandbox/health`)).json;
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
