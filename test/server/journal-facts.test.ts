import { describe, expect, it, onTestFinished } from 'vitest';
import { readContent } from '../../src/audit/same-request.js';
import type { ServerOptions } from '../../src/load/server-options.js';
import type { Session } from '../../src/sandbox/session.js';
import { startServer } from '../../src/server/server.js';
import { base64, makeClient } from '../support/client.js';
import { cancellation, disability } from '../support/conclusions.js';
import { eventually } from '../support/eventually.js';
import { NOON, openSandbox } from '../support/sandbox.js';
import { openWire } from '../support/wire.js';

/** What the journal says that the polls of a job were told, with this scenario. */
async function toldBy(scenario: string, polls: number) {
  const { sandbox, client } = await openSandbox({ scenario });
  const { json } = await client.create(disability());
  for (let i = 0; i < polls; i += 1) {
    await client.poll(json.data.id);
    sandbox.clock.advance('3s');
  }
  const [, ...written] = sandbox.journal();
  return written.map(({ status, told }) => told ?? status);
}

describe('the journal tells of a poll what the client was told:', () => {
  it.each([
    ['done-after-two-polls', ['open', 'open', 'done']],
    ['failed-1172', ['open', 'failed']],
    ['unavailable-503', [503, 503, 'open', 'done']],
    ['unknown-status', ['unknown', 'unknown', 'done']],
    ['lower-case-status', ['unknown', 'unknown', 'done']],
    ['done-bare-envelope', ['open', 'done']],
    ['expired-after-done', ['open', 'done', 404]],
    ['job-without-status', [200, 'done']],
  ])('%s', async (scenario, told) => {
    expect(await toldBy(scenario, told.length)).toEqual(told);
  });

  it('failed, where the script says DONE and the change cannot be made', async () => {
    const { sandbox, client } = await openSandbox();
    const { id } = sandbox.seed({ ...disability(), status: 'FINAL' });
    const signature = base64(cancellation(id));
    const jobs = [await client.cancel(id, signature), await client.cancel(id, signature)];
    sandbox.clock.advance('3s');
    for (const { json } of jobs) await client.poll(json.data.id);
    expect(sandbox.journal({ after: 2 }).map(({ told }) => told)).toEqual(['done', 'failed']);
  });

  it('nothing, when there is no such job, or when it is no poll', async () => {
    const { sandbox, client } = await openSandbox();
    await client.create(disability());
    await client.poll('3e1d2c4b-5a69-4788-9c3d-2b1a0f9e8d7c');
    await client.search('subject=7075e0e2-6b57-47fd-aff7-324806efa7e5');
    for (const exchange of sandbox.journal()) expect(exchange).not.toHaveProperty('told');
  });
});

describe('the journal tells', () => {
  it('on the exchange that schedules what the job makes or changes, on no other', async () => {
    const { sandbox, client } = await openSandbox({ scenario: 'immediate-done' });
    const created = await client.create(disability());
    await client.poll(created.json.data.id);
    const { resource } = sandbox.job(created.json.data.id);
    await client.sign(resource, base64(sandbox.resources()[0]?.document));
    await client.sign(resource, 'no signature');
    const resources = sandbox.journal().map((exchange) => exchange.resource);
    expect(resources).toEqual([resource, undefined, resource, undefined]);
  });

  it('of a request that schedules what it asks for, as its text says it', async () => {
    const server = await startServer({ port: 0 });
    onTestFinished(() => server.close());
    const client = makeClient(server.url);
    const body = disability();
    const { json } = await client.create(body);
    await client.create(Object.fromEntries(Object.entries(body).reverse()));
    await client.create({ status: 'wrong' });
    await client.poll(json.data.id);
    const written = server.sandbox.session().journal.read();
    const contents = written.map(({ content }) => content);
    const texts = written.map(({ requestBody }) => requestBody?.plain ?? '');
    expect(contents).toEqual([
      ...texts.slice(0, 3).map((text) => readContent(text, 'application/json')),
      undefined,
    ]);
    const [first, again, wrong] = contents;
    expect(again?.digest).toBe(first?.digest);
    expect(wrong?.digest).not.toBe(first?.digest);
  });

  it('when each answer was sent, by the session’s clock', async () => {
    const { sandbox, client } = await openSandbox();
    await client.create(disability());
    sandbox.clock.advance('2s');
    await client.create(disability());
    expect(sandbox.journal()).toMatchObject([
      { at: NOON, until: NOON },
      { at: '2026-02-02T12:00:02.000Z', until: '2026-02-02T12:00:02.000Z' },
    ]);
  });

  it('that a client has left before its request was whole', async () => {
    const { sandbox } = await openSandbox();
    const wire = await openWire(sandbox.url);
    const head = 'Host: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n';
    wire.write(`POST /api/patients/composition HTTP/1.1\r\n${head}\r\n{"type"`);
    wire.reset();
    await eventually(() => sandbox.journal().length === 1);
    expect(sandbox.journal()).toMatchObject([
      { status: 0, left: true, until: NOON, response: { headers: {}, body: '' } },
    ]);
  });

  it('nothing of faults where there was none', async () => {
    const { sandbox, client } = await openSandbox();
    await client.create(disability());
    const [written] = sandbox.journal();
    for (const key of ['fault', 'left']) expect(written).not.toHaveProperty(key);
  });
});

describe('two requests', () => {
  /** When two polls of a job were open, by the machine's steady clock. */
  async function spans(
    options: ServerOptions,
    poll: (ask: () => Promise<unknown>, session: Session) => Promise<void>,
  ) {
    const server = await startServer({ port: 0, ...options });
    onTestFinished(() => server.close());
    const client = makeClient(server.url);
    const { json } = await client.create(disability());
    const session = server.sandbox.session('default');
    await poll(() => client.poll(json.data.id), session);
    return session.journal
      .read({ after: 1 })
      .map(({ startedMono: began, durationMs: took = Number.NaN }) => ({
        from: began,
        to: began + took,
      }))
      .sort((a, b) => a.from - b.from);
  }

  it('that follow each other do not overlap', async () => {
    const [first, second] = await spans({}, async (ask) => {
      await ask();
      await ask();
    });
    expect(first?.to).toBeLessThanOrEqual(second?.from ?? Number.NaN);
  });

  it('that are open at a time overlap', async () => {
    const slow = { scenario: 'slow-answer', clock: { mode: 'manual' as const } };
    const [, first, second] = await spans(slow, async (ask, session) => {
      await ask();
      const answers = [ask(), ask()];
      await eventually(() => [...session.jobs.all()].every(({ polls }) => polls === 3));
      session.advance(60_000);
      await Promise.all(answers);
    });
    expect(first?.to).toBeGreaterThan(second?.from ?? Number.NaN);
  });
});
