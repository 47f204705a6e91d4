import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { send } from '../support/client.js';
import { run, serve } from '../support/command.js';

const CLIENT = 'test/clients/conclusions.mjs';

/** Plays some scenarios of create-and-sign against the client; what it did otherwise stands in `flags`. */
async function play(scenarios: readonly string[], ...flags: string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'process-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const reports = ['json', 'junit', 'markdown', 'html', 'text'].flatMap((form) => [
    '--report',
    `${form}=${join(folder, form)}`,
  ]);
  const suite = ['--suite', 'create-and-sign', '--scenario', ...scenarios, '--pace', '20'];
  const command = ['--', process.execPath, CLIENT, 'create-and-sign', ...flags];
  const { code, out } = await run('exec', ...suite, ...reports, ...command);
  return { code, out, report: (form: string) => readFile(join(folder, form), 'utf8') };
}

describe('exec of a suite by process', () => {
  it('ends with 0 where the client goes through it, and shows what has failed', async () => {
    const { code, out, report } = await play(['done-after-eta', 'failed-1172']);
    expect(code, out).toBe(0);
    expect(out).toMatch(/✓ create-and-sign, done-after-eta {2}5 of 5 steps gone through\n/);
    expect(out).toMatch(/✓ create-and-sign, failed-1172 {2}2 of 2 steps gone through\n/);
    expect(await report('junit')).toMatch(
      /<testcase classname="create-and-sign, done-after-eta" name="5 integration: [^"]+"\/>/,
    );
  });

  it('ends with 2 where the client stops on its way', async () => {
    const { code, out, report } = await play(['done-after-eta'], '--leave', 'integration');
    expect(code, out).toBe(2);
    expect(out).toMatch(/· 5 integration .*\n {6}not reached\n/);
    expect(await report('junit')).toMatch(/name="5 integration: [^"]+"><error type="not reached"/);
    const { chapters } = JSON.parse(await report('json'));
    expect(chapters[0].verdict.process.outcome).toBe('incomplete');
    expect(await report('html')).toContain('The client has not gone through create-and-sign');
  });

  it('ends with 1 where a step is left out', async () => {
    const { code, out, report } = await play(['done-after-eta'], '--leave', 'read-signed');
    expect(code, out).toBe(1);
    expect(await report('text')).toMatch(/✗ 4 read-signed .*\n +left out: step integration came/);
    expect(await report('markdown')).toMatch(/\| ✗ \| 4 \| read-signed \| .*left out: step/);
    expect(await report('junit')).toMatch(/name="4 read-signed: [^"]+"><failure type="left out"/);
  });

  it('ends with 1 where another content is signed', async () => {
    const { code, out } = await play(['done-after-eta'], '--other');
    expect(code, out).toBe(1);
    expect(out).toMatch(/wrong: .*signed differs from answer of read at \$\.title/);
  });

  it('ends with 1 where the client keeps to itself what has failed', async () => {
    const { code, out } = await play(['failed-1172'], '--silent');
    expect(code, out).toBe(1);
    expect(out).toMatch(/wrong: the command printed nothing of it: neither 1172 nor/);
  });
});

describe('verdict on a process that was played by hand', () => {
  it('is 1 for a job that nobody asked for, and 2 while it may still be asked for', async () => {
    const { url } = await serve('--pack', 'esoz');
    const judge = () => run('verdict', url, '--suite', 'create-and-sign');
    const { json: body } = await send('GET', `${url}/__sandbox/examples/createComposition`);
    const headers = { Authorization: 'Bearer token', 'api-key': 'key' };
    await send('POST', `${url}/api/patients/composition`, { body, headers });
    const before = await judge();
    expect(before.code, before.out).toBe(1);
    expect(before.out).toMatch(
      /✗ 1 create .*\n {6}wrong: the client was never told the end of its job/,
    );
    const running = await run('verdict', url, '--suite', 'create-and-sign', '--while-running');
    expect(running.code, running.out).toBe(2);
    const unknown = await run('verdict', url, '--suite', 'create-and-sing');
    expect(unknown.code).toBe(3);
    expect(unknown.err).toMatch(/did you mean create-and-sign\?/);
  });
});
