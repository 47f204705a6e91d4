import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../src/audit/evidence.js';
import { judge } from '../../src/audit/judge.js';
import type { Exchange } from '../../src/sandbox/journal.js';
import { done, evidence, failed, poll, read, submission } from '../support/evidence.js';
import { ruleOf } from './play.js';

const ORDER = { patient: 'p-1', items: [{ code: 'A', count: 2 }], urgent: false };
const JSON_TYPE = 'Content-Type\napplication/json';

/** A request with a body; one that is not a text is sent as JSON. */
const request = (job: string, body: unknown, more: Partial<Exchange> = {}): Exchange =>
  submission(job, {
    requestHeaders: JSON_TYPE,
    requestBody: {
      plain: typeof body === 'string' ? body : JSON.stringify(body),
      compressed: undefined,
    },
    ...more,
  });
const lost: Partial<Exchange> = { status: 0, fault: 'reset' };
const refused = (status: number): Partial<Exchange> => ({
  status,
  job: undefined,
  resource: undefined,
});
const without = (status: number): Partial<Exchange> => ({
  status,
  state: undefined,
  reportedOutcome: undefined,
});

function judged(exchanges: readonly Exchange[], more: Partial<Evidence> = {}) {
  const { tested, findings } = ruleOf(judge(evidence(exchanges, more)), 'no-duplicate-submission');
  return { tested, said: findings.map(({ severity, message }) => `${severity}: ${message}`) };
}

const LOST =
  'error: the request was sent again although its first answer was lost, so that a job may be there';
const ANEW = LOST.replace('request', 'request, built anew with other ids or moments,');
const OPEN = 'error: the same request was sent again while job a was open';
const AFTER = (status: number | string) =>
  `error: the same request was sent again after the answer to a poll was ${status}, although job a may be there`;

/** What a client does, and what the rule says of it. */
const JOURNALS: [what: string, exchanges: Exchange[], said: string[]][] = [
  [
    'sends the same bytes while the job is open, and forgets the first job',
    [
      request('a', ORDER),
      poll('a', { at: 10 }),
      request('b', ORDER, { at: 20 }),
      poll('b', { at: 30, ...done }),
    ],
    [OPEN],
  ],
  [
    'sends the same value in another order, with other white space and escapes',
    [
      request('a', '{"patient":"p-1","note":"é"}'),
      request('b', '{ "note": "\\u00e9",\n "patient": "p-1" }', { at: 20 }),
      poll('b', { at: 30, ...done }),
    ],
    [OPEN],
  ],
  [
    'sends another value',
    [
      request('a', ORDER),
      request('b', { ...ORDER, urgent: true }, { at: 20 }),
      poll('b', { at: 30, ...done }),
    ],
    [],
  ],
  [
    'sends a form whose fields come in another order: by bytes it is another',
    [
      request('a', 'a=1&b=2', {
        requestHeaders: 'Content-Type\napplication/x-www-form-urlencoded',
      }),
      request('b', 'b=2&a=1', {
        at: 20,
        requestHeaders: 'Content-Type\napplication/x-www-form-urlencoded',
      }),
    ],
    [],
  ],
  [
    'sends the same to another path',
    [request('a', ORDER), request('b', ORDER, { at: 20, path: '/api/others' })],
    [],
  ],
  [
    'sends the same again when the first job is done, or has failed',
    [
      request('a', ORDER),
      poll('a', { at: 10, ...done }),
      request('b', ORDER, { at: 20 }),
      poll('b', { at: 30, ...failed }),
      request('c', ORDER, { at: 40 }),
      poll('c', { at: 50, ...done }),
    ],
    [],
  ],
  [
    'sends the same again after a lost answer',
    [request('a', ORDER, lost), request('b', ORDER, { at: 500 }), poll('b', { at: 600, ...done })],
    [LOST],
  ],
  [
    'builds the request anew after a lost answer, with another request id, timestamp and attempt',
    [
      request(
        'a',
        { ...ORDER, requestId: 'r-1', timestamp: '2026-02-02T12:00:00Z', attempt: 1 },
        lost,
      ),
      request(
        'b',
        { attempt: 2, ...ORDER, requestId: 'r-2', timestamp: '2026-02-02T12:00:09Z' },
        { at: 500 },
      ),
    ],
    [ANEW],
  ],
  [
    'builds it anew, with an own id and a moment of now under a name of its own',
    [
      request(
        'a',
        { ...ORDER, id: '11111111-1111-4111-8111-111111111111', made: '2026-02-02T12:00:00.000Z' },
        lost,
      ),
      request(
        'b',
        { ...ORDER, id: '22222222-2222-4222-8222-222222222222', made: '2026-02-02T12:00:05.010Z' },
        { at: 5000 },
      ),
    ],
    [ANEW],
  ],
  [
    'builds a wrapped document anew: base64 of JSON',
    [
      request(
        'a',
        { signed_data: btoa(JSON.stringify({ ...ORDER, issued: 1_770_033_600 })) },
        lost,
      ),
      request(
        'b',
        { signed_data: btoa(JSON.stringify({ ...ORDER, issued: 1_770_033_605 })) },
        { at: 5000 },
      ),
    ],
    [ANEW],
  ],
  [
    'sends a request about another patient after a lost one',
    [
      request('a', { ...ORDER, patient: { id: '11111111-1111-4111-8111-111111111111' } }, lost),
      request(
        'b',
        { ...ORDER, patient: { id: '22222222-2222-4222-8222-222222222222' } },
        { at: 500 },
      ),
    ],
    [],
  ],
  [
    'asks for the report of another day after a lost one',
    [
      request('a', { report: 'daily', from: '2026-02-01T00:00:00Z' }, lost),
      request('b', { report: 'daily', from: '2026-02-02T00:00:00Z' }, { at: 500 }),
    ],
    [],
  ],
  [
    'looks whether the lost request has worked, finds nothing, and sends it again',
    [
      request('a', ORDER, lost),
      read('/api/things?patient=p-1', { at: 100, responseBody: '[]' }),
      request('b', ORDER, { at: 500 }),
    ],
    [],
  ],
  [
    'looks, finds what the lost request has made, and sends it again all the same',
    [
      request('a', ORDER, lost),
      read('/api/things?patient=p-1', { at: 100, responseBody: '[{"id": "thing-of-a"}]' }),
      request('b', ORDER, { at: 500 }),
    ],
    [LOST],
  ],
  [
    'sends the same again because it could not read the first answer',
    [
      request('a', ORDER, { fault: 'malformed-json' }),
      request('b', ORDER, { at: 500 }),
      poll('b', { at: 600, ...done }),
    ],
    [
      'error: the request was sent again although its first answer was only not readable, so that a job is there',
    ],
  ],
  [
    'sends the same again after three 404',
    [
      request('a', ORDER),
      ...[10, 20, 30].map((at) => poll('a', { at, ...without(404) })),
      request('b', ORDER, { at: 40 }),
      poll('b', { at: 50, ...done }),
    ],
    [AFTER(404)],
  ],
  [
    'builds the request anew after a 404',
    [
      request('a', { ...ORDER, request_id: 1 }),
      poll('a', { at: 10, ...without(404) }),
      request('b', { ...ORDER, request_id: 2 }, { at: 40 }),
      poll('b', { at: 50, ...done }),
    ],
    [AFTER(404).replace('request', 'request, built anew with other ids or moments,')],
  ],
  [
    'takes a new token after the 401 of a poll, and begins anew with it',
    [
      request('a', ORDER),
      poll('a', { at: 10, ...without(401) }),
      request('b', ORDER, { at: 40, requestHeaders: `${JSON_TYPE}\nAuthorization\nBearer 2` }),
      poll('b', { at: 50, ...done }),
    ],
    [AFTER(401)],
  ],
  [
    'begins anew after a 503 of a poll',
    [
      request('a', ORDER),
      poll('a', { at: 10, ...without(503) }),
      request('b', ORDER, { at: 40 }),
      poll('b', { at: 50, ...done }),
    ],
    [AFTER(503)],
  ],
  [
    'gives a poll up that gets no answer, and begins anew in the same instant',
    [
      request('a', ORDER),
      poll('a', { at: 10, status: 0, reportedOutcome: undefined, aborted: true, durationMs: 1000 }),
      request('b', ORDER, { at: 1005 }),
      poll('b', { at: 2000, ...done }),
    ],
    [
      'error: the same request was sent again after the answer to a poll was lost, although job a may be there',
    ],
  ],
  [
    'is refused with 401, and sends the same with another token',
    [
      request('a', ORDER, refused(401)),
      request('b', ORDER, { at: 40 }),
      poll('b', { at: 50, ...done }),
    ],
    [],
  ],
  [
    'is answered 422, 429 and 503, and sends the same again each time',
    [
      ...[422, 429, 503].map((status, at) => request('-', ORDER, { at, ...refused(status) })),
      request('b', ORDER, { at: 40 }),
      poll('b', { at: 50, ...done }),
    ],
    [],
  ],
  [
    'schedules five jobs from one example body, then polls each of them',
    [
      ...['a', 'b', 'c', 'd', 'e'].map((job, at) => request(job, ORDER, { at })),
      ...['a', 'b', 'c', 'd', 'e'].map((job, i) => poll(job, { at: 100 + i, ...done })),
    ],
    [],
  ],
  [
    'has two workers with one example body, one of which begins while the other waits',
    [
      request('a', ORDER),
      request('b', ORDER, { at: 100 }),
      poll('a', { at: 3000 }),
      poll('b', { at: 3100 }),
      poll('a', { at: 6000, ...done }),
      poll('b', { at: 6100, ...done }),
    ],
    [],
  ],
  [
    'begins a second job when the first one was polled already, and polls both: two may be meant',
    [
      request('a', ORDER),
      poll('a', { at: 10 }),
      request('b', ORDER, { at: 100 }),
      poll('a', { at: 3000, ...done }),
      poll('b', { at: 3100, ...done }),
    ],
    [`${OPEN.replace('error', 'note')}; both jobs were polled on`],
  ],
  [
    'sends twice by a double click, and polls the second job only',
    [request('a', ORDER), request('b', ORDER, { at: 3 }), poll('b', { at: 3000, ...done })],
    [OPEN],
  ],
  [
    'sends again while it waits, and polls the first job only',
    [request('a', ORDER), request('b', ORDER, { at: 30 }), poll('a', { at: 3000, ...done })],
    [OPEN],
  ],
  [
    'has two workers, one of which gets no answer that it can read and says so',
    [
      request('a', ORDER),
      request('b', ORDER, { at: 3, ...lost }),
      poll('a', { at: 3000, ...done }),
    ],
    [],
  ],
  [
    'sends five in parallel, the first of which gets no answer',
    [
      request('a', ORDER, { status: 0, fault: 'hang', durationMs: undefined, endedAt: undefined }),
      request('b', ORDER, { at: 3 }),
      poll('b', { at: 3000, ...done }),
    ],
    [],
  ],
];

describe('no-duplicate-submission, of a client that', () => {
  it.each(JOURNALS)('%s', (_, exchanges, said) => {
    expect(judged(exchanges).said).toEqual(said);
  });

  it('sends the same again while it still runs: its next poll of the first job may come', () => {
    const exchanges = [request('a', ORDER), request('b', ORDER, { at: 20 })];
    expect(judged(exchanges, { run: 'running' }).said).toEqual([]);
    expect(judged(exchanges).said).toEqual([OPEN]);
  });
});

describe('an idempotency header of the binding', () => {
  const { api } = evidence([]);
  const more = { api: { ...api, idempotency: { header: 'idempotency-key' } } };
  const keyed = (key: string) => ({ requestHeaders: `${JSON_TYPE}\nIdempotency-Key\n${key}` });
  const twice = (first: string, second: string) => [
    request('a', ORDER, { ...lost, ...keyed(first) }),
    request('b', ORDER, { at: 500, ...keyed(second) }),
    poll('b', { at: 600, ...done }),
  ];

  it('makes a repeat with the same value no duplicate, though the client was put to the test', () => {
    expect(judged(twice('k-1', 'k-1'), more)).toEqual({ tested: 1, said: [] });
  });

  it('leaves one with another value a duplicate', () => {
    expect(judged(twice('k-1', 'k-2'), more).said).toEqual([LOST]);
  });

  it('counts for nothing where the binding names no header', () => {
    expect(judged(twice('k-1', 'k-1')).said).toEqual([LOST]);
  });
});

describe('an idempotency field of the body', () => {
  const { api } = evidence([]);
  const named = (...field: string[]) => ({ api: { ...api, idempotency: { field } } });
  const token = named('clientRequestToken');
  const twice = (first: object, second: object) => [
    request('a', { ...ORDER, ...first }, lost),
    request('b', { ...ORDER, ...second }, { at: 500 }),
    poll('b', { at: 600, ...done }),
  ];
  const keyed = (clientRequestToken: unknown) => ({ clientRequestToken });

  it('makes a repeat with the same value no duplicate, though the client was put to the test', () => {
    expect(judged(twice(keyed('k-1'), keyed('k-1')), token)).toEqual({ tested: 1, said: [] });
  });

  it('leaves one with a value made anew a duplicate, for the field asks for nothing', () => {
    expect(judged(twice(keyed('k-1'), keyed('k-2')), token).said).toEqual([ANEW]);
    expect(judged(twice(keyed('k-1'), keyed('k-2'))).said).toEqual([]);
  });

  it.each([
    ['is left out', {}, {}],
    ['is empty', keyed(''), keyed('')],
    ['is null', keyed(null), keyed(null)],
    ['stands elsewhere', { meta: keyed('k-1') }, { meta: keyed('k-1') }],
  ])('names nothing where it %s', (_, first, second) => {
    expect(judged(twice(first, second), token).said).toEqual([LOST]);
  });

  it('is found further down', () => {
    const meta = (key: unknown) => ({ meta: { key } });
    const deep = named('meta', 'key');
    expect(judged(twice(meta(17), meta(17)), deep).said).toEqual([]);
    expect(judged(twice(meta(17), meta(18)), deep).said).toEqual([ANEW]);
  });

  it('makes one request of those of which one job is polled', () => {
    const exchanges = [
      request('a', { ...ORDER, ...keyed('k-1') }),
      request('b', { ...ORDER, ...keyed('k-1') }, { at: 500 }),
      poll('b', { at: 600, ...done }),
    ];
    const said = (more: Partial<Evidence>) =>
      ruleOf(judge(evidence(exchanges, more)), 'reaches-the-end').outcome;
    expect([said({}), said(token)]).toEqual(['failed', 'passed']);
  });

  it('names nothing in a body that is no JSON', () => {
    const exchanges = [
      request('a', 'clientRequestToken: k-1', lost),
      request('b', 'clientRequestToken: k-1', { at: 500 }),
    ];
    expect(judged(exchanges, token).said).toEqual([LOST]);
  });
});

it('tells requests of one path that differ in one value apart, however many there are', () => {
  const many = Array.from({ length: 1000 }, (_, i) =>
    request(`job-${i}`, { ...ORDER, patient: `p-${i}` }, { at: i }),
  );
  expect(judged(many).said).toEqual([]);
  const again = request('again', { ...ORDER, patient: 'p-500' }, { at: 1000 });
  expect(judged([...many, again]).said).toEqual([OPEN.replace('job a', 'job job-500')]);
});
