import { execFile } from 'node:child_process';
import { type AddressInfo, createServer } from 'node:net';
import { expect, it } from 'vitest';
import { collect, run, serve, start } from '../support/command.js';

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => probe.once('listening', done));
  const { port } = probe.address() as AddressInfo;
  await new Promise((done) => probe.close(done));
  return port;
}

/** An application that has its address from its own configuration. */
const poller = (port: number | string) =>
  `ESOZ_SANDBOX_URL=http://127.0.0.1:${port} node examples/javascript/poller.mjs`;

it('listens where the application expects it, and waits for workers that outlive the command', async () => {
  const port = await freePort();
  // The command only lets a worker begin, in a session of its own, and ends at once.
  const trigger = ['sh', '-c', `setsid sh -c '${poller(port)}' > /dev/null 2>&1 & exit 0`];
  const asked = ['exec', '-s', 'done-after-eta', 'immediate-done', '--port', String(port)];
  const { code, out } = await run(...asked, '--settle', '30s', '--', ...trigger);
  expect(out).toMatch(/^\[1\/2] ✓ done-after-eta .*3 requests/m);
  expect(out).toMatch(/^\[2\/2] ✓ immediate-done .*3 requests/m);
  expect(code).toBe(0);
});

it('uses a sandbox that runs already, with its token, a scenario after the other', async () => {
  const { url } = await serve('--control-token', 'sesame');
  const asked = ['exec', '--attach', url, '-s', 'done-after-eta', 'lost-after-pending'];
  const refused = await run(...asked, '--', 'true');
  expect(refused.code).not.toBe(0);
  expect(refused.err).toContain('the control API asks for a token');
  // Examples are asked of the control API, which wants the token: this client sends none.
  const open = await serve();
  const client = ['sh', '-c', poller(new URL(open.url).port)];
  const played = await run(
    'exec',
    '--attach',
    open.url,
    '-s',
    'done-after-eta',
    'immediate-done',
    '--',
    ...client,
  );
  expect(played.out).toMatch(/^\[1\/2] ✓ done-after-eta .*3 requests/m);
  expect(played.out).toMatch(/^\[2\/2] ✓ immediate-done .*3 requests/m);
  expect(played.code).toBe(0);
  const idle = await run('exec', '--attach', open.url, '-s', 'slow', '--', 'true');
  expect(idle.code).toBe(2);
  expect((await run('exec', '--attach', open.url, '--port', '4711', '--', 'true')).err).toContain(
    '--attach and --port exclude each other',
  );
});

it('lets a person begin, who presses Enter when it is done', async () => {
  const port = await freePort();
  const child = start(['exec', '--manual', '-s', 'immediate-done', '--port', String(port)]);
  let said = '';
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  await new Promise<void>((done) => {
    child.stderr.on('data', (text) => {
      said += text;
      if (said.includes('press Enter')) done();
    });
  });
  expect(said).toContain(
    `immediate-done: let the application at http://127.0.0.1:${port} do its work, then press Enter`,
  );
  await new Promise((done) => execFile('sh', ['-c', poller(port)], done));
  child.stdin.write('\n');
  expect(await ended).toBe(0);
});

it('says that nobody is at the keyboard', async () => {
  const child = start(['exec', '--manual', '-s', 'slow']);
  const said = collect(child.stderr);
  child.stdin.end();
  const code = await new Promise((done) => child.once('close', done));
  expect(said.join('')).toContain('[USAGE_NOBODY_TO_ASK]');
  expect(code).toBe(3);
});
