import { createHttpPoller } from '@azure/core-lro';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type SessionControl, startSandbox } from '../../src/index.js';
import { broken, reproaches, ruleOf } from '../audit/play.js';
import { type Answered, send } from '../support/client.js';
import { openSandbox } from '../support/sandbox.js';
import { sendRaw } from '../support/wire.js';

const EXPORTS = {
  spec: 'test/fixtures/long-running/openapi.yaml',
  scenarios: 'test/fixtures/long-running/scenarios',
};

const start = (session: SessionControl, scenario: string) =>
  send('POST', `${session.url}/v1/exports`, {
    body: { format: 'ndjson' },
    headers: { 'X-Sandbox-Scenario': scenario },
  });

/** Where a header leads to, as a client resolves it (RFC 9110 §10.2.2). */
function follow(from: string, { headers }: Pick<Answered, 'headers'>): string {
  return new URL(headers.get('location') ?? '', from).href;
}

/** Asks once, and follows no redirect by itself. */
async function ask(url: string) {
  const answer = await fetch(url, { redirect: 'manual' });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

/** A client that knows nothing but HTTP: Location says where, Retry-After says when. */
async function run(session: SessionControl, scenario: string, heeds = 1) {
  const url = `${session.url}/v1/exports`;
  let answer: Pick<Answered, 'status' | 'headers' | 'text'> = await start(session, scenario);
  const monitor = follow(url, answer);
  const seen = [answer.status];
  while (answer.status === 202) {
    session.clock.advance(Number(answer.headers.get('retry-after')) * 1000 * heeds);
    answer = await ask(monitor);
    seen.push(answer.status);
  }
  if (answer.status !== 303) return { seen, text: answer.text };
  const result = await ask(follow(monitor, answer));
  return { seen: [...seen, result.status], text: result.text };
}

describe('an API of the long-running pattern of HTTP', () => {
  it('answers 202 without a body: Location says where to ask, Retry-After when', async () => {
    const { sandbox } = await openSandbox(EXPORTS);
    const { status, headers, text } = await start(sandbox, 'export-done');
    expect({ status, text }).toEqual({ status: 202, text: '' });
    expect(headers.get('location')).toMatch(
      new RegExp(`^${sandbox.url}/v1/monitors/[0-9A-Za-z]{21}$`),
    );
    expect(headers.get('retry-after')).toBe('3');
    expect(headers.get('content-type')).toBeNull();
  });

  it('answers 202 while it runs, then 303 to the result', async () => {
    const { sandbox } = await openSandbox(EXPORTS);
    const started = await start(sandbox, 'export-done');
    const monitor = follow(sandbox.url, started);
    const running = await ask(monitor);
    expect({ status: running.status, text: running.text }).toEqual({ status: 202, text: '' });
    expect(running.headers.get('x-progress')).toBe('running');
    expect(running.headers.get('retry-after')).toBe('3');
    await ask(monitor);
    const done = await ask(monitor);
    expect({ status: done.status, text: done.text }).toEqual({ status: 303, text: '' });
    const [{ id } = { id: '' }] = sandbox.jobs().map(({ resource }) => ({ id: resource }));
    expect(done.headers.get('location')).toBe(`/v1/exports/${id}`);
    expect(JSON.parse((await ask(follow(monitor, done))).text)).toEqual({ rows: 12 });
  });

  it('keeps a client in its session, wherever the headers lead it', async () => {
    const { sandbox } = await openSandbox(EXPORTS);
    const session = sandbox.session('worker-3');
    const { seen, text } = await run(session, 'export-done');
    expect(seen).toEqual([202, 202, 202, 303, 200]);
    expect(JSON.parse(text)).toEqual({ rows: 12 });
    expect(session.journal()).toHaveLength(5);
    expect(sandbox.journal()).toEqual([]);
  });

  it('leads a client back to the host that it knows the sandbox by', async () => {
    const { sandbox } = await openSandbox(EXPORTS);
    const post = (host: string) =>
      sendRaw(
        sandbox.url,
        `POST /~a/v1/exports HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n{"format":"csv"}`,
      );
    expect(await post('sandbox.test:80')).toMatch(
      /^Location: http:\/\/sandbox\.test:80\/~a\/v1\/monitors\/\w{21}\r$/m,
    );
    expect(await post('a b"<')).toMatch(
      new RegExp(`^Location: ${sandbox.url}/~a/v1/monitors/\\w{21}\r$`, 'm'),
    );
  });

  it('tells a failure by a status or by a body, as the shape says', async () => {
    const { sandbox } = await openSandbox(EXPORTS);
    const byStatus = await run(sandbox, 'export-fails');
    expect(byStatus.seen).toEqual([202, 500]);
    expect(JSON.parse(byStatus.text)).toEqual({
      error: { code: 'DISK_FULL', message: 'There is no room for the export' },
    });
    const byBody = await run(sandbox, 'export-fails-in-body');
    expect(byBody.seen).toEqual([202, 200]);
    expect(JSON.parse(byBody.text)).toEqual({
      status: 'failed',
      error: { code: 'UNKNOWN', message: 'The export has failed' },
    });
    expect(sandbox.jobs().map(({ state }) => state)).toEqual(['failed', 'failed']);
  });

  it('tells no eta, so the journal has none', async () => {
    const { sandbox } = await openSandbox(EXPORTS);
    await run(sandbox, 'export-done');
    expect(sandbox.journal().filter((e) => e.eta !== undefined && e.eta !== null)).toEqual([]);
  });

  it('plays without any scenario file, too', async () => {
    const { sandbox } = await openSandbox({ spec: EXPORTS.spec });
    const started = await send('POST', `${sandbox.url}/v1/exports`, { body: { format: 'csv' } });
    const monitor = follow(sandbox.url, started);
    expect((await ask(monitor)).headers.get('retry-after')).toBe('3');
    sandbox.clock.advance('3s');
    expect((await ask(monitor)).status).toBe(303);
  });
});

describe('the auditor of that API', () => {
  it.each([
    'export-done',
    'export-fails',
    'export-fails-in-body',
  ])('has nothing to say of a client that does what the headers say: %s', async (scenario) => {
    const { sandbox } = await openSandbox(EXPORTS);
    await run(sandbox, scenario);
    const verdict = sandbox.verdict();
    expect(reproaches(verdict)).toEqual([]);
    expect(ruleOf(verdict, 'retry-after-honoured').outcome).toBe('passed');
    expect(ruleOf(verdict, 'eta-respected').outcome).toBe('not exercised');
  });

  it('finds a client that comes back too early, the first time too', async () => {
    const { sandbox } = await openSandbox(EXPORTS);
    await run(sandbox, 'export-done', 0.5);
    const verdict = sandbox.verdict();
    expect(broken(verdict)).toEqual(['retry-after-honoured']);
    expect(ruleOf(verdict, 'retry-after-honoured').findings[0]?.message).toBe(
      '3 of 3 did not wait for Retry-After: the next request came up to 1.5 s too early',
    );
  });

  it('finds a client that never follows the redirect', async () => {
    const { sandbox } = await openSandbox(EXPORTS);
    const monitor = follow(sandbox.url, await start(sandbox, 'export-fails'));
    sandbox.clock.advance('3s');
    await ask(monitor);
    expect(broken(sandbox.verdict())).toEqual([]);
    const other = sandbox.session('other');
    const second = follow(other.url, await start(other, 'export-done'));
    for (let i = 0; i < 3; i += 1) {
      other.clock.advance('3s');
      await ask(second);
    }
    const verdict = other.verdict();
    expect(broken(verdict)).toEqual(['reads-the-result']);
    expect(ruleOf(verdict, 'reads-the-result').findings[0]?.message).toBe(
      'the job was done and its result was never read',
    );
  });
});

describe('the poller of the Azure SDK for JavaScript', () => {
  const fetched = async (url: string, init: RequestInit = {}) => {
    const answer = await fetch(url, init);
    const text = await answer.text();
    const body = text === '' ? undefined : JSON.parse(text);
    return {
      flatResponse: body,
      rawResponse: {
        statusCode: answer.status,
        headers: Object.fromEntries(answer.headers),
        body,
        request: { method: init.method ?? 'GET', url },
      },
    };
  };

  it('polls it as it is, gets the result, and comes too early only once', async () => {
    const clock = { mode: 'paced' as const, pace: 10 };
    const sandbox = await startSandbox({ ...EXPORTS, clock, scenario: 'export-done' });
    onTestFinished(() => sandbox.close());
    const url = `${sandbox.url}/v1/exports`;
    const headers = { 'Content-Type': 'application/json' };
    const body = JSON.stringify({ format: 'csv' });
    const poller = createHttpPoller<unknown, { status: 'running' | 'succeeded' }>(
      {
        sendInitialRequest: () => fetched(url, { method: 'POST', headers, body }),
        sendPollRequest: (path) => fetched(path),
      },
      { intervalInMs: 1000 },
    );
    expect(await poller.pollUntilDone()).toEqual({ rows: 12 });
    const verdict = sandbox.verdict();
    expect(verdict.jobs[0]?.polls.map(({ status }) => status)).toEqual([202, 202, 303]);
    // It polls at once, whatever Retry-After of the first answer says, and heeds all later ones.
    expect(broken(verdict)).toEqual(['retry-after-honoured']);
    expect(ruleOf(verdict, 'retry-after-honoured').findings[0]?.message).toMatch(/^1 of 3 /);
    expect(ruleOf(verdict, 'reads-the-result').outcome).toBe('passed');
  });
});
