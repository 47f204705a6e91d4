import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Chapter } from '../../src/report/report.js';
import { reproaches } from '../audit/play.js';
import { runBeside } from '../support/command.js';
import { needs } from '../support/runtimes.js';

/** Plays these scenarios in fast time, and reads the report. */
async function play(scenarios: string[], options: string[], command: string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'esoz-fast-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const report = join(folder, 'report.json');
  const asked = ['-s', ...scenarios, '--report', `json=${report}`, ...options];
  const played = await runBeside('exec', ...asked, '--', ...command);
  const { chapters } = JSON.parse(readFileSync(report, 'utf8')) as { chapters: Chapter[] };
  return { ...played, chapters };
}

const outcomes = (chapters: Chapter[]) => chapters.map(({ fast }) => fast?.outcome);

describe('exec --fast', () => {
  needs('faketime');

  it('plays an unmodified client of Node, and finds nothing that true time does not', async () => {
    const scenarios = ['done-after-eta', 'eta-moves', 'outage', 'slow-answer'];
    const node = [process.execPath, 'examples/javascript/poller.mjs'];
    const { code, out, chapters } = await play(scenarios, ['--fast', '5'], node);
    expect(chapters.flatMap(({ verdict }) => reproaches(verdict))).toEqual([]);
    expect(outcomes(chapters), out).toContain('fast');
    expect(out).toMatch(/^time ran [\d–]+ times as fast/m);
    for (const { verdict, fast } of chapters) {
      if (fast?.outcome !== 'fast') continue;
      expect(verdict.clock).toEqual({ mode: 'fast', pace: 1, rate: fast.rate });
    }
    expect(code).toBe(0);
  });

  it('shows every process of the client one time, and takes away what it has shared', async () => {
    const child = 'console.log("child", Date.now(), process.env.FAKETIME_SHARED)';
    const client = `
      const url = process.env.ESOZ_SANDBOX_URL;
      await fetch(url + '/api/patients/composition/job/9db4e1ef-3f2c-4a8e-9a55-0c1d2e3f4a5b');
      const told = await (await fetch(url.replace('/~', '/__sandbox/sessions/') + '/clock')).json();
      console.log('told', Date.parse(told.now), Date.now());
      await new Promise((wake) => setTimeout(wake, 20_000));
      const { execFileSync } = await import('node:child_process');
      const before = Date.now();
      process.stdout.write(execFileSync(process.execPath, ['-e', ${JSON.stringify(child)}]));
      console.log('between', before, Date.now());
    `;
    const command = [process.execPath, '--input-type=module', '-e', client];
    const options = ['--fast', '10', '--any-exit', '--output'];
    const { out } = await play(['immediate-done'], options, command);
    const [, born, names] = /^child (\d+) (.*)$/m.exec(out) ?? [];
    const [, before, after] = /^between (\d+) (\d+)$/m.exec(out) ?? [];
    expect(Number(born)).toBeGreaterThanOrEqual(Number(before));
    expect(Number(born)).toBeLessThanOrEqual(Number(after));
    const [, told, own] = /^told (\d+) (\d+)$/m.exec(out) ?? [];
    // It was told before it looked, and may have been kept from looking by whatever else runs here.
    expect(Number(told)).toBeLessThanOrEqual(Number(own) + 50);
    const [semaphore = '', memory = ''] = String(names).split(' ');
    expect(existsSync(`/dev/shm/sem.${semaphore.slice(1)}`)).toBe(false);
    expect(existsSync(`/dev/shm${memory}`)).toBe(false);
    expect(memory).toMatch(/^\/faketime_shm_\d+_/);
  });

  it('confirms at true time what it holds against a client', async () => {
    const bad = [process.execPath, 'test/clients/swallows-everything.mjs'];
    const { code, out, chapters } = await play(['eta-moves'], ['--fast', '10'], bad);
    expect(outcomes(chapters)).toEqual(['confirmed']);
    expect(chapters[0]?.verdict.clock.mode).toBe('real');
    expect(out).toContain('found 10 times as fast, and confirmed at true time');
    expect(code).toBe(1);
  });

  it('ends a client that stands still in fast time, and plays it at true time', async () => {
    const hangs = `
      const slow = setInterval(() => {}, 1000);
      const url = process.env.ESOZ_SANDBOX_URL;
      await fetch(url + '/api/patients/composition/job/9db4e1ef-3f2c-4a8e-9a55-0c1d2e3f4a5b');
      if (!process.env.FAKETIME) clearInterval(slow);
    `;
    const command = [process.execPath, '--input-type=module', '-e', hangs];
    const { chapters } = await play(['immediate-done'], ['--fast', '20', '--any-exit'], command);
    expect(outcomes(chapters)).toEqual(['stood-still']);
    expect(chapters[0]?.command?.stopped).toBe(false);
  });

  it('plays scenarios side by side in fast time, at one rate for all of them', async () => {
    const scenarios = ['done-after-eta', 'eta-moves', 'outage', 'done-after-two-polls'];
    const node = [process.execPath, 'examples/javascript/poller.mjs'];
    const { code, out, chapters } = await play(scenarios, ['--fast', '3', '--jobs', '2'], node);
    expect(chapters.map(({ name }) => name)).toEqual(scenarios);
    expect(chapters.flatMap(({ verdict }) => reproaches(verdict))).toEqual([]);
    expect(outcomes(chapters), out).toContain('fast');
    expect(code).toBe(0);
  });

  it('holds a client to its baseline: nothing is known, new or mended that true time does not show', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'esoz-fast-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const known = join(folder, 'known.yaml');
    const bad = [process.execPath, 'test/clients/swallows-everything.mjs'];
    const good = [process.execPath, 'examples/javascript/poller.mjs'];
    const names = ['eta-moves', 'done-after-eta'];
    const options = ['--fast', '8', '--any-exit', '--baseline', known];

    const written = await play(names, [...options, '--write-baseline'], bad);
    expect(written.code).toBe(0);
    expect(readFileSync(known, 'utf8')).toContain('cause: ignores-eta');
    const again = await play(names, options, bad);
    expect(again.code, again.out).toBe(0);
    expect(again.chapters.every(({ standing }) => standing?.fresh === 0)).toBe(true);
    // Each scenario is played at true time too, before its client is said to be mended.
    const mended = await play(names, [...options, '--jobs', '2'], good);
    expect(mended.code).toBe(1);
    expect(mended.out).toContain('mended: ');
    expect(outcomes(mended.chapters)).toEqual(['confirmed', 'confirmed']);
  });

  it('is attested with the rate that it was played at', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'esoz-fast-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const [key, report, signed] = ['team.key', 'run.json', 'p.jws'].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    const node = [process.execPath, 'examples/javascript/poller.mjs'];
    const run = ['--profile', 'polling-2026.1', '--fast', '4', '--report', `json=${report}`];
    await play(['done-after-eta'], run, node);
    await runBeside('attest', '--new-key', key);
    const who = ['--client', 'our-mis', '--client-version', '1'];
    const made = await runBeside('attest', report, '--key', key, ...who);
    writeFileSync(signed, made.out);
    const check = await runBeside('attest', '--check', signed, '--key', `${key}.pub`);
    expect(check.out).toContain('1 of 1 scenarios in time that ran up to 4 times as fast');
  });

  describe('of PHP', () => {
    needs('php');

    it('lets time-outs of curl run as fast, or plays them at true time', async () => {
      const php = ['php', 'examples/php/poller.php'];
      const { code, out, chapters } = await play(
        ['done-after-eta', 'silent-server'],
        ['--fast', '5'],
        php,
      );
      expect(chapters.flatMap(({ verdict }) => reproaches(verdict))).toEqual([]);
      expect(outcomes(chapters), out).toContain('fast');
      expect(code).toBe(0);
    });
  });

  describe('of Python', () => {
    needs('python');

    it('is played in fast time, or at true time beside a library that would let it hang', async () => {
      const python = ['python3', 'examples/python/poller.py'];
      const { code, err, chapters } = await play(['done-after-eta'], ['--fast'], python);
      const [chapter] = chapters;
      if (chapter?.fast) expect(err).toBe('');
      else expect(err).toMatch(/libfaketime 0\.9\.11.*\[FAST_LIBRARY_TOO_OLD\]|\[FAST_TOO_BUSY\]/);
      expect(chapter && reproaches(chapter.verdict)).toEqual([]);
      expect(code).toBe(0);
    });
  });
});
