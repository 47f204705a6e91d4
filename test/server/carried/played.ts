import { onTestFinished } from 'vitest';
import type { ServerOptions } from '../../../src/load/server-options.js';
import type { Limits } from '../../../src/sandbox/setup.js';
import { startServer } from '../../../src/server/server.js';
import { makeClient, send } from '../../support/client.js';
import { disability } from '../../support/conclusions.js';
import { makeOauthClient } from '../../support/oauth.js';
import { NOON } from '../../support/sandbox.js';

/** A sandbox with a manual clock and a seed, its control API, and a client of one of its sessions. */
export async function openServer(limits: Partial<Limits> = {}, options: ServerOptions = {}) {
  const clock = { mode: 'manual' as const, now: Date.parse(NOON) };
  const server = await startServer({ port: 0, clock, seed: 7, limits, ...options });
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
  for (const scenario of [
    'done-after-two-polls',
    'failed-1001',
    'done-after-eta',
    'token-expires',
  ]) {
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

/** Tokens that the sandbox has handed out, and credentials of its client, in every place. @returns all of them */
export async function playWithCredentials(
  { url, control }: Awaited<ReturnType<typeof openServer>>,
  session: string,
): Promise<string[]> {
  const base = `${url}/~${session}`;
  await control('PUT', `/sessions/${session}`, {});
  const { json: world } = await control('GET', `/sessions/${session}/world`);
  const oauth = makeOauthClient({ url: base, world: () => world });
  const code = await oauth.code();
  const tokens = (await oauth.redeem(code)).json.data;
  const refresh = tokens.details.refresh_token;
  const next = (await oauth.refresh(refresh)).json.data;
  const own = {
    'X-Api-Key': '3f6c1d1e-77aa-4b59-9d1b-0a1b2c3d4e5f',
    Cookie: 'sid=Zm9vYmFyYmF6cXV1eA; theme=dark',
    'X-Shared-Secret': 'p4ss with a blank & more',
    'X-Custom-PSK': 'psk-9d1b0a1b2c',
  };
  const basic = Buffer.from('doctor:c0rrect-horse').toString('base64');
  const bodies = { password: 'c0rrect-horse', nested: [{ apiKey: 'AK1A99887766' }], text: 'plain' };
  const asks = (path: string, headers: Record<string, string>, body?: unknown) =>
    send(body === undefined ? 'GET' : 'POST', base + path, { headers, body });
  const job = (
    await asks(
      '/api/patients/composition',
      { ...oauth.credentials(next.value), ...own },
      disability(),
    )
  ).json?.data?.id;
  for (const token of [tokens.value, next.value]) {
    await asks(
      `/api/patients/composition/job/${job}?access_token=${token}`,
      oauth.credentials(token),
    );
  }
  await asks('/oauth/tokens', { Authorization: `Basic ${basic}` }, bodies);
  await asks('/oauth/user?api_key=q%2FuEry-s3cret', { Authorization: `Bearer ${next.value}` });
  await oauth.logout(next.value);
  const { Cookie: _, ...others } = own;
  return [
    ...[code, tokens.value, refresh, next.value, basic, ...Object.values(others)],
    ...['Zm9vYmFyYmF6cXV1eA', 'c0rrect-horse', 'AK1A99887766', 'q%2FuEry-s3cret'],
  ];
}
