import { describe, expect, it } from 'vitest';
import { loadPack, PACKS } from '../../src/packs/index.js';

describe('the registry of packs', () => {
  it('loads every pack that it lists, by its name', async () => {
    for (const name of PACKS) expect((await loadPack(name))?.name).toBe(name);
  });

  it('knows no other pack', async () => {
    expect(await loadPack('prescriptions')).toBeUndefined();
    expect(await loadPack('toString')).toBeUndefined();
  });
});
