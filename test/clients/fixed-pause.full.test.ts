import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Chapter } from '../../src/report/report.js';
import { runBeside } from '../support/command.js';

/** Plays the suite that plays unasked, at the API's own times, against a client with a fixed pause. */
async function play(seconds: number) {
  const folder = await mkdtemp(join(tmpdir(), 'esoz-pause-'));
  try {
    const file = join(folder, 'verdict.json');
    const asked = ['--env', `FIXED_PAUSE=${seconds}`, '--report', `json=${file}`];
    const { code } = await runBeside(
      'exec',
      ...asked,
      '--',
      'node',
      'test/clients/fixed-pause.mjs',
    );
    const { chapters } = JSON.parse(await readFile(file, 'utf8')) as { chapters: Chapter[] };
    return { code, chapters };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The habit of a real client, whose 3 seconds were green eight times of eight. */
describe.concurrent(
  'a client that sleeps as long whatever it is told',
  { timeout: 900_000 },
  () => {
    it.each([1, 2, 3, 5, 10])('is not green with %i s between two polls', async (seconds) => {
      const { code, chapters } = await play(seconds);
      expect(chapters.map(({ command }) => command?.code)).toEqual(chapters.map(() => 0));
      const blamed = chapters.filter(({ verdict }) =>
        verdict.rules.some(
          ({ rule, outcome, severity }) =>
            rule === 'eta-respected' && outcome === 'failed' && severity === 'error',
        ),
      );
      // In each of the five pauses this one comes too early, whatever else is late.
      expect(blamed.map(({ name }) => name)).toContain('eta-moves');
      expect(code).toBe(1);
    });
  },
);
