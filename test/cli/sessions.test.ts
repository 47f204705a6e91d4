import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fileName } from '../../src/cli/exec/keep.js';
import { openServer, play } from '../server/carried/played.js';
import { send } from '../support/client.js';
import { run, start, until } from '../support/command.js';

const temporary = () => mkdtemp(join(tmpdir(), 'esoz-sessions-'));

/** Opens a file on a free port. @returns its address */
async function open(...args: string[]): Promise<string> {
  const child = start(['open', ...args]);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let said = '';
  child.stdout.on('data', (part) => {
    said += part;
  });
  await until(
    () => said.includes('Ctrl-C'),
    () => said,
  );
  return /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? '';
}

describe('sessions by the command line', () => {
  it('are saved, loaded, branched, listed, deleted, and looked at, with a line each', async () => {
    const server = await openServer();
    await play(server, 'one');
    const file = join(await temporary(), 'one.esoz');
    const at = ['--url', server.url];
    const lines = [
      await run('session', 'save', 'one', '-o', file, ...at),
      await run('session', 'load', file, '--as', 'two', ...at),
      await run('session', 'branch', 'one', 'three', '--at', '4', ...at),
      await run('session', 'delete', 'three', ...at),
    ];
    expect(lines.map(({ code, err, out }) => [code, err, out.trim().split('\n').length])).toEqual(
      lines.map(() => [0, '', 1]),
    );
    const { out } = await run('session', 'list', ...at);
    expect(out).toMatch(/^one +\d+ exchanges, \d+ jobs {2}http/m);
    expect(out).toMatch(/^two /m);
    const again = await run('session', 'load', file, '--as', 'two', ...at);
    expect([again.code, again.err.trim().split('\n')]).toEqual([
      1,
      [expect.stringContaining('[SESSION_IN_USE]')],
    ]);
    const url = await open(file);
    for (const seq of [0, 3, 9]) {
      for (const path of ['/jobs', '/journal', '/verdict']) {
        const view = `/sessions/one${path}?at=${seq}`;
        const { text, status } = await send('GET', `${url}/__sandbox${view}`);
        expect(status).toBe(200);
        if (path === '/jobs') expect(text).toBe((await server.control('GET', view)).text);
      }
    }
    const refused = [
      await send('DELETE', `${url}/__sandbox/sessions/one`),
      await send('PUT', `${url}/__sandbox/sessions/one`, { body: {} }),
      await send('POST', `${url}/~one/api/patients/composition`, { body: {} }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([409, 409, 409]);
  });

  it('refuse what is none in one line', async () => {
    const none = await run('open', 'package.json');
    expect([none.code, none.err]).toEqual([
      1,
      expect.stringMatching(/^[^\n]+ \[SESSION_FILE_BROKEN\]\n$/),
    ]);
    const gone = await run('session', 'load', 'nowhere.esoz');
    expect([gone.code, gone.err]).toEqual([
      3,
      expect.stringMatching(/^[^\n]+ \[FILE_UNREADABLE\]\n$/),
    ]);
  });
});

describe('exec --keep', () => {
  it('keeps the sessions of red scenarios, and reports name the files', async () => {
    const folder = await temporary();
    const junit = join(folder, 'out.xml');
    const { code, out } = await run(
      ...['exec', '--keep', folder, '--report', `junit=${junit}`, '--pace', '100'],
      ...['--scenario', 'done-after-eta', '--', 'node', 'test/clients/swallows-everything.mjs'],
    );
    expect(code).toBe(1);
    const kept = join(folder, 'done-after-eta.esoz');
    expect(await readdir(folder)).toContain('done-after-eta.esoz');
    expect(out).toContain(kept);
    expect((await run('open', '--help')).code).toBe(0);
  });

  it('names files so that every system takes them', () => {
    expect(['orders/slow', 'con', 'a:b?', 'dots..', 'LPT1.x'].map(fileName)).toEqual([
      'orders-slow',
      '_con',
      'a-b-',
      'dots-',
      '_LPT1.x',
    ]);
  });
});
