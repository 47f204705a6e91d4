import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { judge } from '../../scripts/conformance/judge.mjs';
import { playOne } from '../../scripts/conformance/play.mjs';
import { run } from '../support/command.js';
import { SDKS } from './demanded.mjs';

const folders = [...new Set(SDKS.map(({ pack }) => pack as string))];

/** Their pauses are their own, so that they are played at the API's own times. */
describe.concurrent('public SDKs against bindings without a scenario', () => {
  it.each(SDKS)('$name is said to do what its source does', { timeout: 600_000 }, async (entry) => {
    const [play] = entry.plays;
    if (!play) throw new Error(`${entry.name} plays nothing`);
    expect(judge(play, await playOne(entry, play)).differences).toEqual([]);
  });
});

describe('the bindings of public APIs', () => {
  it.each(folders)('%s has at most 60 lines', async (folder) => {
    const text = await readFile(`${folder}/binding.yaml`, 'utf8');
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(60);
  });

  it.each(folders)('%s answers what its document allows', async (folder) => {
    const { code, out } = await run('lint', '--pack', folder);
    expect(out).toBe('0 files, no mistake\n');
    expect(code).toBe(0);
  });
});
