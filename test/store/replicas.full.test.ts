import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { needs } from '../support/runtimes.js';

needs('redis');

it('three servers on one Redis answer as the model predicts, though one is killed every second, and Redis goes away and forgets', () => {
  const args = ['--replicas', '3', '--exchanges', '5000', '--kills', '10'];
  const { stdout, stderr } = spawnSync(process.execPath, ['scripts/check-store.mjs', ...args], {
    encoding: 'utf8',
  });
  const text = `${stdout}${stderr}`;
  expect(text).toMatch(/^kills +10$/m);
  expect(text).toMatch(/^Redis away for 3 s +frozen 1, stopped 1, killed 1$/m);
  expect(text).toMatch(/^facts cut from the store +[1-9]/m);
  expect(text).toMatch(/^differences +0$/m);
  expect(text).toMatch(/^acknowledged and lost +0$/m);
  expect(text).toMatch(/^ids given twice +0$/m);
});
