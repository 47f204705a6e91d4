import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Chapter } from '../../src/report/report.js';
import { run } from '../support/command.js';

/** Waits for each eta, and never less than a second of the machine, whatever the pace. */
const undivided = (more = '') => `
  import { Client } from './test/conformance/own/client.mjs';
  const client = Object.assign(new Client(), { least: 1000 });
  ${more}
  await client.run();
`;
const SCENARIOS = ['eta-comes-closer', 'eta-moves', 'eta-in-two-stages', 'slow-answer'];

async function play(client: string, scenarios: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'esoz-undivided-'));
  try {
    const file = join(folder, 'verdict.json');
    const asked = ['--scenario', ...scenarios, '--pace', '20', '--report', `json=${file}`];
    const command = ['node', '--input-type=module', '-e', client];
    const { code } = await run('exec', ...asked, '--', ...command);
    const { chapters } = JSON.parse(await readFile(file, 'utf8')) as { chapters: Chapter[] };
    const blamed = chapters.flatMap(({ name, verdict }) =>
      verdict.rules
        .flatMap(({ findings }) => findings)
        .filter(({ severity }) => severity !== 'note')
        .map(({ message }) => `${name}: ${message}`),
    );
    return { code, chapters, blamed };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe('a least pause of a second that is not divided by the pace', () => {
  it('is no fault at pace 20', { timeout: 300_000 }, async () => {
    const { code, chapters, blamed } = await play(undivided(), SCENARIOS);
    expect(blamed).toEqual([]);
    expect(chapters.map(({ notPlayed }) => notPlayed)).toEqual(SCENARIOS.map(() => undefined));
    expect(code).toBe(0);
  });

  it(
    'uses up a patience that is divided by it, which is no fault and no test',
    {
      timeout: 300_000,
    },
    async () => {
      const { code, chapters, blamed } = await play(undivided('client.patience /= client.pace;'), [
        'outage',
      ]);
      expect(blamed).toEqual([]);
      expect(chapters[0]?.notPlayed).toContain('before that step');
      expect(code).toBe(2);
    },
  );
});
