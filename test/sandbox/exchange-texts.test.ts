import fc from 'fast-check';
import { expect, it } from 'vitest';
import { makeCompressor } from '../../src/sandbox/compressed-text.js';
import { exchangeText } from '../../src/sandbox/facts/exchange-fact.js';
import { ExchangeTexts, FactReader } from '../../src/sandbox/facts/exchange-texts.js';
import { type Exchange, UNSAID } from '../../src/sandbox/journal.js';

const compressor = makeCompressor('');
const JOBS = [
  '4f0c9f0e-11aa-4a9b-9d0e-0f6a7b8c9d0e',
  '99ab9f0e-22bb-4a9b-8d0e-0f6a7b8c9d0f',
  'ї-7',
];

const HEADERS = [
  ...['host', '127.0.0.1', 'authorization', 'Bearer token', 'user-agent', 'mis/1.0 (poller)'],
  ...['accept', 'application/json', 'accept-encoding', 'gzip, deflate'],
].join('\n');

/** A poll as a client sends it again and again, and what may be otherwise in one. */
function poll(job: string | undefined, over: Partial<Exchange>): Exchange {
  const path = job === undefined ? '/jobs' : `/jobs/${job}?full=1`;
  const id = (over.eta ?? 0).toString(16).padStart(8, '0');
  const responseBody = `{"data":{"id":"${job}","status":"PENDING","eta":"${over.eta}"},"meta":{"request":"${id}"}}`;
  return {
    ...UNSAID,
    ...{ seq: 0, at: 1_000, wall: 1_000, startedMono: 7.25, endedAt: 1_000, durationMs: 0.5 },
    ...{ method: 'GET', path, job, status: 200, aborted: false, note: undefined },
    ...{ requestHeaders: HEADERS, requestBody: undefined },
    ...{ responseHeaders: { 'Content-Type': 'application/json' }, responseBody },
    ...over,
  };
}

const often = <T>(usual: T, ...others: T[]) => fc.constantFrom(usual, usual, usual, ...others);
const some = fc
  .record({
    job: often<string | undefined>(JOBS[0], ...JOBS, undefined),
    at: fc.integer({ min: 1_000, max: 1_003 }),
    wall: fc.integer({ min: 1_000, max: 1_001 }),
    startedMono: fc.double({ min: 0, max: 10, noNaN: true }),
    endedAt: often<number | undefined>(1_000, 1_002.5, undefined),
    eta: often<number | undefined>(5_000, 5_001, undefined),
    state: often<string | undefined>('PENDING', 'DONE', undefined),
    status: often(200, 404),
    path: often<string | undefined>(undefined, '/jobs/other'),
    body: often<string | undefined>(undefined, '', '{"data":"щось \\n 😀"}', 'x'.repeat(96)),
    headers: often<object>({ 'Content-Type': 'application/json' }, { Date: 'now' }),
    sent: often<string | undefined>(undefined, '{"a":1}'),
    again: fc.integer({ max: 20 }).map((n) => n === 0),
  })
  .map(({ job, body, path, headers, sent, again, at, wall, endedAt, ...over }) => {
    const times = { at, wall, endedAt, durationMs: endedAt === undefined ? undefined : 0.25 };
    const exchange = poll(job, { ...over, ...times });
    if (body !== undefined) exchange.responseBody = body;
    if (path !== undefined) exchange.path = path;
    exchange.responseHeaders = headers as Exchange['responseHeaders'];
    exchange.requestBody = sent === undefined ? undefined : compressor.keep(sent);
    return { exchange, again };
  });

it('reads every exchange as it was written, from the beginning or from where it was written anew', () => {
  fc.assert(
    fc.property(fc.array(some, { maxLength: 60 }), (all) => {
      const texts = new ExchangeTexts(compressor);
      let reader = new FactReader();
      for (const [i, { exchange, again }] of all.entries()) {
        exchange.seq = i + 1;
        if (again) {
          texts.beginAnew();
          reader = new FactReader();
        }
        const whole = JSON.parse(exchangeText(exchange, compressor));
        expect(reader.read(texts.textOf(exchange))).toEqual(whole);
      }
    }),
    { numRuns: 300 },
  );
});

it('writes a poll in less than half of what it takes whole', () => {
  const texts = new ExchangeTexts(compressor);
  const sizes = Array.from({ length: 100 }, (_, i) => {
    const exchange = poll(JOBS[i % 2], { seq: i + 1, eta: 5_000 + i * 7_919 });
    return [texts.textOf(exchange).length, exchangeText(exchange, compressor).length] as const;
  });
  for (const [size, whole] of sizes.slice(1)) expect(size).toBeLessThan(whole / 2);
});

it('refuses an exchange whose other was not read', () => {
  const texts = new ExchangeTexts(compressor);
  texts.textOf(poll(JOBS[0], { seq: 1 }));
  const text = texts.textOf(poll(JOBS[0], { seq: 2 }));
  expect(() => new FactReader().read(text)).toThrow('exchange 2 is told by 1');
});
