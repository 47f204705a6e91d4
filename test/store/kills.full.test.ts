import { execFileSync, spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

const SCRIPT = 'scripts/check-store.mjs';

/** What the script tells in the end, by its rows. */
function run(...args: string[]) {
  const done = spawnSync(process.execPath, [SCRIPT, ...args], { encoding: 'utf8' });
  return { status: done.status, text: `${done.stdout}${done.stderr}` };
}

it('answers as the documentation says, and loses nothing, though it is killed ten times', () => {
  const { status, text } = run('--exchanges', '5000', '--kills', '10');
  expect(text).toMatch(/^kills +10$/m);
  expect(text).toMatch(/^differences +0$/m);
  expect(text).toMatch(/^acknowledged and lost +0$/m);
  expect(text).toMatch(/^ids given twice +0$/m);
  expect(status).toBe(0);
});

it('answers as the documentation says from memory, though connections break', () => {
  const { status, text } = run(
    '--store',
    'memory',
    '--kills',
    '0',
    '--exchanges',
    '3000',
    '--break',
    '0.02',
  );
  expect(text).toMatch(/^differences +0$/m);
  expect(status).toBe(0);
});

it('finds each lie of a proxy in between', () => {
  const lying = ['--falsify', '0.05'];
  const text = execFileSync(
    process.execPath,
    [SCRIPT, '--store', 'memory', '--kills', '0', '--exchanges', '3000', ...lying],
    { encoding: 'utf8' },
  );
  const told = [...text.matchAll(/told (\d+) times, found (\d+) times/g)];
  expect(told.length).toBeGreaterThan(0);
  for (const [, all, found] of told) expect(found).toBe(all);
});
