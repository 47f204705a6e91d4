import { connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startServer } from '../../src/server/server.js';
import { CREDENTIALS, makeClient, send } from '../support/client.js';
import { disability } from '../support/conclusions.js';
import { openEvents } from '../support/events.js';
import { eventually } from '../support/eventually.js';

const NOBODY = '00000000-0000-4000-8000-00000000dead';
const EVENTS = '/__sandbox/sessions/default/events';

async function world() {
  const server = await startServer({ port: 0, scenario: 'slow' });
  onTestFinished(() => server.close());
  const client = makeClient(server.url);
  const session = server.sandbox.session();
  /** A watcher that never reads. */
  const stall = async (query = ''): Promise<Socket> => {
    const { port } = new URL(server.url);
    const socket = connect(Number(port), '127.0.0.1');
    onTestFinished(() => {
      socket.destroy();
    });
    socket.on('error', () => {});
    socket.pause();
    socket.write(`GET ${EVENTS}${query} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    await eventually(() => session.busy);
    return socket;
  };
  return { server, client, session, stall };
}

describe('those who watch a session', () => {
  it('all get every event, which is written down once', async () => {
    const { server, client, session } = await world();
    const unpack = vi.spyOn(session.setup.compressor, 'read');
    const watchers = await Promise.all(
      Array.from({ length: 20 }, () => openEvents(server.url + EVENTS)),
    );
    for (let i = 0; i < 5; i += 1) await client.create(disability());
    for (const watcher of watchers) {
      expect((await watcher.take(5)).map(({ id }) => id)).toEqual(['1', '2', '3', '4', '5']);
    }
    expect(unpack).toHaveBeenCalledTimes(5);
  });

  it('are cut off when they do not read, and resume by the last id', async () => {
    const { server, client, session, stall } = await world();
    await stall();
    // 15 KiB of query make events that fill whatever the system holds for the one that does not read.
    const path = `${server.url}/api/patients/composition/job/${NOBODY}?${'a'.repeat(15_000)}`;
    let last = 0;
    while (session.busy) {
      expect((await send('GET', path, { headers: CREDENTIALS })).status).toBe(404);
      last += 1;
      if (last > 5000) throw new Error('the watcher is still there');
    }
    await client.poll(NOBODY);
    const back = await openEvents(server.url + EVENTS, { 'Last-Event-ID': String(last - 1) });
    expect((await back.take(2)).map(({ id }) => id)).toEqual([String(last), String(last + 1)]);
  });

  it('and come late are given what they have missed no faster than they read', async () => {
    const { server, client, session, stall } = await world();
    await client.poll(NOBODY);
    const [entry] = session.journal.read();
    if (!entry) throw new Error('the journal is empty');
    let shown = 0;
    for (let i = 1; i < 2000; i += 1) {
      const copy = { ...entry, responseBody: 'x'.repeat(16_000) };
      Object.defineProperty(copy, 'method', {
        get: () => {
          shown += 1;
          return 'GET';
        },
      });
      session.journal.add(copy);
    }
    const late = await stall('?after=0');
    await eventually(() => shown > 100);
    for (let i = 0; i < 20; i += 1) await client.poll(NOBODY);
    expect(shown).toBeLessThan(1500);
    const ids: number[] = [];
    let rest = '';
    late.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line.startsWith('id: ')) ids.push(Number(line.slice(4)));
    });
    late.resume();
    await eventually(() => ids.length >= 2020);
    expect(ids).toEqual(Array.from({ length: 2020 }, (_, i) => i + 1));
    await send('GET', `${server.url}/api/x`);
    await eventually(() => ids.length === 2021);
  });
});
