import { createHmac } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SessionControl } from '../../src/index.js';
import { ruleOf } from '../audit/play.js';
import { send } from '../support/client.js';
import { openEvents } from '../support/events.js';
import { eventually } from '../support/eventually.js';
import { openReceiver, type Received } from '../support/receiver.js';
import { openSandbox } from '../support/sandbox.js';

const RENDERS = {
  spec: 'test/fixtures/callbacks/openapi.yaml',
  scenarios: 'test/fixtures/callbacks/scenarios',
  // No receiver here is late because the machine is busy.
  timeouts: { webhook: 60_000 },
};

/** Has something rendered; the answer's JSON. */
async function render(
  session: SessionControl,
  scenario: string,
  {
    callbackUrl,
    notify,
    hook,
    events,
  }: { callbackUrl?: unknown; notify?: string; hook?: string; events?: string[] },
) {
  const query = notify === undefined ? '' : `?notify=${encodeURIComponent(notify)}`;
  const { json } = await send('POST', `${session.url}/renders${query}`, {
    body: { scene: 'forest', callbackUrl, events },
    headers: { 'X-Sandbox-Scenario': scenario, ...(hook ? { 'X-Hook': hook } : {}) },
  });
  return json as { id: string };
}

const webhooksOf = (session: SessionControl) =>
  session.journal().flatMap((one) => (one.webhook ? [{ ...one, webhook: one.webhook }] : []));

const written = (session: SessionControl, count: number) =>
  eventually(() => webhooksOf(session).length === count);

describe('a webhook', () => {
  it('is sent when the job is done, though nobody polls', async () => {
    const { sandbox } = await openSandbox(RENDERS);
    const receiver = await openReceiver();
    const { id } = await render(sandbox, 'render-done', { callbackUrl: receiver.url });
    sandbox.clock.advance('5999ms');
    expect(sandbox.job(id).state).toBe('working');
    expect(receiver.received).toEqual([]);
    sandbox.clock.advance('1ms');
    expect(await sandbox.webhooks()).toMatchObject([{ status: 204, webhook: { attempt: 1 } }]);
    const [{ method, path, json, headers } = {} as Received] = receiver.received;
    expect({ method, path }).toEqual({ method: 'POST', path: '/hook' });
    expect(json).toEqual({
      type: 'render.finished',
      timestamp: '2026-02-02T12:00:06.000Z',
      data: { id, status: 'done' },
    });
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'x-event': 'render.finished',
    });
    sandbox.clock.advance('1d');
    expect(sandbox.jobs()).toHaveLength(1);
    expect(receiver.received).toHaveLength(1);
  });

  it('is sent at its moment by a clock that moves by itself, and nothing waits where nobody asked', async () => {
    const { sandbox } = await openSandbox({ ...RENDERS, clock: { mode: 'paced', pace: 1000 } });
    const receiver = await openReceiver();
    await render(sandbox, 'render-done', {});
    const { id } = await render(sandbox, 'render-done', { callbackUrl: receiver.url });
    await eventually(() => receiver.received.length === 1);
    expect(receiver.received[0]?.json.data).toEqual({ id, status: 'done' });
  });

  it('is signed by Standard Webhooks', async () => {
    const { sandbox } = await openSandbox(RENDERS);
    const receiver = await openReceiver();
    await render(sandbox, 'render-fails', { callbackUrl: receiver.url });
    sandbox.clock.advance('3s');
    await written(sandbox, 1);
    const [{ headers, text } = {} as Received] = receiver.received;
    const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature } = headers;
    const key = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
    const own = createHmac('sha256', key).update(`${id}.${at}.${text}`).digest('base64');
    expect(id).toMatch(/^msg_[0-9a-f]{32}$/);
    // By the machine's clock: a receiver holds it against its own.
    expect(Math.abs(Number(at) - Date.now() / 1000)).toBeLessThan(300);
    expect(signature).toBe(`v1,${own}`);
  });

  it('goes where a callback says, with its method, and says what the report would', async () => {
    const { sandbox } = await openSandbox(RENDERS);
    const receiver = await openReceiver();
    const { id } = await render(sandbox, 'render-done', { notify: receiver.url });
    await written(sandbox, 1);
    sandbox.clock.advance('3s');
    await written(sandbox, 2);
    sandbox.clock.advance('3s');
    await written(sandbox, 3);
    const [{ image } = { image: '' }] = receiver.received.map(({ json }) => json).slice(-1);
    expect(receiver.received.map(({ method, path }) => `${method} ${path}`)).toEqual(
      Array.from({ length: 3 }, () => `PUT /hook?render=${id}`),
    );
    expect(receiver.received.map(({ json }) => json)).toEqual([
      { id, status: 'queued', eta: '2026-02-02T12:00:03.000Z' },
      { id, status: 'working', eta: '2026-02-02T12:00:06.000Z' },
      { id, status: 'done', image },
    ]);
    expect(image).toMatch(/^\/images\/[0-9a-f-]{36}$/);
    expect(receiver.received[0]?.headers['webhook-signature']).toBeUndefined();
  });

  it('tells a client only what it has asked for', async () => {
    const { sandbox } = await openSandbox(RENDERS);
    const [all, some, none] = await Promise.all([openReceiver(), openReceiver(), openReceiver()]);
    await render(sandbox, 'render-done', { hook: all.url });
    await render(sandbox, 'render-done', { hook: some.url, events: ['completed'] });
    await render(sandbox, 'render-done', { hook: none.url, events: ['output'] });
    sandbox.clock.advance('3s');
    sandbox.clock.advance('3s');
    await written(sandbox, 3);
    expect(all.received.map(({ json }) => json.status)).toEqual(['queued', 'done']);
    expect(some.received.map(({ json }) => json.status)).toEqual(['done']);
    expect(none.received).toEqual([]);
  });

  it('tells a change that a poll brings about', async () => {
    const { sandbox } = await openSandbox(RENDERS);
    const receiver = await openReceiver();
    const { id } = await render(sandbox, 'render-by-polls', { callbackUrl: receiver.url });
    await send('GET', `${sandbox.url}/renders/${id}`);
    expect(receiver.received).toEqual([]);
    await send('GET', `${sandbox.url}/renders/${id}`);
    await written(sandbox, 1);
    expect(receiver.received.map(({ json }) => json.type)).toEqual(['render.finished']);
  });
});

it('tells a client that its job was cancelled', async () => {
  const { sandbox } = await openSandbox(RENDERS);
  const receiver = await openReceiver();
  const { id } = await render(sandbox, 'render-done', { hook: receiver.url });
  expect((await send('POST', `${sandbox.url}/renders/${id}/cancel`)).status).toBe(200);
  sandbox.clock.advance('2s');
  await written(sandbox, 2);
  sandbox.clock.advance('1d');
  expect(sandbox.jobs()[0]?.state).toBe('cancelled');
  expect(receiver.received.map(({ json }) => json.status)).toEqual(['queued', 'cancelled']);
});

describe('an attempt that fails', () => {
  it('is followed by others, with the same id and body, until one is taken', async () => {
    const { sandbox } = await openSandbox(RENDERS);
    const receiver = await openReceiver((_, count) => (count < 3 ? 503 : 204));
    await render(sandbox, 'render-fails', { callbackUrl: receiver.url });
    sandbox.clock.advance('3s');
    await written(sandbox, 1);
    sandbox.clock.advance('4999ms');
    expect(sandbox.jobs()).toHaveLength(1);
    sandbox.clock.advance('1ms');
    await written(sandbox, 2);
    sandbox.clock.advance('1min');
    await written(sandbox, 3);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(receiver.received.map(({ text }) => text)).size).toBe(1);
    expect(webhooksOf(sandbox).map(({ status, at, note }) => ({ status, at, note }))).toEqual([
      {
        status: 503,
        at: '2026-02-02T12:00:03.000Z',
        note: 'webhook render.failed; next attempt in 5s',
      },
      {
        status: 503,
        at: '2026-02-02T12:00:08.000Z',
        note: 'webhook render.failed, attempt 2 of 3; next attempt in 1min',
      },
      {
        status: 204,
        at: '2026-02-02T12:01:08.000Z',
        note: 'webhook render.failed, attempt 3 of 3',
      },
    ]);
    expect(ruleOf(sandbox.verdict(), 'webhook-answered')).toMatchObject({
      outcome: 'failed',
      severity: 'warning',
      findings: [
        { message: '2 of 3 webhooks were not taken: the answer was 503; a later attempt was' },
      ],
    });
  });

  it('is the last one when the receiver is gone (410), or there are no more', async () => {
    const { sandbox } = await openSandbox(RENDERS);
    const gone = await openReceiver(() => 410);
    const redirects = await openReceiver(() => ({ status: 307, headers: { Location: gone.url } }));
    await render(sandbox, 'render-fails', { callbackUrl: gone.url });
    await render(sandbox, 'render-fails', { callbackUrl: redirects.url });
    sandbox.clock.advance('3s');
    await written(sandbox, 2);
    sandbox.clock.advance('5s');
    await written(sandbox, 3);
    sandbox.clock.advance('1min');
    await written(sandbox, 4);
    expect(
      webhooksOf(sandbox)
        .map(({ status }) => status)
        .sort(),
    ).toEqual([307, 307, 307, 410]);
    sandbox.clock.advance('1d');
    expect(gone.received).toHaveLength(1);
    expect(redirects.received).toHaveLength(3);
    expect(webhooksOf(sandbox).at(-1)?.note).toBe(
      'webhook render.failed, attempt 3 of 3; no further attempt',
    );
  });

  it('waits as long as the receiver asks for (Retry-After)', async () => {
    const { sandbox } = await openSandbox(RENDERS);
    const receiver = await openReceiver((_, count) =>
      count === 1 ? { status: 503, headers: { 'Retry-After': '30' } } : 204,
    );
    await render(sandbox, 'render-fails', { callbackUrl: receiver.url });
    sandbox.clock.advance('3s');
    await written(sandbox, 1);
    expect(webhooksOf(sandbox)[0]?.note).toBe('webhook render.failed; next attempt in 30s');
    sandbox.clock.advance('30s');
    await written(sandbox, 2);
    expect(receiver.received).toHaveLength(2);
  });

  it('is one that gets no whole answer in time', async () => {
    const { sandbox } = await openSandbox({ ...RENDERS, timeouts: { webhook: 50 } });
    const silent = await openReceiver(() => undefined);
    await render(sandbox, 'render-fails', { callbackUrl: silent.url });
    sandbox.clock.advance('3s');
    await written(sandbox, 1);
    expect(webhooksOf(sandbox)).toMatchObject([
      {
        status: 0,
        webhook: { failed: 'silent' },
        note: 'webhook render.failed; no whole answer came in 50ms; next attempt in 5s',
      },
    ]);
    expect(ruleOf(sandbox.verdict(), 'webhook-answered').findings).toMatchObject([
      { message: '1 of 1 webhook was not taken: there was no whole answer in 5 s' },
    ]);
  });

  it('is one that finds nobody there', async () => {
    const { sandbox } = await openSandbox(RENDERS);
    const away = await openReceiver();
    away.close();
    await render(sandbox, 'render-fails', { callbackUrl: away.url });
    sandbox.clock.advance('3s');
    await written(sandbox, 1);
    expect(webhooksOf(sandbox)).toMatchObject([
      {
        status: 0,
        webhook: { failed: 'unreachable' },
        note: 'webhook render.failed; ECONNREFUSED; next attempt in 5s',
      },
    ]);
    expect(ruleOf(sandbox.verdict(), 'webhook-answered').findings).toMatchObject([
      { message: '1 of 1 webhook was not taken: nobody answered there' },
    ]);
  });
});

describe('a scenario', () => {
  it('sends webhooks late', async () => {
    const { sandbox } = await openSandbox(RENDERS);
    const receiver = await openReceiver();
    await render(sandbox, 'render-late', { callbackUrl: receiver.url });
    sandbox.clock.advance('10999ms');
    expect(sandbox.jobs()[0]?.state).toBe('done');
    sandbox.clock.advance('1ms');
    await written(sandbox, 1);
    expect(webhooksOf(sandbox)[0]?.at).toBe('2026-02-02T12:00:11.000Z');
    expect(receiver.received[0]?.json.timestamp).toBe('2026-02-02T12:00:06.000Z');
  });

  it('sends them twice, as the same one', async () => {
    const { sandbox } = await openSandbox(RENDERS);
    const receiver = await openReceiver();
    await render(sandbox, 'render-twice', { callbackUrl: receiver.url });
    expect(await sandbox.webhooks()).toEqual([]);
    sandbox.clock.advance('6s');
    expect(await sandbox.webhooks()).toHaveLength(2);
    const [one, copy] = receiver.received;
    expect(copy?.headers['webhook-id']).toBe(one?.headers['webhook-id']);
    expect(copy?.text).toBe(one?.text);
    expect(webhooksOf(sandbox).map(({ webhook }) => webhook.copy)).toEqual([1, 2]);
  });

  it('sends the last one first', async () => {
    const { sandbox } = await openSandbox(RENDERS);
    const receiver = await openReceiver();
    await render(sandbox, 'render-reversed', { notify: receiver.url });
    sandbox.clock.advance('3s');
    expect(receiver.received).toEqual([]);
    sandbox.clock.advance('3s');
    await written(sandbox, 3);
    expect(receiver.received.map(({ json }) => json.status)).toEqual(['done', 'working', 'queued']);
  });

  it('sends them before the answer that tells of the job', async () => {
    const { sandbox } = await openSandbox(RENDERS);
    const order: string[] = [];
    const receiver = await openReceiver(({ json }) => {
      order.push(`webhook ${json.data.status}`);
      return 204;
    });
    const { id } = await render(sandbox, 'render-at-once', { callbackUrl: receiver.url });
    order.push('answer');
    expect(order).toEqual(['webhook done', 'answer']);
    expect(receiver.received[0]?.json.data.id).toBe(id);
    const [first, second] = sandbox.journal();
    expect([first?.webhook?.event, second?.operation]).toEqual(['render.finished', 'startRender']);
  });

  describe('whose receiver is slow', () => {
    /** It answers its first webhook when it is told to; what it does stands in `log`. */
    const slowReceiver = async () => {
      const log: string[] = [];
      let release = () => {};
      const released = new Promise<void>((go) => {
        release = go;
      });
      const receiver = await openReceiver(async ({ json }, count) => {
        log.push(`${json.status} comes`);
        if (count === 1) await released;
        log.push(`${json.status} is answered`);
        return 204;
      });
      return { ...receiver, log, release };
    };

    it('delays no later news, as with most senders', async () => {
      const { sandbox } = await openSandbox(RENDERS);
      const { url, log, release } = await slowReceiver();
      await render(sandbox, 'render-done', { notify: url });
      await eventually(() => log.length === 1);
      sandbox.clock.advance('6s');
      await eventually(() => log.includes('done is answered'));
      expect(log[1]).toMatch(/comes/);
      expect(log).not.toContain('queued is answered');
      release();
      expect((await sandbox.webhooks()).map(({ status }) => status)).toContain(204);
    });

    it('delays it where the binding says that it keeps an order', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'in-order-'));
      onTestFinished(() => rm(folder, { recursive: true }));
      const binding = join(folder, 'binding.yaml');
      const text = await readFile('test/fixtures/callbacks/binding.yaml', 'utf8');
      await writeFile(binding, text.replace(/(renderProgress\n.*\n)/, '$1    in_order: true\n'));
      const { sandbox } = await openSandbox({ ...RENDERS, binding });
      const { url, log, release } = await slowReceiver();
      await render(sandbox, 'render-done', { notify: url });
      await eventually(() => log.length === 1);
      sandbox.clock.advance('6s');
      release();
      await eventually(() => log.includes('done is answered'));
      expect(log.slice(0, 2)).toEqual(['queued comes', 'queued is answered']);
    });

    it('gets what is due at one moment in its order, one after the other', async () => {
      const { sandbox } = await openSandbox(RENDERS);
      const { url, log, release } = await slowReceiver();
      release();
      await render(sandbox, 'render-reversed', { notify: url });
      sandbox.clock.advance('1h');
      await eventually(() => log.length === 6);
      expect(log.filter((_, i) => i % 2 === 0)).toEqual([
        'done comes',
        'working comes',
        'queued comes',
      ]);
      expect(log[1]).toBe('done is answered');
    });
  });

  it('loses them', async () => {
    const { sandbox } = await openSandbox(RENDERS);
    const receiver = await openReceiver();
    await render(sandbox, 'render-lost', { callbackUrl: receiver.url });
    sandbox.clock.advance('6s');
    await written(sandbox, 1);
    sandbox.clock.advance('1d');
    expect(receiver.received).toEqual([]);
    expect(webhooksOf(sandbox)[0]).toMatchObject({
      status: 0,
      webhook: { made: 'lost' },
      note: 'webhook render.finished; it is lost, as the scenario says',
    });
  });

  it('sends one with a wrong signature before each', async () => {
    const { sandbox } = await openSandbox(RENDERS);
    const receiver = await openReceiver();
    await render(sandbox, 'render-forged', { callbackUrl: receiver.url });
    sandbox.clock.advance('6s');
    await written(sandbox, 2);
    const [forged, genuine] = receiver.received;
    expect(forged?.text).toBe(genuine?.text);
    expect(forged?.headers['webhook-id']).not.toBe(genuine?.headers['webhook-id']);
    expect(webhooksOf(sandbox).map(({ webhook }) => webhook.made)).toEqual(['forged', undefined]);
  });
});

describe('where a webhook may go', () => {
  it.each([
    'http://192.0.2.7:9000/hook',
    'https://webhooks.invalid/hook',
  ])('is this machine alone: %s', async (callbackUrl) => {
    const { sandbox } = await openSandbox(RENDERS);
    const { id } = await render(sandbox, 'render-fails', { callbackUrl });
    expect(id).toBeDefined();
    sandbox.clock.advance('3s');
    await written(sandbox, 1);
    expect(webhooksOf(sandbox)[0]?.status).toBe(0);
    const { webhook, note, path } = webhooksOf(sandbox)[0] ?? {};
    expect(path).toBe(callbackUrl);
    // A name that nobody knows is looked up, and leads nowhere.
    const known = callbackUrl.includes('192.0.2.7');
    expect(webhook?.failed).toBe(known ? 'refused' : 'unreachable');
    if (known) {
      expect(note).toBe(
        "webhook render.failed; 192.0.2.7:9000 is none of this machine's addresses; --webhooks 192.0.2.7 lets it through; no further attempt",
      );
      // It is the sandbox that has kept it back.
      expect(ruleOf(sandbox.verdict(), 'webhook-answered').outcome).toBe('not exercised');
    }
  });

  it('may be another host that is allowed', async () => {
    const { sandbox } = await openSandbox({
      ...RENDERS,
      webhooks: ['192.0.2.7'],
      timeouts: { webhook: 20 },
    });
    await render(sandbox, 'render-fails', { callbackUrl: 'http://192.0.2.7:9000/hook' });
    sandbox.clock.advance('3s');
    await written(sandbox, 1);
    expect(webhooksOf(sandbox)[0]?.webhook.failed).not.toBe('refused');
  });

  it('is no host when it is a URL', async () => {
    await expect(openSandbox({ webhooks: ['http://a.example/'] })).rejects.toMatchObject({
      code: 'USAGE_WRONG_OPTION',
    });
  });

  it.each([
    'receiver',
    'ftp://127.0.0.1/hook',
    'mailto:a@b.example',
  ])('is said in the journal when it is none: %s', async (callbackUrl) => {
    const { sandbox } = await openSandbox(RENDERS);
    await render(sandbox, 'render-fails', { callbackUrl });
    sandbox.clock.advance('3s');
    const [{ note } = { note: '' }] = sandbox.journal();
    expect(note).toContain(`no webhook is sent: "${callbackUrl}" is no http or https URL`);
    expect(webhooksOf(sandbox)).toEqual([]);
  });
});

it('stands in the journal as what it is, and is no request of the client', async () => {
  const { sandbox } = await openSandbox(RENDERS);
  const receiver = await openReceiver();
  const url = `${receiver.url}?access_token=0123456789`;
  const { id } = await render(sandbox, 'render-fails', { callbackUrl: url });
  sandbox.clock.advance('3s');
  await written(sandbox, 1);
  const [one] = webhooksOf(sandbox);
  expect(one).toMatchObject({
    method: 'POST',
    job: id,
    scenario: 'render-fails',
    state: 'failed',
    told: 'failed',
    status: 204,
    webhook: { event: 'render.failed', attempt: 1, copy: 1, signed: true },
  });
  expect(one?.path).toBe(`${receiver.url}?access_token=0123… (10 characters)`);
  expect(JSON.parse(one?.request.body ?? '')).toMatchObject({ type: 'render.failed' });
  expect(one?.request.headers).toHaveProperty('webhook-signature');
  expect(sandbox.verdict().exchanges).toBe(1);
  const { json } = await send('GET', `${sandbox.url}/__sandbox/sessions/default/journal?job=${id}`);
  expect(
    json.exchanges.map(({ webhook }: { webhook?: { event: string } }) => webhook?.event),
  ).toEqual([undefined, 'render.failed']);
});

it('is an event of its own for who watches the session', async () => {
  const { sandbox } = await openSandbox(RENDERS);
  const receiver = await openReceiver();
  const stream = await openEvents(`${sandbox.url}/__sandbox/sessions/default/events?after=0`);
  const { id } = await render(sandbox, 'render-fails', { callbackUrl: receiver.url });
  sandbox.clock.advance('3s');
  const [first, second] = await stream.take(2);
  expect([first?.event, second?.event]).toEqual(['exchange', 'delivery']);
  expect(second?.data).toMatchObject({ job: id, webhook: { event: 'render.failed' }, status: 204 });
});

it('is not sent any more once its session has been deleted', async () => {
  const { sandbox } = await openSandbox(RENDERS);
  const receiver = await openReceiver();
  const session = sandbox.session('other');
  await render(session, 'render-fails', { callbackUrl: receiver.url });
  session.reset();
  await render(sandbox, 'render-fails', { callbackUrl: receiver.url });
  sandbox.clock.advance('3s');
  await written(sandbox, 1);
  expect(receiver.received).toHaveLength(1);
});
