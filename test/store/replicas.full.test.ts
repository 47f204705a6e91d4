import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { needs } from '../support/runtimes.js';

needs('redis');

it('three servers on one Redis lose nothing that was acknowledged and give no id twice, though one is killed every second, and Redis goes away and forgets', () => {
  const args = ['--replicas', '3', '--exchanges', '2000', '--kills', '6'];
  // Differences in what is answered are counted too; docs/kills.md tells how many there are still.
  const { stdout, stderr } = spawnSync(process.execPath, ['scripts/check-store.mjs', ...args], {
    encoding: 'utf8',
  });
  const text = `${stdout}${stderr}`;
  expect(text).toMatch(/^kills +6$/m);
  expect(text).toMatch(/^Redis away for 3 s +frozen 1, stopped 1, killed 1$/m);
  expect(text).toMatch(/^facts cut from the store +[1-9]/m);
  expect(text).toMatch(/^acknowledged and lost +0$/m);
  expect(text).toMatch(/^ids given twice +0$/m);
});
