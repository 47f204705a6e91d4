import { setImmediate } from 'node:timers/promises';
import * as oidc from 'openid-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SessionControl } from '../../src/index.js';
import { broken, reproaches, ruleOf } from '../audit/play.js';
import { openSandbox } from '../support/sandbox.js';

const DEVICE = {
  spec: 'test/fixtures/device-flow/openapi.yaml',
  scenarios: 'test/fixtures/device-flow/scenarios',
};

const SECOND = 1000;

/**
 * Lets openid-client play the flow as it is. Its waits are those of a manual clock: while it waits, and no request is
 * on its way, both its timers and the session move on by a second.
 */
async function authorize(session: SessionControl, scenario: string) {
  let onTheWay = 0;
  let over = false;
  const server = { issuer: session.url, token_endpoint: `${session.url}/token` };
  const config = new oidc.Configuration(
    { ...server, device_authorization_endpoint: `${session.url}/device_authorization` },
    'tv',
    undefined,
    oidc.None(),
  );
  oidc.allowInsecureRequests(config);
  config[oidc.customFetch] = async (url, { headers, ...init }) => {
    onTheWay += 1;
    try {
      const named = { ...headers, 'X-Sandbox-Scenario': scenario };
      const answer = await fetch(url, { ...init, headers: named } as RequestInit);
      const { status } = answer;
      return new Response(await answer.text(), { status, headers: answer.headers });
    } finally {
      onTheWay -= 1;
    }
  };
  const flow = async () => {
    const device = await oidc.initiateDeviceAuthorization(config, { scope: 'openid email' });
    return oidc.pollDeviceAuthorizationGrant(config, device);
  };
  const ended = flow()
    .then((tokens) => ({ tokens, error: undefined }))
    .catch(({ error }: { error?: string }) => ({ tokens: undefined, error }))
    .finally(() => {
      over = true;
    });
  while (!over) {
    await setImmediate();
    if (onTheWay > 0 || over) continue;
    session.clock.advance(SECOND);
    await vi.advanceTimersByTimeAsync(SECOND);
  }
  return ended;
}

/** When each request came, in seconds from the first on. */
function seconds(session: SessionControl): number[] {
  const journal = session.journal();
  const first = Date.parse(journal[0]?.at ?? '');
  return journal.map(({ at }) => (Date.parse(at) - first) / SECOND);
}

describe('the device flow of OAuth 2.0, played by openid-client', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('ends with a token, and each poll is a POST that names the job in its form', async () => {
    const { sandbox } = await openSandbox(DEVICE);
    const { tokens } = await authorize(sandbox, 'approved');
    const [job] = sandbox.jobs();
    expect(tokens).toMatchObject({ access_token: `at-${job?.id}`, scope: 'openid email' });
    expect(job).toMatchObject({ state: 'approved', polls: 2 });
    expect(sandbox.journal().map(({ method, path, job: named }) => [method, path, named])).toEqual([
      ['POST', '/device_authorization', job?.id],
      ['POST', '/token', job?.id],
      ['POST', '/token', job?.id],
    ]);
    expect(seconds(sandbox)).toEqual([0, 5, 10]);
    const verdict = sandbox.verdict();
    expect(reproaches(verdict)).toEqual([]);
    expect(ruleOf(verdict, 'reaches-the-end').outcome).toBe('passed');
    expect(ruleOf(verdict, 'retry-after-honoured').outcome).toBe('passed');
  });

  it('goes on at slow_down, five seconds slower from then on', async () => {
    const { sandbox } = await openSandbox(DEVICE);
    const { tokens } = await authorize(sandbox, 'slow-down');
    expect(tokens?.token_type).toBe('bearer');
    expect(seconds(sandbox)).toEqual([0, 5, 10, 20, 30]);
    const verdict = sandbox.verdict();
    expect(reproaches(verdict)).toEqual([]);
    expect(ruleOf(verdict, 'retry-after-honoured').outcome).toBe('passed');
  });

  it.each([
    ['denied', 'access_denied'],
    ['expired', 'expired_token'],
  ])('stops where the job has failed: %s', async (scenario, error) => {
    const { sandbox } = await openSandbox(DEVICE);
    expect((await authorize(sandbox, scenario)).error).toBe(error);
    expect(sandbox.journal().at(-1)).toMatchObject({ status: 400, state: error });
    expect(reproaches(sandbox.verdict())).toEqual([]);
  });
});

describe('a client of the device flow', () => {
  const open = async (scenario: string) => {
    const { sandbox } = await openSandbox(DEVICE);
    const post = async (path: string, form: Record<string, string>) => {
      const headers = { 'X-Sandbox-Scenario': scenario };
      const body = new URLSearchParams(form);
      const answer = await fetch(sandbox.url + path, { method: 'POST', headers, body });
      const json = (await answer.json()) as { error?: string; device_code: string };
      return { status: answer.status, json };
    };
    const { json } = await post('/device_authorization', { client_id: 'tv' });
    const token = (device_code: string) => post('/token', { grant_type: 'x', device_code });
    return { sandbox, json, token };
  };

  it('is found where slow_down makes it no slower', async () => {
    const { sandbox, json, token } = await open('slow-down');
    for (let i = 0; i < 4; i += 1) {
      sandbox.clock.advance('5s');
      await token(json.device_code);
    }
    expect(broken(sandbox.verdict())).toEqual(['retry-after-honoured']);
  });

  it('is found where it polls on after the end, and for a code that nobody has given', async () => {
    const { sandbox, json, token } = await open('denied');
    const told: unknown[] = [];
    for (let i = 0; i < 4; i += 1) {
      sandbox.clock.advance('5s');
      told.push((await token(json.device_code)).json.error);
    }
    expect(told).toEqual(['authorization_pending', ...Array(3).fill('access_denied')]);
    expect(await token('nobody')).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
    const found = broken(sandbox.verdict());
    expect(found).toContain('stops-when-final');
    expect(found).toContain('only-known-jobs');
  });
});
