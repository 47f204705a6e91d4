import { once } from 'node:events';
import http from 'node:http';
import { afterAll, expect, it } from 'vitest';
import { send } from '../support/client.js';
import { disability } from '../support/conclusions.js';
import { openReceiver } from '../support/receiver.js';
import { type RedisServer, startRedis } from '../support/redis-server.js';
import { needs } from '../support/runtimes.js';
import { launchServe } from './launched.js';

needs('redis');

let redis: Promise<RedisServer> | undefined;
afterAll(async () => (await redis)?.stop());

/** Two processes on one store. */
async function two(prefix: string, ...more: string[]) {
  redis ??= startRedis();
  const { url } = await redis;
  const args = ['--store', `${url}?prefix=${prefix}`, '--clock', 'manual', ...more];
  return [await launchServe(args), await launchServe(args)] as const;
}

type Served = Awaited<ReturnType<typeof launchServe>>;

const control = ({ url }: Served, method: string, path: string, body?: unknown) =>
  send(method, `${url}/__sandbox/sessions/default${path}`, { body });

it('a webhook whose process is killed on the way is sent by the other one, under the same id', async () => {
  const callbacks = 'test/fixtures/callbacks';
  const files = ['--spec', `${callbacks}/openapi.yaml`, '--scenarios', `${callbacks}/scenarios`];
  const [first, second] = await two('killed', ...files);
  // It takes nothing of the first process.
  let isTaking = false;
  const receiver = await openReceiver(() => (isTaking ? 204 : undefined));
  const body = { scene: 'forest', callbackUrl: receiver.url };
  const headers = { 'X-Sandbox-Scenario': 'render-done' };
  expect((await send('POST', `${first.url}/renders`, { body, headers })).status).toBe(202);
  await control(first, 'POST', '/clock/advance', { by: '6s' });
  await expect.poll(() => receiver.received.length, { timeout: 60_000 }).toBe(1);
  isTaking = true;
  first.child.kill('SIGKILL');
  expect(await first.exit).toBe('SIGKILL');
  const sent = async () =>
    (await control(second, 'GET', '/journal')).json.exchanges.filter(
      ({ webhook }: { webhook?: object }) => webhook,
    );
  await expect.poll(sent, { timeout: 60_000 }).toMatchObject([{ status: 204 }]);
  const [id, again] = receiver.received.map(({ headers: { 'webhook-id': one } }) => one);
  expect(receiver.received).toHaveLength(2);
  expect(again).toBe(id);
});

it('a process that is told to stop answers what is open, and the other one knows of it', async () => {
  const [first, second] = await two('stopped', '--pack', 'compositions');
  const text = JSON.stringify(disability());
  const request = http.request(`${first.url}/patients/composition`, {
    method: 'POST',
    headers: {
      Authorization: 'Bearer t',
      'api-key': 'k',
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(text),
    },
  });
  const answered = once(request, 'response');
  request.write(text.slice(0, 100));
  first.child.kill('SIGTERM');
  await first.says(/SIGTERM/);
  // It takes nobody new: a balancer goes to the other one.
  const isTaking = () =>
    fetch(`${first.url}/__sandbox/health`).then(
      () => true,
      () => false,
    );
  await expect.poll(isTaking, { timeout: 60_000, interval: 1 }).toBe(false);
  request.end(text.slice(100));
  const [answer] = await answered;
  let said = '';
  for await (const part of answer) said += part;
  expect(answer.statusCode).toBe(200);
  expect(await first.exit).toBe(0);
  const { id } = JSON.parse(said).data;
  const { json } = await control(second, 'GET', `/jobs/${id}`);
  expect(json).toMatchObject({ id, polls: 0 });
});
