import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SessionEvent } from '../../src/sandbox/session.js';
import { startServer } from '../../src/server/server.js';
import { CREDENTIALS, makeClient, send } from '../support/client.js';
import { run, serve, until } from '../support/command.js';
import { disability } from '../support/conclusions.js';
import { callControl } from '../support/control.js';
import { openEvents } from '../support/events.js';
import { eventually } from '../support/eventually.js';
import { openSandbox } from '../support/sandbox.js';

const NOBODY = '00000000-0000-4000-8000-00000000dead';

describe('one session too many', () => {
  /** A server for three sessions, and what it tells of those that give way. */
  async function small() {
    const evicted: string[] = [];
    const onEvent = ({ name }: { name: string }, { kind }: SessionEvent) => {
      if (kind === 'evicted') evicted.push(name);
    };
    const options = { port: 0, limits: { sessions: 3 } };
    const server = await startServer(options, { onEvent });
    onTestFinished(() => server.close());
    const poll = (name: string) => makeClient(`${server.url}/~${name}`).poll(NOBODY);
    const names = () => [...server.sandbox.sessions()].map(({ name }) => name);
    return { server, poll, names, evicted };
  }

  it('takes the place of the one that has not been used for the longest', async () => {
    const { poll, names, evicted } = await small();
    for (const name of ['a', 'b', 'c', 'a']) await poll(name);
    expect((await poll('d')).status).toBe(404);
    expect(names()).toEqual(['a', 'c', 'd']);
    await poll('e');
    expect(names()).toEqual(['a', 'd', 'e']);
    expect(evicted).toEqual(['b', 'c']);
  });

  it('counts reading by the control API as use, and settings as no reason to stay', async () => {
    const { server, poll, names } = await small();
    const body = { scenario: 'slow', clock: { mode: 'manual' } };
    for (const name of ['a', 'b']) {
      await callControl(server.url, 'PUT', `/sessions/${name}`, { body });
    }
    await poll('c');
    await callControl(server.url, 'GET', '/sessions/a/verdict');
    await poll('d');
    expect(names()).toEqual(['a', 'c', 'd']);
  });

  it('never takes the place of one with a watcher, a held answer, or half a request', async () => {
    const { server, poll, names } = await small();
    await callControl(server.url, 'PUT', '/sessions/default');
    await openEvents(`${server.url}/__sandbox/sessions/default/events`);
    const body = { scenario: 'slow-answer', clock: { mode: 'manual' } };
    await callControl(server.url, 'PUT', '/sessions/held', { body });
    const client = makeClient(`${server.url}/~held`);
    const { json } = await client.create(disability());
    await client.poll(json.data.id);
    const leave = new AbortController();
    const held = client.poll(json.data.id, leave.signal).catch(() => undefined);
    await eventually(() => server.sandbox.find('held')?.busy === true);
    const { port } = new URL(server.url);
    const half = connect(Number(port), '127.0.0.1');
    onTestFinished(() => {
      half.destroy();
    });
    half.write(
      'POST /~half/api/patients/composition HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{',
    );
    await eventually(() => server.sandbox.find('half')?.busy === true);
    const refused = await poll('another');
    expect(refused.status).toBe(429);
    expect(refused.json.error.message).toContain('each has an open request or a watcher');
    expect(names()).toEqual(['default', 'held', 'half']);
    half.destroy();
    await eventually(() => server.sandbox.find('half')?.busy === false);
    expect((await poll('another')).status).toBe(404);
    expect(names()).toEqual(['default', 'held', 'another']);
    leave.abort();
    await held;
  });

  it('is for a test what the first one was, after as many as there may be that were named once', async () => {
    const { sandbox } = await openSandbox({ limits: { sessions: 20 } });
    for (let i = 0; i < 30; i += 1) {
      await send('GET', `${sandbox.url}/~x${i}/api/wrong`);
    }
    const client = makeClient(sandbox.session('mine').url);
    expect((await client.create(disability())).status).toBe(200);
    expect(sandbox.session('mine').jobs()).toHaveLength(1);
  });

  it('is told of by serve', async () => {
    const { url, text } = await serve('--keep-sessions', '1', '--json');
    for (const name of ['a', 'b']) await makeClient(`${url}/~${name}`).poll(NOBODY);
    const told = 'session a, not used for the longest, gives way to a new one (1 so far)';
    await until(() => text().includes(told), text);
  });
});

describe('reading by the control API', () => {
  it('begins no session, and names the nearest one', async () => {
    const { sandbox } = await openSandbox();
    await send('GET', `${sandbox.url}/~checkout-7/api/x`);
    const verdict = await callControl(sandbox.url, 'GET', '/sessions/chekcout-7/verdict');
    expect(verdict.status).toBe(404);
    expect(verdict.json.error.message).toContain('did you mean checkout-7?');
    const { json } = await callControl(sandbox.url, 'GET', '/sessions');
    expect(json.sessions.map(({ name }: { name: string }) => name)).toEqual(['checkout-7']);
  });

  it('finds default at any time', async () => {
    const { sandbox } = await openSandbox();
    for (const path of ['', '/clock', '/jobs', '/journal', '/verdict', '/resources']) {
      const { status } = await callControl(sandbox.url, 'GET', `/sessions/default${path}`);
      expect(status, path).toBe(200);
    }
  });

  it('of events waits until the session begins, in any way', async () => {
    const { sandbox } = await openSandbox();
    const early = await openEvents(`${sandbox.url}/__sandbox/sessions/later/events?after=0`);
    expect(early.status).toBe(200);
    expect((await callControl(sandbox.url, 'GET', '/sessions/later')).status).toBe(404);
    await send('GET', `${sandbox.url}/api/x`, { headers: { 'X-Sandbox-Session': 'later' } });
    expect((await early.take(1)).map(({ data }) => data.path)).toEqual(['/api/x']);
  });

  it('of events that wait for ever ends with the server', async () => {
    const server = await startServer({ port: 0 });
    const early = await openEvents(`${server.url}/__sandbox/sessions/never/events`);
    await server.close();
    expect(await early.next()).toBeUndefined();
  });
});

describe('esoz-sandbox verdict', () => {
  it('of a session that does not exist exits 3, with the nearest name', async () => {
    const { url } = await serve();
    await makeClient(`${url}/~checkout-7`).poll(NOBODY);
    const { code, err } = await run('verdict', `${url}/~chekout-7`);
    expect(code).toBe(3);
    expect(err).toContain('did you mean checkout-7?');
  });

  it('exits 2 when only requests for wrong paths have come', async () => {
    const { url } = await serve();
    for (let i = 0; i < 3; i += 1) {
      await send('GET', `${url}/api/v9/nothing`, { headers: CREDENTIALS });
    }
    const { code, err } = await run('verdict', url);
    expect(code).toBe(2);
    expect(err).toContain('3 requests have come');
  });
});
