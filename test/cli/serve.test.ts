import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeClient, send } from '../support/client.js';
import { run, serve, until } from '../support/command.js';
import { disability } from '../support/conclusions.js';
import { needs } from '../support/runtimes.js';

const shell = promisify(execFile);

describe('esoz-sandbox serve', () => {
  describe('its curl lines', () => {
    needs('curl');

    it('prints its base URL, what it serves, and three curl lines that work when copied', async () => {
      const { text, url } = await serve('--clock', 'paced:1000');
      await until(() => text().includes('Ctrl-C'), text);
      expect(text()).toContain(`Compositions API 1.0.0: 13 operations below ${url}, ${url}/api`);
      expect(text()).toContain('done-after-eta');
      const lines = text().match(/^ {2}curl .*$/gm) ?? [];
      expect(lines).toHaveLength(3);
      const [create = '', poll = '', choose = ''] = lines;
      const created = JSON.parse((await shell('bash', ['-c', create])).stdout);
      expect(created.data.status).toBe('PENDING');
      const done = await shell('bash', [
        '-c',
        `sleep 0.05; ${poll.replace('JOB_ID', created.data.id)}`,
      ]);
      expect(JSON.parse(done.stdout).data.status).toBe('DONE');
      const chosen = JSON.parse((await shell('bash', ['-c', choose])).stdout);
      expect(chosen.queue).toHaveLength(1);
    });
  });

  it('says one readable line for each exchange', async () => {
    const { text, url } = await serve('--clock', 'manual:2026-02-02T12:00:00Z');
    const { json } = await makeClient(url).create(disability());
    await makeClient(`${url}/~nurse`).poll('9d2cbb43-4d5c-4b3e-8a50-111111111111');
    await until(() => text().includes('~nurse'), text);
    const [first, second] = text()
      .split('\n')
      .filter((line) => line.startsWith('12:00:00.000'));
    expect(first).toMatch(
      new RegExp(
        `POST +/api/patients/composition +200 +job ${json.data.id.slice(0, 8)} +eta in 2.3 s +done-after-eta`,
      ),
    );
    expect(second).toMatch(/~nurse +GET +\/api\/patients\/composition\/job\/9d2cbb43\S+ +404/);
  });

  it('plays faults by chance, the same ones for the same seed', async () => {
    const { text, url } = await serve(
      ...['--chaos', '1', '--chaos-seed', '7', '--chaos-faults', 'bom', 'clock-skew'],
    );
    const client = makeClient(url);
    for (let i = 0; i < 4; i += 1) await client.search('subject=1');
    const faults = () => text().match(/ (bom|clock-skew) by chance/g) ?? [];
    await until(() => faults().length === 4, text);
    const names = faults().map((fault) => fault.split(' ')[1]);
    expect(names).toEqual(['clock-skew', 'bom', 'bom', 'bom']);
  });

  it.each([
    [['--chaos', '1.5'], /Give a share from 0 to 1: 0\.1 is a tenth\./],
    [['--chaos-faults', 'reset'], /--chaos-faults goes with --chaos; how many answers/],
    [['--chaos', '0.1', '--chaos-faults', 'rest'], /unknown fault "rest"; did you mean reset\?/],
  ])('refuses %j', async (options, message) => {
    const { code, err } = await run('serve', '--port', '0', ...options);
    expect(err).toMatch(message);
    expect(code).toBe(3);
  });

  it('says what there was in place of an answer', async () => {
    const { text, url } = await serve('--scenario', 'silent-server', '--clock', 'manual');
    const client = makeClient(url);
    const { json } = await client.create(disability());
    const leave = new AbortController();
    const polled = client.poll(json.data.id, leave.signal).catch(({ name }: Error) => name);
    await until(() => text().includes(' hang '), text);
    leave.abort();
    expect(await polled).toBe('AbortError');
    expect(text()).toMatch(/job\/\S+ +hang +job \w{8} +PENDING +silent-server\n/);
    const headers = { 'X-Sandbox-Scenario': 'reset-on-submit' };
    await expect(client.create(disability(), headers)).rejects.toThrow('fetch failed');
    await until(() => text().includes(' reset '), text);
    expect(text()).toMatch(/composition +reset +reset-on-submit +.* ms\n/);
  });

  it('says one JSON object a line with --json, without any secret', async () => {
    const { text, url } = await serve('--json');
    await makeClient(url).create(disability());
    await until(() => text().trim().split('\n').length >= 2, text);
    const [listening, exchange] = text()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(listening).toMatchObject({ event: 'listening', url, binding: 'compositions' });
    expect(exchange).toMatchObject({ event: 'exchange', session: 'default', seq: 1, status: 200 });
    expect(text()).not.toContain('test-token');
    expect(text()).not.toContain('test-key');
  });

  it('applies the settings that --setting gives, and no business rule with --rules off', async () => {
    const lenient = {
      category: { coding: [{ system: 'COMPOSITION_CATEGORIES', code: 'LIVE_BIRTH' }] },
    };
    const strict = await serve(
      '--setting',
      'CANCEL_DAYS_NEWBORN=30',
      '--setting',
      'PREGNANCY_DAYS=70,56',
    );
    expect((await makeClient(strict.url).create(disability(lenient))).status).toBe(422);
    const { json } = await send('GET', `${strict.url}/__sandbox/sessions/default`);
    expect(json).toMatchObject({
      rules: 'on',
      settings: { CANCEL_DAYS_NEWBORN: 30, PREGNANCY_DAYS: [70, 56], UNSIGNED_CONTENT: 'take' },
    });
    const free = await serve('--rules', 'off');
    expect(free.text()).toContain('rules     off: only scenarios play');
    expect((await makeClient(free.url).create(disability(lenient))).status).toBe(200);
  });

  it.each([
    [['--setting', 'CANCEL_DAYS_NEWBRON=30'], 'did you mean CANCEL_DAYS_NEWBORN?'],
    [['--setting', 'CANCEL_DAYS_NEWBORN=soon'], 'cannot be "soon"; give a whole number from 0'],
    [['--setting', 'CANCEL_DAYS_NEWBORN'], 'Give NAME=value, such as CANCEL_DAYS_NEWBORN=30.'],
    [['--rules', 'of'], 'Allowed choices are on, off'],
  ])('refuses %j and says what to give', async (options, text) => {
    const { code, err } = await run('serve', '--port', '0', ...options);
    expect(code).toBe(3);
    expect(err).toContain(text);
  });

  it('gives the same ids at every start with --seed', async () => {
    const ids = [];
    for (let i = 0; i < 2; i += 1) {
      const { url } = await serve('--seed', '7');
      ids.push((await makeClient(url).create(disability())).json.data.id);
    }
    expect(ids[0]).toBe(ids[1]);
  });

  it('says so when it lets the oldest go, and which option keeps more', async () => {
    const keep = ['--keep-journal', '2', '--keep-jobs', '1', '--keep-resources', '1'];
    const { text, url } = await serve('--quiet', '--scenario', 'immediate-done', ...keep);
    for (let i = 0; i < 3; i += 1) await makeClient(url).create(disability());
    await until(() => text().includes('--keep-journal'), text);
    const notices = text()
      .split('\n')
      .filter((line) => line.startsWith('session default'));
    expect(notices).toEqual([
      'session default lets its oldest resources go (1 so far); --keep-resources keeps more',
      'session default lets its oldest finished jobs go (1 so far); --keep-jobs keeps more',
      'session default lets its oldest exchanges of the journal go (1 so far); --keep-journal keeps more',
    ]);
  });

  it('takes scenario, scenarios folder and envelope from the command line', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'scenarios-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'mine.yaml'), 'scenario: mine\nlife:\n  - state: DONE\n');
    const { url } = await serve('--scenarios', folder, '--scenario', 'mine', '--envelope', 'data');
    const client = makeClient(url);
    const { json } = await client.create(disability());
    expect(Object.keys(json)).toEqual(['data']);
    expect((await client.poll(json.data.id)).json.data.status).toBe('DONE');
  });

  it('finishes an open request when it is told to stop, and exits 0', async () => {
    const { child, url, text, exit } = await serve();
    const body = JSON.stringify(disability());
    const answered = new Promise<number | undefined>((done, fail) => {
      const request = http.request(
        `${url}/api/patients/composition`,
        {
          method: 'POST',
          headers: {
            Authorization: 'Bearer t',
            'api-key': 'k',
            'Content-Type': 'application/json',
            'Content-Length': Buffer.byteLength(body),
          },
        },
        (answer) => {
          answer.resume().on('end', () => done(answer.statusCode));
        },
      );
      request.on('error', fail);
      request.write(body.slice(0, 100), async () => {
        child.kill('SIGTERM');
        await until(() => text().includes('SIGTERM'), text);
        request.end(body.slice(100));
      });
    });
    expect(await answered).toBe(200);
    expect(await exit).toBe(0);
  });

  it('ends with its standard input, and not before, where it is asked to', async () => {
    const { child, url, exit, text } = await serve('--ends-with-stdin');
    child.stdin.write('nobody reads this');
    expect((await send('GET', `${url}/__sandbox/health`)).status).toBe(200);
    child.stdin.end();
    expect(await exit).toBe(0);
    expect(text()).toContain('standard input has ended: finishing open requests');
  });

  it('exits 0 on SIGTERM though a client keeps its connection and another listens to events', async () => {
    const { child, url, exit } = await serve();
    const events = await fetch(`${url}/__sandbox/sessions/default/events`);
    await send('GET', `${url}/__sandbox/health`);
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
    expect(await events.text()).toContain(': events');
  });

  it('says in one line what is wrong with the command line, and exits 3', async () => {
    const port = await run('serve', '--port', '70000');
    expect(port.code).toBe(3);
    expect(port.err).toContain('Give a whole number from 0 to 65535.');
    const clock = await run('serve', '--clock', 'fast');
    expect(clock.code).toBe(3);
    expect(clock.err).toContain(
      'Give real, manual, manual:2026-01-31T08:00:00Z, fast:20 or paced:10.',
    );
    const scenario = await run('serve', '--scenario', 'immediate-dome');
    expect(scenario.code).toBe(3);
    expect(scenario.err).toBe(
      'unknown scenario "immediate-dome"; did you mean immediate-done? [USAGE_UNKNOWN_SCENARIO]\n',
    );
    const host = await run('serve', '--host', '0.0.0.0');
    expect(host.code).toBe(3);
    expect(host.err).toContain('give it a secret with --control-token');
    const { url } = await serve();
    const taken = await run('serve', '--port', new URL(url).port);
    expect(taken.code).toBe(3);
    expect(taken.err).toContain('(EADDRINUSE); choose another --port, or 0 for a free one');
  });
});
