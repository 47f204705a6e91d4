import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { run } from '../support/command.js';

async function file(name: string, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lint-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

describe('esoz-sandbox lint of suites', () => {
  it('finds the mistakes of a suite with their places', async () => {
    const path = await file('mine.yaml', 'suite: mine\nscenarios: [slow, slou]\ntimeout: 5\n');
    const { code, out } = await run('lint', path);
    expect(code).toBe(1);
    expect(out.split('\n').slice(0, 2)).toEqual([
      `${path}:2:19: unknown scenario "slou" (did you mean slow?) [SUITE_UNKNOWN_SCENARIO]`,
      expect.stringContaining(`${path}:3:10: "timeout: 5" is not a duration`),
    ]);
  });

  it('checks the suites that come with the package', async () => {
    const { code, out } = await run('lint');
    expect(code).toBe(0);
    expect(out).toMatch(/^\d+ files, no mistake$/m);
  });
});

describe('esoz-sandbox faults', () => {
  it('lists what can happen to an answer, and how it is measured', async () => {
    const { code, out } = await run('faults');
    expect(code).toBe(0);
    expect(out).toMatch(
      /^slow-body +body that trickles in\n +can be read; measured by bytes_per_second$/m,
    );
    const { out: json } = await run('faults', '--json');
    const faults: { name: string; chaos: boolean }[] = JSON.parse(json);
    expect(faults).toHaveLength(26);
    expect(faults.find(({ name }) => name === 'hang')).toMatchObject({ read: 'no', chaos: false });
  });
});

function filesIn(folder: string): number {
  return readdirSync(folder).filter((name) => name.endsWith('.yaml')).length;
}

describe('esoz-sandbox scenarios', () => {
  it('writes the page of the catalogue as the repository holds it', async () => {
    const { code, out } = await run('scenarios', '--markdown');
    expect(code).toBe(0);
    expect(out).toBe(readFileSync('scenarios/compositions/README.md', 'utf8'));
    expect(out.match(/^\| \[`/gm)).toHaveLength(filesIn('scenarios/compositions'));
    const some = await run('scenarios', '--markdown', '--group', 'throttled');
    expect(some.out.match(/^## .*$/gm)).toEqual(['## throttled']);
    const both = await run('scenarios', '--markdown', '--json');
    expect(both.err).toContain("option '--json' cannot be used with option '--markdown'");
  });

  it('lists every scenario by group, with its magic identifier', async () => {
    const { code, out } = await run('scenarios');
    expect(code).toBe(0);
    expect(out).toMatch(/^happy$/m);
    expect(out).toMatch(
      /failed-1172 .*\n.*chosen by body subject\.value = 00000000-0000-4000-8000-000000001172/,
    );
  });

  it('shows one scenario step by step', async () => {
    const { out } = await run('scenarios', 'show', 'lost-after-pending');
    expect(out).toMatch(/^step 1 +PENDING for 1 poll, eta 3.4s after each answer$/m);
    expect(out).toMatch(/^step 3 +answer 404 for ever$/m);
  });

  it('shows what stands in the place of answers, and what comes late', async () => {
    const broken = await run('scenarios', 'show', 'reset-on-submit');
    expect(broken.out).toMatch(/^submission +connection reset, no job is made$/m);
    const slow = await run('scenarios', 'show', 'slow-answer');
    expect(slow.out).toMatch(/^step 2 +PENDING for 8.3s, sent 5s late$/m);
  });

  it('lists for machines, and one group', async () => {
    const { out } = await run('scenarios', '--json', '--group', 'throttled');
    const names = JSON.parse(out).map((s: { name: string }) => s.name);
    expect(names).toContain('throttled-429');
    expect(names).not.toContain('immediate-done');
  });

  it('names the nearest scenario or the groups when there is no such', async () => {
    const one = await run('scenarios', 'show', 'never-end');
    expect(one.code).toBe(3);
    expect(one.err).toContain('did you mean never-ends?');
    const group = await run('scenarios', '--group', 'sad');
    expect(group.code).toBe(3);
    expect(group.err).toMatch(/no scenario is in the group "sad"; there are .*happy/);
  });
});

describe('esoz-sandbox lint', () => {
  it('finds no mistake in the catalogue', async () => {
    const { code, out } = await run('lint');
    expect(out).toMatch(/^\d+ files, no mistake\n$/);
    expect(code).toBe(0);
  });

  it('tells each mistake with file, line, column and the nearest name, and exits 1', async () => {
    const path = await file(
      'typo.yaml',
      'scenario: typo\nlife:\n  - state: PENDNG\n    fro: 3s\n  - state: DONE\n',
    );
    const { code, out } = await run('lint', path);
    expect(code).toBe(1);
    expect(out).toContain(`${path}:3:12: unknown state "PENDNG" (did you mean PENDING?`);
    expect(out).toContain(`${path}:4:5: unknown key "fro" (did you mean for?)`);
    expect(out).toMatch(/1 file, \d mistakes in 1\n$/);
  });

  it('tells of an answer that the contract does not allow', async () => {
    const path = await file('odd.yaml', 'scenario: odd\nlife:\n  - answer: { http: 418 }\n');
    const { code, out } = await run('lint', path);
    expect(code).toBe(1);
    expect(out).toContain(
      ':3:1: this answer would break the contract at $: status 418 is not documented',
    );
    expect(out).toContain('off_contract: true');
  });

  it('says what to do when there is no such file, or no scenario in a folder', async () => {
    const missing = await run('lint', 'no-such.yaml');
    expect(missing.code).toBe(1);
    expect(missing.err).toContain(
      'no-such.yaml: cannot be read (ENOENT) (name a scenario file or a folder of them)',
    );
    const empty = await run('lint', 'src');
    expect(empty.code).toBe(1);
    expect(empty.out).toContain('there is no .yaml or .yml file here');
  });
});

describe('esoz-sandbox demo', () => {
  it('plays create, sign and cancel, a failed job and a service that is out for a while', async () => {
    const { code, out } = await run('demo', '--pace', '100');
    expect(code).toBe(0);
    const told = ['PRELIMINARY', 'FINAL', 'ENTERED_IN_ERROR', 'FAILED', '1172: ', '503', 'DONE'];
    expect(told.filter((word) => !out.includes(word))).toEqual([]);
    expect(out.indexOf('PRELIMINARY')).toBeLessThan(out.indexOf('FINAL'));
    expect(out.indexOf('FINAL')).toBeLessThan(out.indexOf('ENTERED_IN_ERROR'));
  });
});

describe('esoz-sandbox --help', () => {
  it('teaches by examples', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    expect(out).toContain('$ esoz-sandbox serve --clock paced:10 --port 0');
    expect((await run('serve', '--help')).out).toContain('Examples:');
  });

  it('says the version of the package', async () => {
    expect((await run('--version')).out).toBe(`${manifest.version}\n`);
  });

  it('names the nearest command', async () => {
    const { code, err } = await run('serv');
    expect(code).toBe(3);
    expect(err).toContain("unknown command 'serv'");
    expect(err).toContain('Did you mean serve?');
    expect(err).toContain('[USAGE_WRONG_COMMAND_LINE]');
  });
});
