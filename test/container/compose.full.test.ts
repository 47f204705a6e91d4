import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { imageOf } from '../../scripts/image/of-package.mjs';
import { type Container, startContainer } from '../../scripts/image/start.mjs';
import { packInto } from '../../scripts/pack/stage.mjs';
import { needs } from '../support/runtimes.js';

needs('image');
needs('python');
needs('redis');

const { services } = parse(readFileSync('deploy/compose.yaml', 'utf8'));
const PORTS = [4010, 4011];
const folder = mkdtempSync(join(tmpdir(), 'esoz-compose-'));
let redis: ChildProcess;
let servers: Container[];

beforeAll(async () => {
  const image = imageOf(process.env.ESOZ_PACKAGE_FILE ?? packInto(folder), folder);
  // One machine in the place of three: its services have a network of their own, in which Redis is `redis`.
  const alone = ['--net', 'sh', '-c', 'ip link set lo up; exec "$@"', 'sh'];
  const command = [...services.redis.command, '--dir', folder];
  redis = spawn('unshare', [...alone, ...command], { stdio: 'ignore' });
  const beside = { pid: redis.pid } as Container;
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
}, 1_200_000);
afterAll(async () => {
  await Promise.all((servers ?? []).map((server) => server.remove()));
  redis?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const urlOf = (i: number) => `http://127.0.0.1:${PORTS[i]}`;

async function untilHealthy(i: number): Promise<Container> {
  const server = servers[i] as Container;
  const probe = services.sandbox.healthcheck.test.slice(1);
  for (;;) {
    const { code } = await server.exec(...probe, urlOf(i));
    if (code === 0) return server;
    const ended = await Promise.race([server.exited, undefined]);
    if (ended !== undefined) throw new Error(`ended with ${ended}: ${server.text()}`);
  }
}

describe('the servers of compose.yaml, each a container with a read-only file system', () => {
  it('are replicas of one image that may not write', () => {
    expect(services.sandbox).toMatchObject({ deploy: { replicas: 2 }, read_only: true });
    expect(services.sandbox.healthcheck.test).toEqual(['CMD', 'esoz-sandbox', 'health']);
  });

  it('share their sessions by one Redis, whose probe holds', async () => {
    const [first, second] = [await untilHealthy(0), await untilHealthy(1)];
    const probe = await first.outside(services.redis.healthcheck.test.slice(1));
    expect(probe).toMatchObject({ code: 0, text: 'PONG\n' });
    const client = ['python3', 'examples/python/poller.py'];
    const played = await first.outside(client, { ESOZ_SANDBOX_URL: `${urlOf(0)}/~shared` });
    expect(played.code).toBe(0);
    const verdict = await second.exec('esoz-sandbox', 'verdict', `${urlOf(1)}/~shared`);
    expect(verdict).toMatchObject({ code: 0, text: expect.stringContaining('reads-the-result') });
  });

  it('end with 0 on SIGTERM, and one goes on without the other', async () => {
    const [first, second] = [await untilHealthy(0), await untilHealthy(1)];
    first.kill('SIGTERM');
    expect(await first.exited).toBe(0);
    const { code } = await second.exec('esoz-sandbox', 'health', urlOf(1));
    expect(code).toBe(0);
    second.kill('SIGTERM');
    expect(await second.exited).toBe(0);
  });
});
