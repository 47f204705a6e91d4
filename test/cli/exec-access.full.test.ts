import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { pastProxy } from '../../src/cli/exec/environment.js';
import { startServer } from '../../src/server/server.js';
import { run, runWith } from '../support/command.js';

describe('a command of exec goes past a proxy of the machine', () => {
  const OWN = '127.0.0.1,localhost,::1';
  it.each([
    [{}, OWN],
    [{ NO_PROXY: 'a.example' }, `a.example,${OWN}`],
    [{ no_proxy: 'a.example, .b.example', NO_PROXY: 'a.example' }, `a.example,.b.example,${OWN}`],
    [{ NO_PROXY: 'localhost' }, 'localhost,127.0.0.1,::1'],
    [{ no_proxy: '*' }, '*'],
  ])('beside %j: %s', (env, hosts) => {
    expect(pastProxy(env)).toEqual({ NO_PROXY: hosts, no_proxy: hosts });
  });
});

it('exec --tls gives a client of Node and of curl what they need to trust it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'exec-tls-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const client = join(folder, 'client.mjs');
  await writeFile(
    client,
    `import { execFileSync } from 'node:child_process';
const url = process.env.ESOZ_SANDBOX_URL;
const curl = execFileSync('curl', ['-s', '-o', '/dev/null', '-w', '%{http_code}', url], { encoding: 'utf8' });
const { status } = await fetch(url);
console.log(url.slice(0, 8), status, curl, process.env.NO_PROXY);
`,
  );
  // Nobody listens there: a call by way of it would fail.
  const env = { HTTPS_PROXY: 'http://127.0.0.1:9', NO_PROXY: 'a.example' };
  const { out } = await runWith(
    env,
    ...['exec', '--tls', '--tls-folder', folder, '--scenario', 'slow', '--output', '--any-exit'],
    ...['--', process.execPath, client],
  );
  expect(out).toContain('https:// 404 404 a.example,127.0.0.1,localhost,::1\n');
});

it('verdict of a sandbox whose authority is not trusted says what to trust', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'verdict-tls-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const server = await startServer({ port: 0, tls: { folder } });
  onTestFinished(server.close);
  const { code, err } = await run('verdict', server.url);
  expect(code).toBe(3);
  expect(err).toContain('let Node trust its authority: NODE_EXTRA_CA_CERTS=');
});
