import { describe, expect, it, onTestFinished } from 'vitest';
import { makeMetrics } from '../../src/server/metrics/metrics.js';
import { startServer } from '../../src/server/server.js';
import { makeClient, send } from '../support/client.js';
import { disability } from '../support/conclusions.js';

/** One that has not served anybody yet. */
async function open() {
  const server = await startServer({ port: 0 });
  onTestFinished(() => server.close());
  return server.url;
}

/** Figures by their names and labels. */
async function figures(url: string) {
  const answer = await fetch(`${url}/__sandbox/metrics`);
  const text = await answer.text();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const all = lines.map((line) => line.split(/ (?=[^ ]+$)/) as [string, string]);
  return { type: answer.headers.get('content-type'), all: new Map(all) };
}

describe('figures for Prometheus', () => {
  it('tell of requests, faults, sessions and jobs', async () => {
    const url = await open();
    const client = makeClient(url);
    const before = await figures(url);
    expect(before.type).toBe('text/plain; version=0.0.4; charset=utf-8');
    const job = (await client.create(disability())).json.data.id;
    await client.poll(job);
    await client.poll('11111111-1111-4111-8111-111111111111');
    const { all } = await figures(url);
    expect(all.get('esoz_sandbox_exchanges_total{kind="request",status="200"}')).toBe('2');
    expect(all.get('esoz_sandbox_exchanges_total{kind="request",status="404"}')).toBe('1');
    expect(all.get('esoz_sandbox_request_seconds_count')).toBe('3');
    expect(all.get('esoz_sandbox_jobs')).toBe('1');
    expect(Number(all.get('process_resident_memory_bytes'))).toBeGreaterThan(0);
  });

  it('say what is to be installed where their library is missing', async () => {
    const error = Object.assign(new Error(), { code: 'ERR_MODULE_NOT_FOUND' });
    const metrics = makeMetrics(
      () => [],
      () => Promise.reject(error),
    );
    await expect(metrics.read()).rejects.toMatchObject({
      status: 501,
      code: 'CONTROL_METRICS_MISSING',
    });
  });
});

it('the trace of a request stands in the journal, and is found by it', async () => {
  const url = await open();
  const id = '4bf92f3577b34da6a3ce929d0e0e4736';
  const headers = { traceparent: `00-${id}-00f067aa0ba902b7-01` };
  const client = makeClient(url);
  await client.create(disability(), headers);
  await client.create(disability(), { traceparent: `00-${'0'.repeat(32)}-00f067aa0ba902b7-01` });
  const journal = async (query = '') =>
    (await send('GET', `${url}/__sandbox/sessions/default/journal${query}`, {})).json.exchanges;
  const [first, second] = await journal();
  expect(first.trace).toEqual({ id, parent: '00f067aa0ba902b7' });
  expect(second).not.toHaveProperty('trace');
  expect(await journal(`?trace=${id}`)).toHaveLength(1);
});
