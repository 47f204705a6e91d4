import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Chapter } from '../../src/report/report.js';
import { run } from '../support/command.js';

/** Waits for each eta, and never less than a second of the machine, whatever the pace. */
const UNDIVIDED = `
  import { Client } from './test/conformance/own/client.mjs';
  await Object.assign(new Client(), { least: 1000 }).run();
`;
const SCENARIOS = ['eta-comes-closer', 'eta-moves', 'eta-in-two-stages', 'slow-answer'];

describe('a least pause of a second that is not divided by the pace', () => {
  it('is no fault at pace 20', { timeout: 300_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'esoz-undivided-'));
    try {
      const file = join(folder, 'verdict.json');
      const asked = ['--scenario', ...SCENARIOS, '--pace', '20', '--report', `json=${file}`];
      const command = ['node', '--input-type=module', '-e', UNDIVIDED];
      const { code } = await run('exec', ...asked, '--', ...command);
      const { chapters } = JSON.parse(await readFile(file, 'utf8')) as { chapters: Chapter[] };
      const blamed = chapters.flatMap(({ name, verdict }) =>
        verdict.rules
          .flatMap(({ findings }) => findings)
          .filter(({ severity }) => severity !== 'note')
          .map(({ message }) => `${name}: ${message}`),
      );
      expect(blamed).toEqual([]);
      expect(chapters.map(({ notPlayed }) => notPlayed)).toEqual(SCENARIOS.map(() => undefined));
      expect(code).toBe(0);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
