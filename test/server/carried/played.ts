import { onTestFinished } from 'vitest';
import type { Limits } from '../../../src/sandbox/setup.js';
import { startServer } from '../../../src/server/server.js';
import { makeClient, send } from '../../support/client.js';
import { disability } from '../../support/conclusions.js';
import { NOON } from '../../support/sandbox.js';

/** A sandbox with a manual clock and a seed, its control API, and a client of one of its sessions. */
export async function openServer(limits: Partial<Limits> = {}) {
  const clock = { mode: 'manual' as const, now: Date.parse(NOON) };
  const server = await startServer({ port: 0, clock, seed: 7, limits });
  onTestFinished(() => server.close());
  const { url, sandbox } = server;
  const control = (method: string, path: string, body?: unknown) =>
    send(method, `${url}/__sandbox${path}`, { body });
  const save = async (name: string, query = '') => {
    const answer = await fetch(`${url}/__sandbox/sessions/${name}/file${query}`);
    return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
  };
  const load = (name: string, bytes: Buffer, query = '') =>
    fetch(`${url}/__sandbox/sessions/${name}/file${query}`, {
      method: 'PUT',
      body: new Uint8Array(bytes),
    }).then(async (answer) => {
      const json = await answer.json();
      return { status: answer.status, json: json as { error?: { code: string; message: string } } };
    });
  const clientOf = (session: string) => {
    const client = makeClient(`${url}/~${session}`);
    const schedule = async (scenario: string) => {
      const { json } = await client.create(disability(), { 'X-Sandbox-Scenario': scenario });
      return json?.data?.id as string;
    };
    return { ...client, schedule };
  };
  return { url, sandbox, control, save, load, clientOf };
}

/** Lives of several kinds in a session, with what people set between; `seen` is told after each exchange. */
export async function play(
  { control, clientOf }: Awaited<ReturnType<typeof openServer>>,
  session: string,
  seen: () => Promise<void> = async () => {},
) {
  const client = clientOf(session);
  const path = `/sessions/${session}`;
  const jobs: string[] = [];
  const asked = async (job: string) => {
    await client.poll(job);
    await seen();
  };
  for (const scenario of ['done-after-two-polls', 'failed-1001', 'done-after-eta', 'token-expires']) {
    const job = await client.schedule(scenario);
    await seen();
    jobs.push(job);
    await asked(job);
    await control('POST', `${path}/clock/advance`, { by: '2s' });
    await asked(job);
  }
  client.renew();
  const [, , held = ''] = jobs;
  await control('POST', `${path}/jobs/${held}/hold`);
  await asked(held);
  await control('POST', `${path}/next`, { scenario: 'done-after-eta', times: 3 });
  await control('PUT', path, { chaos: { rate: 0.5, seed: 3, faults: ['bom'] }, quota: 50 });
  const last = await client.schedule('done-after-eta');
  await seen();
  await control('POST', `${path}/clock/advance`, { by: '1h' });
  await asked(last);
  await control('POST', `${path}/jobs/${held}/release`);
  await asked(held);
  return [...jobs, last];
}
