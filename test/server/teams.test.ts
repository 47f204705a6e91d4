import { describe, expect, it, onTestFinished } from 'vitest';
import { parseTeams } from '../../src/formats/teams/parse.js';
import type { ServerOptions } from '../../src/load/server-options.js';
import { FileError } from '../../src/problem.js';
import { startServer } from '../../src/server/server.js';
import { Rate } from '../../src/server/teams/rate.js';
import { makeClient, send } from '../support/client.js';
import { disability } from '../support/conclusions.js';
import { filesWith } from '../support/documents.js';
import { NOON } from '../support/sandbox.js';

const TOKENS: Record<string, string> = {
  payments: 'payments-secret',
  registry: 'registry-secret',
};

/** A server with two teams; `more` are further keys of each. */
async function open(
  more: { payments?: object; registry?: object } = {},
  options: ServerOptions = {},
) {
  const entries = (['payments', 'registry'] as const).map((team) => ({
    team,
    token: TOKENS[team],
    ...more[team],
  }));
  const file = await filesWith({ 'teams.yaml': JSON.stringify({ teams: entries }) });
  const notices: string[] = [];
  const clock = { mode: 'manual' as const, now: Date.parse(NOON) };
  const server = await startServer(
    { port: 0, clock, seed: 7, teams: file, ...options },
    { onNotice: (text) => notices.push(text) },
  );
  let isOpen = true;
  const close = async () => {
    if (isOpen) await server.close();
    isOpen = false;
  };
  onTestFinished(close);
  const team = (name: string, base = `${server.url}/@${name}`) => ({
    base,
    client: makeClient(base),
    control: (method: string, path: string, body?: unknown, token = TOKENS[name]) =>
      send(method, `${base}/__sandbox${path}`, {
        body,
        headers: { Authorization: `Bearer ${token}` },
      }),
  });
  return { server, close, notices, payments: team('payments'), registry: team('registry'), team };
}

describe('teams that share a sandbox', () => {
  it('see their own sessions alone, though they have the same name', async () => {
    const { payments, registry } = await open();
    const job = (await payments.client.create(disability())).json.data.id;
    expect((await registry.client.poll(job)).status).toBe(404);
    expect((await payments.client.poll(job)).status).toBe(200);
    const journal = await payments.control('GET', '/sessions/default/journal');
    expect(journal.json.exchanges).toHaveLength(2);
    const other = await registry.control('GET', '/sessions/default/journal');
    expect(other.json.exchanges).toHaveLength(1);
  });

  it('steer with their own token, and with no other', async () => {
    const { payments, server } = await open();
    expect((await payments.control('GET', '/sessions')).status).toBe(200);
    const foreign = await payments.control('GET', '/sessions', undefined, TOKENS.registry);
    expect(foreign.status).toBe(401);
    expect(foreign.json.error.code).toBe('CONTROL_TOKEN_MISSING');
    expect((await send('GET', `${server.url}/@payments/__sandbox/sessions`, {})).status).toBe(401);
  });

  it('sign in on a page of their own, with a cookie that goes nowhere else', async () => {
    const { payments, server } = await open();
    const page = await fetch(`${payments.base}/__sandbox/`, { headers: { Accept: 'text/html' } });
    expect(page.status).toBe(200);
    const body = { token: TOKENS.payments };
    const signed = await send('POST', `${payments.base}/__sandbox/sign-in`, { body });
    const cookie = signed.headers.get('set-cookie') ?? '';
    expect(cookie).toContain('Path=/@payments/__sandbox;');
    const headers = { Cookie: cookie.split(';')[0] ?? '' };
    const own = await send('GET', `${payments.base}/__sandbox/sessions`, { headers });
    expect(own.status).toBe(200);
    const other = await send('GET', `${server.url}/@registry/__sandbox/sessions`, { headers });
    expect(other.status).toBe(401);
  });

  it('are told addresses by which they came', async () => {
    const { payments, server } = await open();
    const { json } = await payments.client.create(disability());
    expect(JSON.stringify(json)).toContain(`${server.url}/@payments/`);
    const session = await send('POST', `${server.url}/@payments/~mine/patients/composition`, {
      body: disability(),
      headers: { Authorization: 'Bearer x', 'api-key': 'x' },
    });
    expect(JSON.stringify(session.json)).toContain(`${server.url}/@payments/~mine/`);
    const health = await payments.control('GET', '/health');
    expect(health.json.url).toBe(`${server.url}/@payments`);
  });

  it('have clocks, chaos and scenarios of their own', async () => {
    const { payments, registry } = await open();
    await payments.control('POST', '/sessions/default/clock/advance', { by: '2h' });
    await payments.control('PUT', '/sessions/default', {
      chaos: { rate: 1 },
      scenario: 'never-ends',
    });
    const { json } = await registry.control('GET', '/sessions/default');
    expect(json.clock.now).toBe(NOON);
    expect(json.chaos).toBeNull();
    expect(json.scenario).toBeNull();
    const job = (await registry.client.create(disability())).json.data.id;
    expect((await registry.client.poll(job)).status).toBe(200);
  });

  it('lose no session to a neighbour who begins many', async () => {
    const { payments, registry } = await open({ payments: { sessions: 3 } });
    await registry.control('PUT', '/sessions/kept', {});
    for (let i = 0; i < 10; i += 1) await payments.control('PUT', `/sessions/s${i}`, {});
    const { json } = await payments.control('GET', '/sessions');
    expect(json.sessions).toHaveLength(3);
    expect((await registry.control('GET', '/sessions/kept')).status).toBe(200);
  });

  it('keep as many exchanges as each may', async () => {
    const { payments, registry } = await open({ payments: { exchanges: 2 } });
    for (const { client } of [payments, registry]) {
      for (let i = 0; i < 4; i += 1) await client.create(disability());
    }
    const count = async ({ control }: typeof payments) =>
      (await control('GET', '/sessions/default/journal')).json.exchanges.length;
    expect(await count(payments)).toBe(2);
    expect(await count(registry)).toBe(4);
  });

  it('are not slowed down by a flood of a neighbour, which is refused', async () => {
    const { payments, registry } = await open({ payments: { requests_per_second: 5 } });
    const flood = await Promise.all(
      Array.from({ length: 60 }, () => payments.client.create(disability())),
    );
    const refused = flood.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(40);
    expect(refused[0]?.headers.get('retry-after')).toBe('1');
    expect(JSON.stringify(refused[0]?.json)).toContain('TEAM_TOO_MANY_REQUESTS');
    expect((await registry.client.create(disability())).status).toBe(200);
    const { json } = await registry.control('GET', '/sessions/default/journal');
    expect(json.exchanges).toHaveLength(1);
  });

  it('may meet "refused" at a port of their own, while a neighbour goes on', async () => {
    const { server, registry, team } = await open({ payments: { port: await freePort() } });
    const own = server.teams?.find((one) => one.team === 'payments')?.url ?? '';
    const payments = team('payments', own);
    await meetRefused(payments);
    await expect(fetch(`${own}/__sandbox/ready`)).rejects.toMatchObject({
      cause: { code: 'ECONNREFUSED' },
    });
    expect((await registry.client.create(disability())).status).toBe(200);
    expect((await fetch(`${server.url}/__sandbox/ready`)).status).toBe(200);
  });

  it('may meet "refused" at the port of all, and it breaks their own connections alone', async () => {
    const { server, payments, registry } = await open();
    await meetRefused(payments);
    await expect(fetch(`${payments.base}/__sandbox/ready`)).rejects.toThrow();
    expect((await registry.client.create(disability())).status).toBe(200);
    expect((await fetch(`${server.url}/__sandbox/ready`)).status).toBe(200);
  });

  it('lose sessions that nobody has used for long, and the log says so', async () => {
    const { payments, registry, notices } = await open({ payments: { idle: '300ms' } });
    await payments.client.create(disability());
    await registry.client.create(disability());
    await expect
      .poll(() => notices.join(), { timeout: 20_000 })
      .toContain('default of team payments');
    expect((await payments.control('GET', '/sessions')).json.sessions).toHaveLength(0);
    expect(
      (await registry.control('GET', '/sessions/default/journal')).json.exchanges,
    ).toHaveLength(1);
  });

  it('have to be named', async () => {
    const { server } = await open();
    const nobody = await makeClient(server.url).create(disability());
    expect(nobody.status).toBe(404);
    expect(JSON.stringify(nobody.json)).toContain('TEAM_UNKNOWN');
    const unknown = await makeClient(`${server.url}/@paymints`).create(disability());
    expect(JSON.stringify(unknown.json)).toContain('TEAM_UNKNOWN');
  });

  it('are kept apart in a store, too', async () => {
    const folder = (await filesWith({ x: '' })).replace(/x$/, 'store');
    const options = { store: `file:${folder}` };
    const first = await open({}, options);
    const job = (await first.payments.client.create(disability())).json.data.id;
    await first.close();
    const second = await open({}, options);
    expect((await second.payments.client.poll(job)).status).toBe(200);
    expect((await second.registry.client.poll(job)).status).toBe(404);
  });
});

type Opened = Awaited<ReturnType<typeof open>>['payments'];

/** Polls until a connection is refused. */
async function meetRefused({ client, control }: Opened): Promise<void> {
  const headers = { 'X-Sandbox-Scenario': 'refused-connection' };
  const job = (await client.create(disability(), headers)).json.data.id;
  for (;;) {
    try {
      await client.poll(job);
    } catch {
      return;
    }
    await control('POST', '/sessions/default/clock/advance', { by: '1s' });
  }
}

async function freePort(): Promise<number> {
  const probe = await startServer({ port: 0 });
  const port = Number(new URL(probe.url).port);
  await probe.close();
  return port;
}

describe('a file of teams', () => {
  const problems = (text: string) => {
    try {
      parseTeams('teams.yaml', text);
      return [];
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      return error.problems.map(({ code, line, column }) => `${code} ${line}:${column}`);
    }
  };

  it.each([
    ['teams: []', ['TEAMS_EMPTY 1:8']],
    ['team: x', ['TEAMS_MISSING_KEY 1:1', 'TEAMS_UNKNOWN_KEY 1:1']],
    ['- x', ['TEAMS_WRONG_TYPE 1:1']],
    ['teams:\n  - team: a', ['TEAMS_TOKEN 2:5']],
    ['teams:\n  - { team: a, token: short }', ['TEAMS_WRONG_VALUE 2:23']],
    ['teams:\n  - { team: A b, token_from: T }', ['TEAMS_WRONG_VALUE 2:13']],
    [
      'teams:\n  - { team: a, token_from: T }\n  - { team: a, token_from: U }',
      ['TEAMS_TWICE 3:13'],
    ],
    ['teams:\n  - { team: a, token_from: T, idle: soon }', ['TEAMS_WRONG_VALUE 2:37']],
    ['teams:\n  - { team: a, token_from: T, sesions: 3 }', ['TEAMS_UNKNOWN_KEY 2:31']],
  ])('says what is wrong, and where: %j', (text, expected) => {
    expect(problems(text)).toEqual(expected);
  });
});

it('lets so many through in a second, and after a pause not more', () => {
  let now = 0;
  const rate = new Rate(2, () => now);
  const takes = (count: number) => Array.from({ length: count }, () => rate.take());
  expect(takes(3)).toEqual([true, true, false]);
  now += 500;
  expect(takes(2)).toEqual([true, false]);
  now += 60_000;
  expect(takes(3)).toEqual([true, true, false]);
});
