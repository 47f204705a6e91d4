import { describe, expect, it } from 'vitest';
import { judge } from '../../src/audit/judge.js';
import type { PollHint } from '../../src/contract/poll-hint.js';
import { done, evidence, poll, START, submission } from '../support/evidence.js';
import { openSmallApi } from '../support/small-api.js';
import { ruleOf } from './play.js';

const RULE = 'retry-after-honoured';

/** An API as RFC 8628 has it: the answer says how far apart polls are, `slow_down` sets them further apart. */
async function open(pollHint: unknown, more: Record<string, unknown> = {}) {
  const api = await openSmallApi({
    reports: {
      responses: Object.fromEntries(
        [200, 400].map((status) => [
          status,
          { description: 'Any', content: { 'application/json': { schema: {} } } },
        ]),
      ),
    },
    scenarios: {
      'own.yaml':
        'scenario: own\nlife:\n  - { state: pending, for: 1 poll, eta: 5s }\n  - { state: slow, for: 1 poll }\n  - { state: pending, for: 1 poll }\n  - { state: granted }\n',
    },
    options: { scenario: 'own' },
    binding: {
      result: 'inline',
      poll_hint: pollHint,
      scheduled: { http: 202, bare: true, data: { id: '{job}', interval: '{retryAfter}' } },
      states: {
        pending: { outcome: 'open', http: 400, bare: true, data: { error: 'pending' } },
        slow: {
          outcome: 'open',
          http: 400,
          bare: true,
          data: { error: 'slow_down' },
          slower: '5s',
        },
        granted: { outcome: 'done', bare: true, data: { token: 'x' } },
      },
      ...more,
    },
  });
  const { json } = await api.send('POST', '/things');
  /** Polls after each of these pauses, in milliseconds. */
  const pollAfter = async (...pauses: number[]) => {
    for (const pause of pauses) {
      api.sandbox.clock.advance(pause);
      await api.send('GET', `/things/${json.id}`);
    }
    const { outcome, findings, reason } = ruleOf(api.sandbox.verdict(), RULE);
    return { outcome, message: findings[0]?.message, reason };
  };
  return { ...api, json, pollAfter };
}

describe('the API’s own word for "come back then"', () => {
  const hint = { at: 'body.interval', unit: 's' };

  it('is told by the template, in seconds', async () => {
    expect((await open(hint)).json.interval).toBe(5);
  });

  it('holds for each poll, and slow_down adds to it for all that follow', async () => {
    const { pollAfter, sandbox } = await open(hint);
    expect(await pollAfter(5000, 5000, 10_000, 10_000)).toMatchObject({ outcome: 'passed' });
    expect(sandbox.verdict().counts.error).toBe(0);
  });

  it('is named in the finding on a client that comes sooner', async () => {
    const { pollAfter } = await open(hint);
    expect(await pollAfter(3000)).toMatchObject({
      outcome: 'failed',
      message: '1 of 1 did not wait for interval: the next request came 2 s too early',
    });
  });

  it('finds a client that does not slow down', async () => {
    const { pollAfter } = await open(hint);
    expect((await pollAfter(5000, 5000, 5000)).message).toContain(
      '1 of 3 did not wait for interval',
    );
    expect((await pollAfter(5000)).message).toContain('2 of 4 did not wait for interval');
  });

  it('holds from the start where the binding says what is usual', async () => {
    const { pollAfter } = await open({ at: 'body.pause', unit: 's', usual: '5s' });
    expect((await pollAfter(2000)).message).toContain('did not wait for pause');
  });

  it('blames nobody where etas are hints, but for pauses that are too short', async () => {
    const { pollAfter, sandbox } = await open(hint, { eta: 'hint' });
    expect(await pollAfter(2000)).toMatchObject({ outcome: 'not exercised', message: undefined });
    expect(ruleOf(sandbox.verdict(), 'spacing').findings).toEqual([]);
    await pollAfter(100);
    expect(ruleOf(sandbox.verdict(), 'spacing').findings).toHaveLength(1);
  });

  it('may be a header in milliseconds, filled by {retryAfter.ms}', async () => {
    const api = await openSmallApi({
      scenarios: {
        'own.yaml': 'scenario: own\nlife: [{ state: RUNNING, for: 2500ms }, { state: DONE }]\n',
      },
      options: { scenario: 'own' },
      binding: {
        poll_hint: 'header.openai-poll-after-ms',
        states: {
          RUNNING: {
            outcome: 'open',
            headers: { 'openai-poll-after-ms': '{retryAfter.ms}' },
            data: { state: '{state}', after: '{retryAfter.ms}' },
          },
          DONE: { outcome: 'done', data: { state: '{state}' } },
        },
      },
    });
    const { json } = await api.send('POST', '/things');
    api.sandbox.clock.advance(1250);
    const { headers, json: told } = await api.send('GET', `/things/${json.id}`);
    expect([headers.get('openai-poll-after-ms'), told.data.after]).toEqual(['1250', 1250]);
    api.sandbox.clock.advance(1000);
    await api.send('GET', `/things/${json.id}`);
    expect(ruleOf(api.sandbox.verdict(), RULE).findings[0]?.message).toBe(
      '1 of 1 did not wait for openai-poll-after-ms: the next request came 250 ms too early',
    );
  });
});

describe('what it says', () => {
  const OPEN = { state: 'PENDING', reportedOutcome: 'open' } as const;

  /** A poll four seconds after an answer that says this. */
  function come(
    unit: PollHint['unit'],
    said: unknown,
    more: Partial<Parameters<typeof poll>[1]> = {},
  ) {
    const pollHint = { at: { field: ['wait'] }, word: 'wait', unit, usual: undefined };
    const given = evidence([
      submission('a'),
      poll('a', { at: 1000, ...OPEN, responseBody: JSON.stringify({ wait: said }), ...more }),
      poll('a', { at: 5000, ...done }),
    ]);
    return ruleOf(judge({ ...given, api: { ...given.api, pollHint } }), RULE);
  }

  it.each([
    ['s', 5],
    ['s', '5'],
    ['ms', 5000],
    ['duration', '5s'],
    ['duration', 'PT5S'],
    ['date', new Date(START + 6001).toISOString()],
    ['date', (START + 6001) / 1000],
    ['date', new Date(START + 7000).toUTCString()],
  ] as const)('%s %j is not over yet', (unit, said) => {
    expect(come(unit, said).findings).toHaveLength(1);
  });

  it.each([
    ['s', 4],
    ['s', 0],
    ['s', 'soon'],
    ['s', null],
    ['s', -5],
    ['ms', 3000],
    ['duration', '3s'],
    ['duration', 'PT3S'],
    ['duration', 5],
    ['date', new Date(START + 4000).toISOString()],
    ['date', 'soon'],
  ] as const)('%s %j forbids nothing', (unit, said) => {
    expect(come(unit, said).findings).toEqual([]);
  });

  it('counts beside Retry-After where it asks for more', () => {
    const responseHeaders = { 'Retry-After': '2' };
    expect(come('s', 5, { responseHeaders }).findings[0]?.message).toContain('wait for wait');
    expect(
      come('s', 1, { responseHeaders: { 'Retry-After': '5' } }).findings[0]?.message,
    ).toContain('wait for Retry-After');
  });
});
