import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runBeside } from '../support/command.js';
import { MUTANTS, type Mutant, writeMutant } from './mutants.mjs';

/** Two of those of docs/hunt.md, at the API's own times: one of the way it waits, one of a fault. */
const HUNTED = [
  { name: 'fixed-pause', causes: ['ignores-eta'] },
  {
    name: 'takes-half-a-body-for-the-end',
    causes: ['leaves-a-running-job', 'gives-up-at-the-first-failure', 'does-not-read-the-result'],
  },
];

describe('a hunt at true time', () => {
  it.each(HUNTED)('finds $name, and shrinks it to at most four steps', async ({ name, causes }) => {
    const folder = await mkdtemp(join(tmpdir(), 'esoz-mutant-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = await writeMutant(MUTANTS.find((one) => one.name === name) as Mutant, folder);
    const options = ['--seed', '1', '--budget', '4min', '--format', 'json'];
    const { code, out } = await runBeside('hunt', ...options, '--', 'node', file);
    expect(code).toBe(1);
    const [find] = JSON.parse(out).findings;
    expect(find.steps.shrunk).toBeLessThanOrEqual(4);
    expect(causes).toContain(find.cause);
  });
});
