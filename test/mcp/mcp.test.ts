import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { type Agent, openOverHttp, openOverStdio } from './agent.js';

interface Overview {
  url: string;
  job_operations: { id: string }[];
  sessions: { items: { name: string }[] };
}

interface Causes {
  held: boolean;
  causes: number;
  items: { id: string; findings: number }[];
  next?: string;
}

/** Everything that an agent gets may stand in its memory together with much else. */
const SHORT = 12_000;

/** A client that polls again and again, whatever it is told. */
async function pollHastily({ url }: Overview, times: number): Promise<void> {
  const headers = { Authorization: 'Bearer demo', 'api-key': 'demo' };
  const api = `${url}/~hasty/api/patients/composition`;
  const body = await (await fetch(`${url}/__sandbox/examples/createComposition`)).text();
  const json = { ...headers, 'Content-Type': 'application/json' };
  const made = await (await fetch(api, { method: 'POST', headers: json, body })).text();
  const job = /"id":"([^"]+)"/.exec(made)?.[1];
  for (let i = 0; i < times; i += 1) await (await fetch(`${api}/job/${job}`, { headers })).text();
}

describe.each([
  ['over stdin and stdout', (): Promise<Agent> => openOverStdio()],
  ['over HTTP', (): Promise<Agent> => openOverHttp('--', 'node', 'examples/javascript/poller.mjs')],
])('an agent %s', (_, openAgent) => {
  it('finds out what to change in a client, with the exchanges that show it', async () => {
    const { call } = await openAgent();
    const overview = await call<Overview>('sandbox_overview');
    expect(overview.job_operations.map(({ id }) => id)).toContain('createComposition');
    await pollHastily(overview, 30);
    const list = await call<Causes>('list_causes', { session: 'hasty' });
    expect(list).toMatchObject({ held: false, causes: expect.any(Number) });
    expect(list.items[0]).toMatchObject({ id: 'ignores-eta', severity: 'error' });
    const cause = { cause: 'ignores-eta', session: 'hasty' };
    const shown = await call<object>('explain_cause', { ...cause, code: true });
    expect(shown).toMatchObject({
      why: expect.any(String),
      advice: expect.any(String),
      code: { wrong: expect.any(String), right: expect.any(String) },
    });
    expect(shown).toMatchObject({
      evidence: {
        proofs: expect.arrayContaining([
          expect.objectContaining({ request: expect.stringContaining('GET ') }),
        ]),
      },
    });
    expect(JSON.stringify(shown).length).toBeLessThan(SHORT);
  });

  it('reads a session page by page', async () => {
    const { call } = await openAgent();
    await pollHastily(await call<Overview>('sandbox_overview'), 45);
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const asked = {
        session: 'hasty',
        part: 'exchanges',
        limit: 20,
        ...(cursor ? { cursor } : {}),
      };
      const page = await call<{ exchanges: { seq: number }[]; next?: string }>(
        'read_session',
        asked,
      );
      expect(JSON.stringify(page).length).toBeLessThan(SHORT);
      seen.push(...page.exchanges.map(({ seq }) => seq));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(seen).toEqual(Array.from({ length: 46 }, (_, i) => i + 1));
    const jobs = await call('read_session', { session: 'hasty', part: 'jobs' });
    expect(jobs).toMatchObject({ total: 1, items: [{ scenario: 'done-after-eta' }] });
    const one = await call('read_session', { session: 'hasty', part: 'exchange', seq: 2 });
    expect(one).toMatchObject({ seq: 2, method: 'GET', response: { body: expect.any(String) } });
    expect(await call('read_session', { session: 'hasty' })).toMatchObject({
      name: 'hasty',
      holds: { exchanges: 46 },
    });
  });

  it('drafts a scenario, mends it, and plays it to its end', async () => {
    const { call } = await openAgent();
    const draft = {
      name: 'stumbles-once',
      title: 'A 503, then an error',
      about: 'The client asks again, and then shows the error.',
      operations: ['createComposition'],
    };
    const wrong = await call('draft_scenario', { ...draft, steps: [{ state: 'DONEE' }] });
    expect(wrong).toMatchObject({
      errors: 1,
      problems: [
        { code: 'SCENARIO_UNKNOWN_STATE', hint: expect.stringContaining('did you mean DONE?') },
      ],
      words: { apis: [{ states: ['PENDING', 'DONE', 'FAILED'] }] },
    });
    const steps = [
      { state: 'PENDING', for: '2s' },
      { answer: { http: 503 }, for: '1 poll', off_contract: true },
      { state: 'FAILED', error: { code: 1172 } },
    ];
    const { yaml, ...right } = await call<{ yaml: string }>('draft_scenario', { ...draft, steps });
    expect(right).toMatchObject({ errors: 0, name: 'stumbles-once' });
    expect(await call('lint_scenario', { yaml })).toMatchObject({ errors: 0 });
    const played = await call<{ exchanges: { status: number; state?: string }[] }>(
      'play_scenario',
      { yaml },
    );
    expect(played).toMatchObject({ ended: true, causes: [] });
    expect(played.exchanges.map(({ status, state }) => state ?? status)).toContain('FAILED');
    expect(played.exchanges.map(({ status }) => status)).toContain(503);
  });

  it('plays scenarios of the catalogue', async () => {
    const { call } = await openAgent();
    const page = await call<{ total: number; items: { name: string }[]; next: string }>(
      'list_scenarios',
      { query: 'failed', limit: 3 },
    );
    expect(page.items).toHaveLength(3);
    expect(page.total).toBeGreaterThan(3);
    const next = await call<{ items: { name: string }[] }>('list_scenarios', {
      query: 'failed',
      limit: 3,
      cursor: page.next,
    });
    expect(next.items[0]?.name).not.toBe(page.items[0]?.name);
    expect(await call('read_scenario', { name: 'eta-moves' })).toMatchObject({ name: 'eta-moves' });
    for (const scenario of [
      ...['eta-moves', 'empty-reply', 'throttled-429', 'lost-after-pending'],
      ...['retry-after-as-date', 'retry-after-as-epoch'],
    ]) {
      const { causes } = await call<{ causes: string[] }>('play_scenario', { scenario });
      expect([scenario, causes]).toEqual([scenario, []]);
    }
  });

  it('runs a suite against the command that it was started with', async () => {
    const { call } = await openAgent();
    expect(await call('list_suites')).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ name: 'polling-basics' })]),
    });
    const asked = { suite: 'polling-basics', scenarios: ['done-after-eta'], pace: 20 };
    const ran = await call<{ run: string }>('run_suite', asked);
    expect(ran).toMatchObject({ held: true, exit_code: 0, scenarios: 1, red: [], causes: [] });
    expect(await call('list_causes', { run: ran.run })).toMatchObject({ held: true, causes: 0 });
  });

  it('is told what is wrong with a call, with a code', async () => {
    const { call } = await openAgent();
    await expect(call('explain_cause', { cause: 'nothing' })).rejects.toThrow(
      '[USAGE_UNKNOWN_CAUSE]',
    );
    await expect(call('list_causes', { run: 'run-9' })).rejects.toThrow('[USAGE_UNKNOWN_RUN]');
    await expect(call('read_session', { session: 'none' })).rejects.toThrow('[SESSION_');
    await expect(call('play_scenario', { scenario: 'eta-move' })).rejects.toThrow('eta-moves');
  });
});

it('says that no command was given, where there is none', async () => {
  const { call } = await openOverHttp();
  await expect(call('run_suite')).rejects.toThrow('[USAGE_NO_COMMAND]');
});

it('answers no page of somebody else', async () => {
  const { url } = await openOverHttp();
  const { port } = new URL(url);
  const ask = (headers: Record<string, string>) =>
    new Promise<number | undefined>((tell, fail) => {
      request(url, { method: 'POST', headers }, (res) => {
        res.resume();
        tell(res.statusCode);
      })
        .once('error', fail)
        .end('{}');
    });
  expect(await ask({ Origin: 'https://example.org' })).toBe(403);
  expect(await ask({ Host: `rebound.example:${port}` })).toBe(403);
  expect(await ask({ Host: `127.0.0.1:${port}` })).not.toBe(403);
});
