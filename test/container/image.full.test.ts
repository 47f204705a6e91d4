import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import type { Image } from '../../scripts/image/build.mjs';
import { clientIn } from '../../scripts/image/client.mjs';
import { imageOf, untilHealthy } from '../../scripts/image/of-package.mjs';
import {
  type Container,
  type ContainerOptions,
  startContainer,
} from '../../scripts/image/start.mjs';
import { packInto } from '../../scripts/pack/stage.mjs';
import { until } from '../support/command.js';
import { needs } from '../support/runtimes.js';

needs('image');
needs('python');

const folder = mkdtempSync(join(tmpdir(), 'esoz-image-'));
const URL = 'http://127.0.0.1:4010';
const TOKEN = { ESOZ_CONTROL_TOKEN: 'secret' };
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
async function play(started: Container, name: string, hasty = false) {
  const played = await started.outside(clientIn(folder, hasty), {
    ...TOKEN,
    ESOZ_SANDBOX_URL: `${URL}/~${name}`,
  });
  const verdict = await started.exec('esoz-sandbox', 'verdict', `${URL}/~${name}`);
  return { played, verdict };
}

describe('the image, as an engine would run it with a read-only file system', () => {
  it('plays a life and judges its client, by its own command', async () => {
    const started = await container();
    const good = await play(started, 'good');
    expect([good.played.code, good.verdict.code]).toEqual([0, 0]);
    expect(good.verdict.text).toMatch(/reads-the-result +passed/);
    const hasty = await play(started, 'hasty', true);
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

describe('the servers of compose.yaml, each a container with a read-only file system', () => {
  needs('redis');

  const { services } = parse(readFileSync('deploy/compose.yaml', 'utf8'));
  const PORTS = [4010, 4011];
  const urlOf = (i: number) => `http://127.0.0.1:${PORTS[i]}`;
  let redis: ChildProcess;
  let servers: Container[];

  beforeAll(async () => {
    // One machine in the place of three: its services have a network of their own, in which Redis is `redis`.
    const alone = ['--net', 'sh', '-c', 'ip link set lo up; exec "$@"', 'sh'];
    const command = [...services.redis.command, '--dir', folder];
    redis = spawn('unshare', [...alone, ...command], { stdio: 'ignore' });
    const beside = { pid: redis.pid } as Container;
    // As compose waits: until its probe holds, in the network that is its own by then.
    const network = `/proc/${redis.pid}/ns/net`;
    const probe = [`--net=${network}`, ...services.redis.healthcheck.test.slice(1)];
    const isHealthy = () =>
      readlinkSync(network) !== readlinkSync('/proc/self/ns/net') &&
      spawnSync('nsenter', probe).status === 0;
    await until(isHealthy, () => 'Redis is not healthy');
    servers = await Promise.all(
      PORTS.map((port) =>
        startContainer(image, {
          args: [...services.sandbox.command, `--port=${port}`],
          env: { ESOZ_CONTROL_TOKEN: 'secret' },
          mounts: [{ from: resolve('deploy/scenarios'), to: '/scenarios', readonly: true }],
          hosts: ['redis'],
          beside,
        }),
      ),
    );
  }, 300_000);
  afterAll(async () => {
    await Promise.all((servers ?? []).map((server) => server.remove()));
    redis?.kill('SIGKILL');
  });

  async function untilReady(i: number): Promise<Container> {
    const server = servers[i] as Container;
    const probe = services.sandbox.healthcheck.test.slice(1);
    for (;;) {
      const { code } = await server.exec(...probe, urlOf(i));
      if (code === 0) return server;
      const ended = await Promise.race([server.exited, undefined]);
      if (ended !== undefined) throw new Error(`ended with ${ended}: ${server.text()}`);
    }
  }

  it('are replicas of one image that may not write', () => {
    expect(services.sandbox).toMatchObject({ deploy: { replicas: 2 }, read_only: true });
    expect(services.sandbox.healthcheck.test).toEqual(['CMD', 'esoz-sandbox', 'health']);
  });

  it('share their sessions by one Redis, whose probe holds', async () => {
    const [first, second] = [await untilReady(0), await untilReady(1)];
    const probe = await first.outside(services.redis.healthcheck.test.slice(1));
    expect(probe).toMatchObject({ code: 0, text: 'PONG\n' });
    const given = { ...TOKEN, ESOZ_SANDBOX_URL: `${urlOf(0)}/~shared` };
    const played = await first.outside(clientIn(folder), given);
    expect(played.code).toBe(0);
    const verdict = await second.exec('esoz-sandbox', 'verdict', `${urlOf(1)}/~shared`);
    expect([verdict.code, verdict.text]).toEqual([
      0,
      expect.stringMatching(/reads-the-result +passed/),
    ]);
  });

  it('end with 0 on SIGTERM, and one goes on without the other', async () => {
    const [first, second] = [await untilReady(0), await untilReady(1)];
    first.kill('SIGTERM');
    expect(await first.exited).toBe(0);
    const { code } = await second.exec('esoz-sandbox', 'health', urlOf(1));
    expect(code).toBe(0);
    second.kill('SIGTERM');
    expect(await second.exited).toBe(0);
  });
});
