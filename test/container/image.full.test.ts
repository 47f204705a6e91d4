import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Image } from '../../scripts/image/build.mjs';
import { imageOf, untilHealthy } from '../../scripts/image/of-package.mjs';
import { type ContainerOptions, startContainer } from '../../scripts/image/start.mjs';
import { packInto } from '../../scripts/pack/stage.mjs';
import { hastyClient } from '../package/uses.js';
import { needs } from '../support/runtimes.js';

needs('image');
needs('python');

const folder = mkdtempSync(join(tmpdir(), 'esoz-image-'));
const URL = 'http://127.0.0.1:4010';
const TOKEN = { ESOZ_CONTROL_TOKEN: 'secret' };
const GOOD = ['python3', 'examples/python/poller.py'];
let image: Image;

beforeAll(() => {
  image = imageOf(process.env.ESOZ_PACKAGE_FILE ?? packInto(folder), folder);
}, 1_200_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A container that is healthy, gone when the test is over. */
async function container(options: ContainerOptions = {}) {
  const started = await startContainer(image, { env: TOKEN, ...options });
  onTestFinished(started.remove);
  await untilHealthy(started, image);
  return started;
}

/** What a client and a person do with it: a life, judged. */
async function play(started: Awaited<ReturnType<typeof container>>, name: string, client = GOOD) {
  const played = await started.outside(client, { ESOZ_SANDBOX_URL: `${URL}/~${name}` });
  const verdict = await started.exec('esoz-sandbox', 'verdict', `${URL}/~${name}`);
  return { played, verdict };
}

describe('the image, as an engine would run it with a read-only file system', () => {
  it('plays a life and judges its client, by its own command', async () => {
    const started = await container();
    const good = await play(started, 'good');
    expect([good.played.code, good.verdict.code]).toEqual([0, 0]);
    const hasty = await play(started, 'hasty', [...hastyClient(folder)]);
    expect(hasty.verdict).toMatchObject({
      code: 1,
      text: expect.stringContaining('eta-respected'),
    });
  });

  it('runs as process 1, as nobody special, and can write nowhere but its volumes', async () => {
    const started = await container({ tmpfs: ['/tmp'] });
    const { text } = await started.exec('cat', '/proc/1/status');
    expect(text).toMatch(/^Name:\s+(node|esoz-sandbox|MainThread)$/m);
    expect(text).toMatch(/^Uid:\s+1000\s+1000/m);
    expect(text).toMatch(/^CapEff:\s+0+$/m);
    expect(text).toMatch(/^NoNewPrivs:\s+1$/m);
    for (const place of ['/', '/opt/esoz-sandbox', '/home/node', '/sessions', '/dev']) {
      expect(await started.exec('touch', `${place}/x`)).not.toMatchObject({ code: 0 });
    }
    for (const place of ['/tmp', '/scenarios']) {
      expect(await started.exec('touch', `${place}/x`)).toMatchObject({ code: 0 });
    }
  });

  it('ends with 0 on SIGTERM', async () => {
    const started = await container();
    started.kill('SIGTERM');
    expect(await started.exited).toBe(0);
  });

  it('is not healthy where nothing serves', async () => {
    const started = await container();
    const probe = await started.exec('esoz-sandbox', 'health', 'http://127.0.0.1:4011');
    expect(probe.code).toBe(1);
  });

  it('says what it lacks where it is given no token', async () => {
    const started = await startContainer(image);
    onTestFinished(started.remove);
    expect(await started.exited).toBe(3);
    expect(started.text()).toContain('ESOZ_CONTROL_TOKEN');
  });

  it('serves scenarios of the volume', async () => {
    const scenarios = join(folder, 'scenarios');
    mkdirSync(scenarios);
    const life = 'scenario: of-the-volume\nlife:\n  - state: DONE\n';
    writeFileSync(join(scenarios, 'of-the-volume.yaml'), life);
    const mounts = [{ from: scenarios, to: '/scenarios', readonly: true }];
    const started = await container({ mounts });
    const listed = await started.outside([
      ...['curl', '-s', '-H', 'X-Sandbox-Token: secret'],
      `${URL}/__sandbox/scenarios`,
    ]);
    expect(listed.text).toContain('"of-the-volume"');
    expect(listed.text).toContain('"done-after-eta"');
  });

  it('keeps sessions in a volume', async () => {
    const sessions = join(folder, 'sessions');
    mkdirSync(sessions);
    chmodSync(sessions, 0o777);
    const options = {
      env: { ...TOKEN, ESOZ_STORE: 'file:/sessions' },
      mounts: [{ from: sessions, to: '/sessions' }],
    };
    const first = await container(options);
    expect((await play(first, 'kept')).verdict.code).toBe(0);
    first.kill('SIGTERM');
    expect(await first.exited).toBe(0);
    const second = await container(options);
    const { text } = await second.exec('esoz-sandbox', 'session', 'list');
    expect(text).toMatch(/^kept .*1 job/m);
  });
});
