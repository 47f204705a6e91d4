import { createConnection } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { createByWire, HEAD, lines, play, playJob, pollByWire } from '../support/life.js';
import { NOON } from '../support/sandbox.js';
import { openWire } from '../support/wire.js';

const at = (seconds: number) => new Date(Date.parse(NOON) + seconds * 1000).toISOString();
const DATE = `Date: ${new Date(NOON).toUTCString()}`;
const TYPE = 'Content-Type: application/json; charset=utf-8';

/** A job whose next poll meets the fault; answers carry no request id, so that bytes can be written down. */
const playFault = (fault: string, more = '') =>
  playJob(
    `{ state: PENDING, for: 1 poll, eta: 3s from start }, { answer: { fault: ${fault} }, for: 1 poll, eta: 3s from start${more} }`,
    { envelope: 'data' },
  );

type Played = Awaited<ReturnType<typeof playFault>>;

/** The body of a PENDING answer. */
const pending = ({ job }: Played, eta: string | undefined = `"eta":"${at(3)}",`) =>
  `{"data":{"id":"${job}","status":"PENDING",${eta}"links":[{"entity":"eHealth/resources"}]}}`;

/** What the wire shows of the second poll, the one that meets the fault. */
async function strike(played: Played) {
  await played.client.poll(played.job);
  return pollByWire(played);
}

const head = (...headers: string[]) => lines('HTTP/1.1 200 OK', ...headers);
const honest = (body: string) =>
  head(TYPE, DATE, 'Connection: close', `Content-Length: ${body.length}`);

describe('a fault of the wire', () => {
  it('reset: not a byte, then a reset', async () => {
    const wire = await strike(await playFault('reset'));
    expect([await wire.whole(), await wire.failure()]).toEqual(['', 'ECONNRESET']);
  });

  it('empty-reply: not a byte, then a close in peace', async () => {
    const wire = await strike(await playFault('empty-reply'));
    expect([await wire.whole(), await wire.failure()]).toEqual(['', undefined]);
  });

  it('hang: not a byte, and no end', async () => {
    const played = await playFault('hang');
    const wire = await strike(played);
    played.sandbox.clock.advance('365d');
    await played.client.poll(played.job); // whatever was sent by now has come
    expect(wire.soFar()).toBe('');
    played.sandbox.reset();
    expect(await wire.whole()).toBe('');
  });

  it('reset-after-headers: the whole head, then a reset', async () => {
    const played = await playFault('reset-after-headers');
    const wire = await strike(played);
    expect(await wire.whole()).toBe(honest(pending(played)));
    expect(await wire.failure()).toBe('ECONNRESET');
  });

  it.each([
    ['truncated-body', (body: string) => Math.floor(body.length / 2)],
    ['truncated-body, bytes: 20', () => 20],
    ['truncated-body, bytes: 0', () => 0],
    ['truncated-body, bytes: 99999', (body: string) => body.length],
  ])('%s: the head with the full length, a part of the body, then a close', async (fault, part) => {
    const played = await playFault(fault);
    const wire = await strike(played);
    const body = pending(played);
    expect(await wire.whole()).toBe(honest(body) + body.slice(0, part(body)));
    expect(await wire.failure()).toBeUndefined();
  });

  it.each([
    ['chunked-cut-off, bytes: 20', '14\r\n'],
    ['chunked-cut-off, bytes: 0', ''],
  ])('%s: a chunk, and not the one that ends a body', async (fault, size) => {
    const played = await playFault(fault);
    const wire = await strike(played);
    const chunk = size && `${size}${pending(played).slice(0, 20)}\r\n`;
    const chunked = head(TYPE, DATE, 'Connection: close', 'Transfer-Encoding: chunked');
    expect(await wire.whole()).toBe(chunked + chunk);
    expect(await wire.failure()).toBeUndefined();
  });

  it.each([
    ['wrong-content-length', -10],
    ['wrong-content-length, off_by: 7', 7],
    ['wrong-content-length, off_by: -9999', -9999],
  ])('%s: the whole body behind another length', async (fault, offBy) => {
    const played = await playFault(fault);
    const wire = await strike(played);
    const body = pending(played);
    const said = `Content-Length: ${Math.max(0, body.length + offBy)}`;
    expect(await wire.whole()).toBe(head(TYPE, DATE, 'Connection: close', said) + body);
  });

  it('broken-gzip: the head of a gzip file, and no block that could be unpacked', async () => {
    const played = await playFault('broken-gzip');
    const wire = await strike(played);
    const whole = await wire.whole();
    const end = whole.indexOf('\r\n\r\n') + 4;
    const packed = Buffer.from(whole.slice(end), 'latin1');
    expect(whole.slice(0, end)).toBe(
      head(
        TYPE,
        DATE,
        'Connection: close',
        'Content-Encoding: gzip',
        `Content-Length: ${packed.length}`,
      ),
    );
    // Magic, method, no flags, no time, no extra flags, made on Unix; then a block of no kind.
    expect(packed.subarray(0, 11).toString('hex')).toBe('1f8b080000000000000307');
    expect(() => gunzipSync(packed)).toThrow('invalid block type');
  });

  it('huge-body: white space up to the size, then the body', async () => {
    const played = await playFault('huge-body, bytes: 3000000');
    const wire = await strike(played);
    const body = pending(played);
    const whole = await wire.whole();
    const start = head(TYPE, DATE, 'Connection: close', 'Content-Length: 3000000');
    expect(whole.length).toBe(start.length + 3_000_000);
    expect(whole.startsWith(`${start}          `)).toBe(true);
    expect(whole.slice(start.length).trimStart()).toBe(body);
  });

  it('interim: a 103, then the answer as ever', async () => {
    const played = await playFault('interim');
    const wire = await strike(played);
    const body = pending(played);
    const early = lines('HTTP/1.1 103 Early Hints', 'Link: </>; rel=preconnect');
    const answer = await wire.until(body);
    expect(answer).toBe(
      early +
        head(
          TYPE,
          DATE,
          `Content-Length: ${body.length}`,
          `X-Request-ID: ${/X-Request-ID: ([0-9a-f-]{36})\r/.exec(answer)?.[1]}`,
          'Connection: keep-alive',
          'Keep-Alive: timeout=75',
        ) +
        body,
    );
  });
});

describe('a slow answer', () => {
  it('slow-headers: the head at its rate by the session’s clock, the body at once behind it', async () => {
    const played = await playFault('slow-headers, bytes_per_second: 10');
    const wire = await strike(played);
    const body = pending(played);
    const all = honest(body);
    const seen: string[] = [];
    for (const _ of [1, 2, 3]) {
      played.sandbox.clock.advance('1s');
      seen.push(await wire.until(all.slice(0, seen.length * 10 + 10)));
    }
    expect(seen).toEqual([all.slice(0, 10), all.slice(0, 20), all.slice(0, 30)]);
    expect(played.sandbox.journal({ status: 200 })).toHaveLength(2);
    played.sandbox.clock.advance('1h');
    expect(await wire.whole()).toBe(all + body);
  });

  it('slow-body: the head at once, the body at its rate', async () => {
    const played = await playFault('slow-body, bytes_per_second: 10');
    const wire = await strike(played);
    const body = pending(played);
    const start = honest(body);
    expect(await wire.until(start)).toBe(start);
    played.sandbox.clock.advance('2s');
    expect(await wire.until(start + body.slice(0, 20))).toBe(start + body.slice(0, 20));
    played.sandbox.clock.advance('1h');
    expect(await wire.whole()).toBe(start + body);
    const [, written] = played.journal();
    expect(written).toMatchObject({ fault: 'slow-body', status: 200, told: 'open', eta: at(3) });
    expect(written).toMatchObject({ at: at(0), until: at(3602) });
  });

  it('takes its time by a real clock, and less by a paced one', async () => {
    // Without its pace the second would outlast this test by far.
    for (const clock of [{ mode: 'real' as const }, { mode: 'paced' as const, pace: 1000 }]) {
      const rate = clock.mode === 'real' ? 1000 : 1;
      const { client, job, journal } = await playJob(
        `{ answer: { fault: slow-body, bytes_per_second: ${rate} }, for: 1 poll }`,
        { clock, envelope: 'data' },
      );
      expect((await client.poll(job)).json.data.status).toBe('PENDING');
      expect(journal()[0]?.took).toBeGreaterThanOrEqual(140);
    }
  });

  it('is left alone when the client leaves, and whole at once when the session ends', async () => {
    const played = await playFault('slow-body');
    const wire = await strike(played);
    await wire.until('\r\n\r\n');
    wire.reset();
    await eventually(() => played.journal().length === 2);
    expect(played.journal()[1]).toMatchObject({ status: 0, left: true });
    expect(played.journal()[1]).not.toHaveProperty('told');
    const other = await playFault('slow-body');
    const second = await strike(other);
    await second.until('\r\n\r\n');
    other.sandbox.reset();
    expect(await second.whole()).toContain(pending(other));
  });
});

describe('a server that is down for a while', () => {
  /** Whether somebody listens there. */
  const knock = (url: string) =>
    new Promise<string>((done) => {
      const socket = createConnection(Number(new URL(url).port), '127.0.0.1');
      socket.on('connect', () => {
        socket.destroy();
        done('open');
      });
      socket.on('error', ({ code }: NodeJS.ErrnoException) => done(`${code}`));
    });

  it('breaks the connection, then refuses others until its time is over', async () => {
    const played = await playFault('refused, closed: 10s');
    const wire = await strike(played);
    expect([await wire.whole(), await wire.failure()]).toEqual(['', 'ECONNRESET']);
    expect(await knock(played.sandbox.url)).toBe('ECONNREFUSED');
    played.sandbox.clock.advance('9999ms');
    expect(await knock(played.sandbox.url)).toBe('ECONNREFUSED');
    played.sandbox.clock.advance('1ms');
    await eventually(async () => (await knock(played.sandbox.url)) === 'open');
    expect((await played.client.poll(played.job)).json.data.status).toBe('DONE');
    expect(played.journal().map(({ status, fault }) => fault ?? status)).toEqual([
      200,
      'refused',
      200,
    ]);
  });

  it('ends the connections of its session that are kept alive, and no others', async () => {
    const played = await playFault('refused, closed: 10s');
    const { sandbox, job } = played;
    await played.client.poll(job);
    const own = await openWire(sandbox.url);
    const other = await openWire(sandbox.url);
    const ask = (session: string) =>
      lines(`GET /~${session}/api/patients/composition/job/${job} HTTP/1.1`, ...HEAD);
    own.write(ask('default'));
    other.write(ask('other'));
    await other.until('not_found');
    expect(await own.whole()).toBe('');
    other.write(ask('other'));
    await eventually(() => other.soFar().split('not_found').length === 3);
  });

  it('listens again by the machine’s time when nobody can move its manual clock', async () => {
    const played = await playFault('refused, closed: 50ms');
    await strike(played);
    await eventually(async () => (await knock(played.sandbox.url)) === 'open');
    expect(played.sandbox.clock.now().toISOString()).toBe(NOON);
  });

  it('can close while it is shut', async () => {
    const played = await playFault('refused, closed: 10s');
    await (await strike(played)).whole();
    await played.sandbox.close();
    expect(await knock(played.sandbox.url)).toBe('ECONNREFUSED');
  });
});

describe('a fault of what is said', () => {
  /** The body and the headers of the answer that meets the fault. */
  async function said(fault: string, more = '') {
    const played = await playFault(fault, `, off_contract: true${more}`);
    const wire = await strike(played);
    await eventually(() => played.journal().length === 2);
    const [headers = '', body = ''] = (await wire.until('\r\n\r\n')).split('\r\n\r\n');
    const [, written] = played.journal();
    return { played, headers: headers.split('\r\n'), body, written, plain: pending(played) };
  }
  const utf8 = (body: string) => Buffer.from(body, 'latin1').toString();

  it.each([
    ['gateway-html', '502 Bad Gateway'],
    ['gateway-html, http: 500', '500 Internal Server Error'],
    ['gateway-html, http: 503', '503 Service Temporarily Unavailable'],
    ['gateway-html, http: 504', '504 Gateway Time-out'],
  ])('%s: a page of the server in front', async (fault, title) => {
    const { headers, body } = await said(fault);
    expect(headers[0]).toMatch(new RegExp(`^HTTP/1.1 ${title.slice(0, 3)} `));
    expect(headers).toContain('Content-Type: text/html');
    expect(body).toBe(
      `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`,
    );
  });

  it.each([
    ['redirect', 303],
    ['redirect, http: 307', 307],
  ])('%s: to the job itself, and the client that follows sees its next step', async (fault, status) => {
    const { headers, body, played } = await said(fault);
    const url = `http://localhost/api/patients/composition/job/${played.job}`;
    expect(headers[0]).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(headers).toContain(`Location: ${url}`);
    expect(body).toBe('');
    expect((await played.client.poll(played.job)).json.data.status).toBe('DONE');
  });

  it('wrong-content-type: JSON that is said to be HTML', async () => {
    const { headers, body, plain } = await said('wrong-content-type');
    expect(headers).toContain('Content-Type: text/html; charset=utf-8');
    expect(headers.filter((line) => /^content-type/i.test(line))).toHaveLength(1);
    expect(body).toBe(plain);
  });

  it('malformed-json: all but the last brace, with the length of that', async () => {
    const { headers, body, plain } = await said('malformed-json');
    expect(body).toBe(plain.slice(0, -1));
    expect(headers).toContain(`Content-Length: ${plain.length - 1}`);
  });

  it('breaks-contract: the state is a number', async () => {
    const { body, plain, written } = await said('breaks-contract');
    expect(body).toBe(plain.replace('"PENDING"', '7'));
    expect(written).not.toHaveProperty('told');
  });

  it('duplicate-keys: the state stands twice, first as null', async () => {
    const { body, plain, written } = await said('duplicate-keys');
    expect(body).toBe(plain.replace('"status"', '"status":null,"status"'));
    expect(JSON.parse(body)).toEqual(JSON.parse(plain));
    expect(written).toMatchObject({ told: 'open' });
    expect(written).not.toHaveProperty('eta');
  });

  it('bom: three bytes before the body', async () => {
    const { headers, body, plain } = await said('bom');
    expect(body).toBe(`\xef\xbb\xbf${plain}`);
    expect(headers).toContain(`Content-Length: ${plain.length + 3}`);
    expect(utf8(body)).toBe(`\uFEFF${plain}`);
  });

  it.each([
    ['clock-skew', 3600],
    ['clock-skew, skew: -5min', -300],
  ])('%s: a Date that is not the session’s, and an eta that is', async (fault, ahead) => {
    const { headers, body, plain } = await said(fault);
    const dates = headers.filter((line) => line.startsWith('Date:'));
    expect(dates).toEqual([`Date: ${new Date(at(ahead)).toUTCString()}`]);
    expect(body).toBe(plain);
  });

  it.each([
    ['eta-without-zone', '"eta":"2026-02-02T12:00:03.000",', undefined],
    ['eta-local', '"eta":"2026-02-02T14:00:03.000+02:00",', at(3)],
    ['eta-epoch', `"eta":${Date.parse(at(3)) / 1000},`, undefined],
    ['eta-missing', '', undefined],
    ['eta-null', '"eta":null,', undefined],
  ])('%s: the body holds %s', async (fault, eta, told) => {
    const { body, played, written } = await said(fault);
    expect(body).toBe(pending(played, eta));
    expect(written?.told).toBe('open');
    expect(written?.eta).toBe(told);
  });

  it('eta-local: goes by summer time in summer', async () => {
    const summer = '2026-07-01T21:30:00.000Z';
    const clock = { mode: 'manual' as const, now: Date.parse(summer) };
    const { client, job } = await playJob(
      '{ answer: { fault: eta-local }, eta: 0s, for: 1 poll }',
      {
        clock,
      },
    );
    expect((await client.poll(job)).json.data.eta).toBe('2026-07-02T00:30:00.000+03:00');
  });
});

describe('what a fault damages', () => {
  it('is the state that the job is in, whatever it is', async () => {
    const played = await playJob(
      '{ state: FAILED, error: { code: 1172 }, for: 1 poll }, { answer: { fault: truncated-body, bytes: 90 }, for: 1 poll }',
      { envelope: 'data' },
    );
    await played.client.poll(played.job);
    expect(await (await pollByWire(played)).whole()).toContain(
      `"id":"${played.job}","status":"FAILED"`,
    );
    expect(played.journal()[1]).toMatchObject({ state: 'FAILED', fault: 'truncated-body' });
    expect(played.journal()[1]).not.toHaveProperty('told');
  });

  it('is PENDING before any state has been named', async () => {
    const played = await playJob('{ answer: { fault: interim }, for: 1 poll }');
    expect((await played.client.poll(played.job)).json.data.status).toBe('PENDING');
  });

  it('is the answer that is written beside it', async () => {
    const played = await playJob(
      '{ answer: { fault: truncated-body, http: 404, body: "gone for good", bytes: 4 }, off_contract: true, for: 1 poll }',
    );
    const whole = await (await pollByWire(played)).whole();
    expect(whole).toMatch(/^HTTP\/1.1 404 Not Found\r\n/);
    expect(whole).toMatch(/Content-Length: 13\r\n\r\ngone$/);
  });

  it('can be a refusal of the request that schedules, and then no job is made', async () => {
    const { sandbox } = await play(
      'refuse: { fault: truncated-body, http: 503, body: "busy", bytes: 1 }\noff_contract: true',
    );
    const wire = await createByWire(sandbox.url);
    expect(await wire.whole()).toMatch(/^HTTP\/1.1 503 .*\r\n\r\nb$/s);
    expect(sandbox.jobs()).toEqual([]);
    expect(sandbox.journal()).toMatchObject([{ status: 503, fault: 'truncated-body' }]);
  });

  it('comes later with a delay', async () => {
    const played = await playFault('truncated-body', ', delay: 5s');
    const wire = await strike(played);
    expect(wire.soFar()).toBe('');
    played.sandbox.clock.advance('5s');
    expect(await wire.whole()).toContain('"id"');
  });

  it('waits for answers before it on the same connection', async () => {
    const played = await playJob(
      '{ state: PENDING, for: 1 poll, delay: 5s }, { answer: { fault: truncated-body, bytes: 4 }, for: 1 poll }',
    );
    const wire = await openWire(played.sandbox.url);
    const ask = lines(`GET /api/patients/composition/job/${played.job} HTTP/1.1`, ...HEAD);
    wire.write(ask + ask);
    await eventually(() => played.sandbox.job(played.job).polls === 2);
    expect(wire.soFar()).toBe('');
    played.sandbox.clock.advance('5s');
    expect(await wire.whole()).toMatch(/^HTTP\/1.1 200 OK.*"PENDING".*HTTP\/1.1 200 OK.*\{"da$/s);
  });
});
