import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isRunByNpm } from '../../src/cli/stop-on-signal.js';
import { makeClient, send } from '../support/client.js';
import { disability } from '../support/conclusions.js';
import { openWire } from '../support/wire.js';
import { launch, launchCli, launchServe } from './launched.js';

const OWN = ['--spec', 'test/fixtures/long-running/openapi.yaml'];
const BINDING = ['--binding', 'test/fixtures/long-running/binding.yaml'];
const HEALTH = '/__sandbox/health';

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

/** Asks again and again until somebody answers, as `until curl …` does. */
async function healthy(port: number): Promise<void> {
  const asked = () =>
    new Promise<boolean>((done) => {
      http
        .get({ host: '127.0.0.1', port, path: HEALTH }, (answer) => {
          answer.resume();
          done(answer.statusCode === 200);
        })
        .on('error', () => done(false));
    });
  while (!(await asked()));
}

describe('serve has started when it listens', () => {
  it("with an API of one's own and no scenarios: it says so, and heeds SIGTERM", async () => {
    const { child, exit, out } = await launchServe([...OWN, ...BINDING, '--json']);
    expect(JSON.parse(out())).toMatchObject({ event: 'listening', scenarios: 0 });
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
  });

  it('so that a signal which comes with the first answer is heeded', async () => {
    const port = await freePort();
    const { child, exit } = launchCli(['serve', '--port', String(port)]);
    await healthy(port);
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
  });

  it.runIf(process.getuid?.() === 0 && existsSync('/usr/bin/unshare'))(
    'as process 1 of a container too, where signals without a handler are lost',
    async () => {
      const port = await freePort();
      const inside = [process.execPath, 'dist/cli.js', 'serve', '--port', String(port)];
      const { child, exit } = launch('unshare', ['--fork', '--pid', '--kill-child', ...inside]);
      await healthy(port);
      const children = `/proc/${child.pid}/task/${child.pid}/children`;
      process.kill(Number(readFileSync(children, 'utf8')), 'SIGTERM');
      expect(await exit).toBe(0);
    },
  );
});

describe('serve goes on', () => {
  it('when the reader of its lines leaves after the first one', async () => {
    const { child, url, exit } = await launchServe(['--json']);
    child.stdout?.destroy();
    for (let i = 0; i < 3; i += 1) await send('GET', `${url}/no/such/path`);
    expect((await send('GET', url + HEALTH)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
  });
});

describe('other commands', () => {
  it('end quietly with 0 when their reader leaves', async () => {
    const { child, exit, err } = launchCli(['scenarios', '--json']);
    child.stdout?.once('data', () => child.stdout?.destroy());
    expect(await exit).toBe(0);
    expect(err()).toBe('');
  });
});

describe('SIGTERM', () => {
  const body = JSON.stringify(disability());
  const head = `POST /api/patients/composition HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer t\r\napi-key: k\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;

  /** What keeps a server busy: each opens something and says when it is open. */
  const open: Record<string, (url: string) => Promise<unknown>> = {
    'half a body': async (url) => {
      const wire = await openWire(url);
      wire.write(head + body.slice(0, 100));
      await send('GET', url + HEALTH);
    },
    'half a head': async (url) => {
      const wire = await openWire(url);
      wire.write(head.slice(0, 50));
      await send('GET', url + HEALTH);
    },
    'a connection without a request': (url) => openWire(url),
    'a stream of events': (url) => fetch(`${url}/__sandbox/sessions/default/events`),
    'a hanging answer, a slow body and a delayed one': async (url) => {
      for (const scenario of ['silent-server', 'slow-body', 'slow-answer']) {
        const client = makeClient(`${url}/~${scenario}`);
        const { json } = await client.create(disability(), { 'X-Sandbox-Scenario': scenario });
        void client.poll(json.data.id).catch(() => {});
      }
      await send('GET', url + HEALTH);
    },
  };

  it.each(Object.keys(open))('ends it with 0 whatever is open: %s', async (what) => {
    const { child, url, exit } = await launchServe();
    await open[what]?.(url);
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
  });

  it.each([
    'SIGTERM',
    'SIGINT',
  ] as const)('is obeyed by a server of npm start, when npm alone is told: %s', async (signal) => {
    const port = await freePort();
    const { child, exit } = launch('npm', ['start', '--', '--port', String(port)]);
    await healthy(port);
    child.kill(signal);
    expect(await exit).toBe(0);
    await refusing(port);
  });

  it('is no different from SIGHUP to npm alone, of which its shell learns nothing', async () => {
    const port = await freePort();
    const { child, exit } = launch('npm', ['start', '--', '--port', String(port)]);
    await healthy(port);
    child.kill('SIGHUP');
    await exit;
    await refusing(port);
  });

  it('is obeyed by a server of npx', async () => {
    const port = await freePort();
    const serve = ['--no', 'esoz-sandbox', 'serve', '--port', String(port)];
    const { child, exit } = launch('npx', serve, { cwd: await installed() });
    await healthy(port);
    child.kill('SIGTERM');
    await exit;
    await refusing(port);
  });
});

/** A project that has the package among its own, as `npm install` leaves it. */
async function installed(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'project-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const bin = join(folder, 'node_modules', '.bin', 'esoz-sandbox');
  await mkdir(dirname(bin), { recursive: true });
  await writeFile(join(folder, 'package.json'), '{"name": "project", "private": true}');
  const cli = pathToFileURL(resolve('dist/cli.js'));
  await writeFile(bin, `#!/usr/bin/env node\nimport('${cli}');\n`, { mode: 0o755 });
  return folder;
}

/** Nobody listens there any more; waits for it. */
async function refusing(port: number): Promise<void> {
  const answers = () =>
    fetch(`http://127.0.0.1:${port}${HEALTH}`).then(
      () => true,
      () => false,
    );
  while (await answers());
}

describe('a server that a script has started', () => {
  it.each([
    ['esoz-sandbox serve', true],
    ['"esoz-sandbox" serve --port 0', true],
    ['node scripts/cli.mjs serve', true],
    ['npm run build && esoz-sandbox serve', true],
    ['esoz-sandbox serve > log.txt 2>&1', true],
    ['esoz-sandbox serve & wait-on http://127.0.0.1:4010', false],
    ['esoz-sandbox serve&', false],
    ['vitest run', false],
  ])('%j ends with npm: %s', (script, ends) => {
    expect(isRunByNpm({ npm_lifecycle_script: script })).toBe(ends);
    expect(isRunByNpm({})).toBe(false);
  });
});
