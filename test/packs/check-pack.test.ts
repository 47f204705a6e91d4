import { describe, expect, it } from 'vitest';
import { packNames } from '../../src/load/pack-description.js';
import { checkPack } from '../../src/server/check-pack.js';

describe('the check that every pack has to pass', () => {
  it.each(packNames())('is passed by %s', async (pack) => {
    const t = Date.now();
    const { files, problems } = await checkPack(pack);
    console.log(Date.now() - t);
    expect(problems).toEqual([]);
    expect(files.length).toBeGreaterThan(20);
  });
});
