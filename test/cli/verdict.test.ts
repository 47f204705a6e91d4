import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { EVERY_RULE } from '../../src/audit/rules/index.js';
import { startSandbox } from '../../src/index.js';
import { makeClient } from '../support/client.js';
import { run, runWith, serve } from '../support/command.js';
import { disability } from '../support/conclusions.js';

describe('verdict', () => {
  it('exits 0 when all held, and 1 with the finding when the client polled too early', async () => {
    const { url } = await serve('--scenario', 'immediate-done', '--clock', 'manual');
    const good = makeClient(`${url}/~good`);
    const { json } = await good.create(disability());
    const done = await good.poll(json.data.id);
    const id = done.json.data.links[0].href.split('/').at(-1);
    const { subject, encounter } = disability();
    await good.read(subject.value, encounter.value, id);
    const held = await run('verdict', `${url}/~good/api`);
    expect(held).toMatchObject({ code: 0, err: '' });
    expect(held.out).toMatch(/^✓ reads-the-result +passed: 1 time put to the test$/m);

    const hasty = makeClient(`${url}/~hasty`);
    const job = (await hasty.create(disability(), { 'X-Sandbox-Scenario': 'done-after-eta' })).json;
    await hasty.poll(job.data.id);
    const found = await run('verdict', url, '--session', 'hasty', '--run', 'running');
    expect(found.code).toBe(1);
    expect(found.out).toMatch(
      /error eta-respected: 1 of 1 poll came before the newest eta, by up to 2.3 s/,
    );
    const page = `${url}/__sandbox/sessions/hasty/verdict?run=running`;
    expect(await run('verdict', page, '--run', 'running')).toEqual(found);
    const tolerant = ['--tolerance', 'eta-respected=1min', '--run', 'running'];
    expect((await run('verdict', `${url}/~hasty`, ...tolerant)).code).toBe(0);
  });

  it('writes the same reports as exec', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'esoz-verdict-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const { url } = await serve('--scenario', 'immediate-done');
    await makeClient(url).create(disability());
    const file = join(folder, 'out.html');
    const { code } = await run('verdict', url, '--report', `html=${file}`);
    expect(code).toBe(1);
    expect(await readFile(file, 'utf8')).toContain('never polled');
  });

  it('takes the client as ended, though its next poll is not due, unless it is said to go on', async () => {
    const { url } = await serve('--scenario', 'done-after-eta', '--clock', 'manual');
    await makeClient(url).create(disability());
    const ended = await run('verdict', url);
    expect(ended.code).toBe(1);
    expect(ended.out).toContain('the job was scheduled and never polled');
    expect((await run('verdict', url, '--while-running')).code).toBe(0);
    const both = await run('verdict', url, '--while-running', '--run', 'stopped');
    expect(both.code).toBe(3);
  });

  it('exits 2 when nothing was asked in the session', async () => {
    const { url } = await serve();
    const { code, err } = await run('verdict', url);
    expect(code).toBe(2);
    expect(err).toBe('no request has come in session default, so nothing was tested\n');
  });

  it('exits 2 when every request was refused: nothing was seen of how the client works', async () => {
    const { url } = await serve();
    const client = makeClient(url);
    expect((await client.create({})).status).toBe(422);
    expect((await client.read('nobody', 'nowhere', 'none')).status).toBeGreaterThanOrEqual(400);
    const { code, err } = await run('verdict', url);
    expect(code).toBe(2);
    expect(err).toContain('nothing was tested in session default: 2 requests have come');
  });

  it('brings the control token', async () => {
    const { url } = await serve('--control-token', 'sesame', '--scenario', 'immediate-done');
    await makeClient(url).create(disability());
    const refused = await run('verdict', url);
    expect(refused.code).toBe(3);
    expect(refused.err).toContain('answers 401: the control API asks for a token');
    const env = { ESOZ_CONTROL_TOKEN: 'sesame' };
    expect((await runWith(env, 'verdict', url)).code).toBe(1);
  });

  it('says in one line that there is no sandbox, and writes nothing', async () => {
    const gone = await startSandbox();
    await gone.close();
    const { code, err } = await run('verdict', gone.url, '--report', 'junit=never.xml');
    expect(code).toBe(3);
    expect(err).toBe(
      `no sandbox answers at ${gone.url} (ECONNREFUSED); start one with: esoz-sandbox serve [USAGE_NO_SANDBOX]\n`,
    );
    expect(existsSync('never.xml')).toBe(false);
  });

  it('says what a URL of a sandbox looks like', async () => {
    const { code, err } = await run('verdict', '127.0.0.1:4010');
    expect(code).toBe(3);
    expect(err).toBe(
      '"127.0.0.1:4010" is no URL of a sandbox; write http://127.0.0.1:4010 [USAGE_WRONG_URL]\n',
    );
  });

  it.each([
    ['<html></html>', /no sandbox answers/],
    ['{"hello": "world"}', /is no sandbox that gives verdicts/],
  ])('does not take %s for a verdict', async (body, says) => {
    const other = createServer((_, res) => res.end(body)).listen(0, '127.0.0.1');
    onTestFinished(() => {
      other.close();
    });
    await new Promise((done) => other.once('listening', done));
    const { port } = other.address() as AddressInfo;
    const { code, err } = await run('verdict', `http://127.0.0.1:${port}`);
    expect(code).toBe(3);
    expect(err).toMatch(says);
  });
});

it('rules lists every rule with its source and advice', async () => {
  const { out, code } = await run('rules');
  expect(code).toBe(0);
  for (const { name, advice, title } of EVERY_RULE) {
    expect(out).toContain(`${name} `);
    expect(out).toContain(title);
    expect(out).toContain(advice);
  }
  const listed = JSON.parse((await run('rules', '--json')).out);
  expect(listed.map((r: { name: string }) => r.name)).toEqual(EVERY_RULE.map((r) => r.name));
});

it('suites lists what exec can play', async () => {
  const { out, code } = await run('suites');
  expect(code).toBe(0);
  expect(out).toMatch(/^polling-basics {2}.* \(8 scenarios; with --pace 10 times as fast\)$/m);
  expect(out).toMatch(/^polling-full {2}/m);
  expect(out).toMatch(/^errors {2}/m);
});
