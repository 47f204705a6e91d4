import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { loadApis } from '../../src/load/load-setup.js';

it('plays a callback that gets what the report answers, and asks about others', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'callbacks-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const spec = join(folder, 'openapi.yaml');
  await cp('test/fixtures/callbacks/openapi.yaml', spec);
  const [{ binding }] = await loadApis({ spec });
  expect(binding.origin).toBe('guessed');
  expect(binding.webhooks?.map(({ callback }) => callback)).toEqual(['renderProgress']);
  expect(binding.problems).toEqual([]);
});
