import { describe, expect, it } from 'vitest';
import { KINDS } from '../../src/audit/causes.js';
import { judge } from '../../src/audit/judge.js';
import { unmetSteps } from '../../src/audit/played.js';
import { WEBHOOK_RULES } from '../../src/audit/rules/index.js';
import { standingOf } from '../../src/audit/standing.js';
import type { DeliveryFacts, Exchange } from '../../src/sandbox/journal.js';
import { done, evidence, failed, poll, read, START, submission } from '../support/evidence.js';
import { reproaches, ruleOf } from './play.js';

/** A webhook that tells the end of a job, taken by its receiver. */
function webhook(job: string, more: Partial<Exchange> = {}, facts: Partial<DeliveryFacts> = {}) {
  const sent: DeliveryFacts = {
    id: 'msg_1',
    event: 'done',
    attempt: 1,
    copy: 1,
    signed: true,
    ...facts,
  };
  return {
    ...poll(job, {
      method: 'POST',
      path: 'http://127.0.0.1:9000/hook',
      status: 204,
      ...done,
      ...more,
    }),
    delivery: sent,
  };
}

function judged(exchanges: readonly Exchange[], deliveries: readonly Exchange[]) {
  return judge(
    evidence(exchanges, { deliveries: deliveries.map((one, i) => ({ ...one, seq: 100 + i })) }),
  );
}

describe('where no API sends webhooks', () => {
  it('no rule is about them', () => {
    const { rules } = judge(evidence([submission('a')]));
    for (const { name } of WEBHOOK_RULES) {
      expect(rules.some(({ rule }) => rule === name)).toBe(false);
    }
  });
});

it.each(WEBHOOK_RULES)('$name is shown by a cause of its own', ({ name, sources, advice }) => {
  expect(KINDS.filter(({ shows }) => shows.includes(name))).toHaveLength(1);
  expect(sources.every(({ url }) => url?.startsWith('https://'))).toBe(true);
  expect(advice).not.toBe('');
});

describe('a client that is told the end by a webhook', () => {
  it('need not poll', () => {
    const verdict = judged(
      [submission('a', { eta: START + 3000 }), read('/api/things/thing-of-a', { at: 3002 })],
      [webhook('a', { at: 3000 })],
    );
    expect(ruleOf(verdict, 'reaches-the-end').outcome).toBe('passed');
    expect(reproaches(verdict)).toEqual([]);
    expect(verdict.jobs[0]?.outcome).toBe('done');
  });

  it('has the webhook on its time line', () => {
    const copy = webhook('a', { at: 3010, status: 409 }, { copy: 2 });
    const { jobs } = judged(
      [submission('a'), read('/api/things/thing-of-a', { at: 3002 })],
      [webhook('a', { at: 3000 }), copy],
    );
    expect(jobs[0]?.webhooks).toMatchObject([
      { seq: 100, event: 'done', state: 'DONE', told: 'done', status: 204, copy: 1, breaks: [] },
      { seq: 101, status: 409, copy: 2, breaks: ['webhook-idempotent'] },
    ]);
    expect(judge(evidence([submission('a')])).jobs[0]).not.toHaveProperty('webhooks');
  });

  it('has to know more when it was told of nothing', () => {
    const refused = webhook('a', { at: 3000, status: 401 });
    const verdict = judged([submission('a', { eta: START + 3000 })], [refused]);
    expect(ruleOf(verdict, 'reaches-the-end').outcome).toBe('failed');
  });

  it('is not waited for any more', () => {
    const waiting = evidence([submission('a', { eta: START + 3000 })], { now: START + 3500 });
    expect(standingOf(waiting, false)).toBe('running');
    const told = { ...waiting, deliveries: [webhook('a', { at: 3000 })] };
    expect(standingOf(told, false)).toBe('over');
  });

  it('has lived through its scenario', () => {
    const life = [0, 1].map((i) => ({
      response: {
        state: 'PENDING',
        outcome: 'open' as const,
        shape: undefined,
        envelope: undefined,
        error: undefined,
      },
      duration: { kind: 'time' as const, time: 3000 },
      eta: undefined,
      delay: 0,
      offContract: false,
      line: i + 1,
    }));
    const lived = { name: 'own', life, meets: [1], refuse: undefined };
    expect(unmetSteps([submission('a')], lived)).toHaveLength(1);
    expect(unmetSteps([submission('a')], lived, [webhook('a')])).toEqual([]);
  });

  it('may ask at once, before any eta and without a pause', () => {
    const verdict = judged(
      [
        submission('a', { eta: START + 60_000 }),
        poll('a', { at: 10_000, eta: START + 60_000 }),
        poll('a', { at: 10_300, ...done }),
        read('/api/things/thing-of-a', { at: 10_400 }),
      ],
      [
        webhook('a', { at: 9990, reportedOutcome: 'open' }),
        webhook('a', { at: 10_200 }, { id: 'msg_2' }),
      ],
    );
    expect(reproaches(verdict)).toEqual([]);
  });

  it('is judged by its eta where no webhook came', () => {
    const verdict = judged(
      [
        submission('a', { eta: START + 60_000 }),
        poll('a', { at: 10_000, eta: START + 60_000 }),
        poll('a', { at: 60_000, ...done }),
      ],
      [webhook('a', { at: 59_990 })],
    );
    expect(ruleOf(verdict, 'eta-respected').outcome).toBe('failed');
  });
});

describe('the result of a job whose end a webhook told', () => {
  const PATH = '/api/things/thing-of-a';
  const thin =
    '{"type":"job.done","timestamp":"2026-02-02T12:00:03Z","data":{"id":"a","status":"DONE"}}';
  const linking = '{"id":"a","status":"DONE","image":"/api/things/thing-of-a","size":1200}';
  const whole = '{"id":"a","status":"DONE","text":"What the job has made"}';

  /** A client that is told by a webhook with this body, and what it does then. */
  const told = (
    body: string,
    result: 'inline' | 'link' | 'resource' | undefined,
    then: readonly Exchange[] = [],
    outcome: Partial<Exchange> = {},
  ) => {
    const given = evidence([submission('a'), ...then], {
      deliveries: [{ ...webhook('a', { at: 3000, ...outcome }), seq: 100 }],
      bodyOf: ({ delivery }) => (delivery ? body : ''),
    });
    return judge({ ...given, api: { ...given.api, result } });
  };

  it.each([
    ['carries nothing, where it is a resource', thin, undefined],
    ['carries nothing, where it is behind a link', thin, 'link'],
    ['carries nothing, where it stands in the answer of the job', thin, 'inline'],
    ['has no body', '', undefined],
    ['links to it', linking, 'link'],
  ] as const)('has to be read when the webhook %s', (_, body, result) => {
    const { outcome, findings } = ruleOf(told(body, result), 'reads-the-result');
    expect(outcome).toBe('failed');
    expect(findings).toMatchObject([
      {
        message: 'a webhook told that the job was DONE, and its result was never read',
        evidence: [{ seq: 100 }],
      },
    ]);
  });

  it.each([
    ['by its id', thin, undefined, read(PATH, { at: 3001 })],
    ['by its link', linking, 'link', read(PATH, { at: 3001 })],
    ['while the webhook has no answer yet', linking, 'link', read(PATH, { at: 3000.5 })],
    [
      'with a poll, where it stands in the answer',
      thin,
      'inline',
      poll('a', { at: 3001, ...done }),
    ],
  ] as const)('may be read %s', (_, body, result, then) => {
    expect(reproaches(told(body, result, [then]))).toEqual([]);
  });

  it.each([
    ['may be in the webhook', whole, 'inline'],
    ['may be in the webhook although there is a link to it', whole, 'link'],
    ['may be in the webhook although it is a resource', whole, undefined],
    ['is at another server', '{"id":"a","url":"https://cdn.example/a.png"}', 'link'],
  ] as const)('need not be asked for when it %s', (_, body, result) => {
    expect(ruleOf(told(body, result), 'reads-the-result').outcome).toBe('not exercised');
  });

  it('is read before a later poll as well as after it', () => {
    const then = [read(PATH, { at: 3001 }), poll('a', { at: 9000, ...done })];
    expect(ruleOf(told(thin, undefined, then), 'reads-the-result').outcome).toBe('passed');
  });

  it('is none where the webhook told a failure', () => {
    const then = [read('/api/things/undefined', { at: 3001, status: 404 })];
    const verdict = told('{"id":"a","status":"FAILED"}', undefined, then, failed);
    expect(ruleOf(verdict, 'no-result-on-failure').outcome).toBe('failed');
    expect(ruleOf(verdict, 'reads-the-result').outcome).toBe('not exercised');
  });
});

describe('webhook-answered', () => {
  it('asks for 2xx', () => {
    const verdict = judged([submission('a')], [webhook('a', { at: 3000, status: 302 })]);
    expect(ruleOf(verdict, 'webhook-answered').findings).toMatchObject([
      { severity: 'error', message: '1 of 1 webhook was not taken: the answer was 302' },
    ]);
  });

  it('lets a client go once it knows the end', () => {
    const away = (at: number) =>
      webhook('a', { at, status: 0 }, { id: `msg_${at}`, failed: 'unreachable' });
    const outcome = (deliveries: readonly Exchange[]) =>
      ruleOf(judged([submission('a')], deliveries), 'webhook-answered').outcome;
    expect(outcome([webhook('a', { at: 3000 }), away(3010)])).toBe('passed');
    expect(outcome([away(2990), webhook('a', { at: 3000 })])).toBe('failed');
    const polled = [submission('a'), poll('a', { at: 2000, ...done })];
    const rule = ruleOf(judged(polled, [away(3000)]), 'webhook-answered');
    expect(rule.outcome).toBe('not exercised');
  });

  it('lets a receiver say that it wants no more', () => {
    const verdict = judged([submission('a')], [webhook('a', { at: 3000, status: 410 })]);
    expect(ruleOf(verdict, 'webhook-answered').outcome).toBe('not exercised');
  });
});

describe('webhook-verified', () => {
  it.each([
    [401, 'passed', undefined],
    [400, 'passed', undefined],
    [204, 'failed', '1 of 1 webhook with a wrong signature was taken (204)'],
    [302, 'failed', '1 of 1 webhook with a wrong signature was answered 302, and not refused'],
    [0, 'not exercised', undefined],
  ])('makes of the answer %s: %s', (status, outcome, message) => {
    const forged = webhook('a', { at: 3000, status }, { made: 'forged' });
    const rule = ruleOf(judged([submission('a')], [forged]), 'webhook-verified');
    expect(rule.outcome).toBe(outcome);
    expect(rule.findings[0]?.message).toBe(message);
  });
});

describe('webhook-idempotent', () => {
  const twice = [webhook('a', { at: 3000 }), webhook('a', { at: 3010 }, { copy: 2 })];

  it('is kept by who does nothing for a copy', () => {
    const verdict = judged([submission('a'), poll('a', { at: 3005, ...done })], twice);
    expect(ruleOf(verdict, 'webhook-idempotent').outcome).toBe('passed');
  });

  it('is broken by who refuses it', () => {
    const refused = webhook('a', { at: 3010, status: 409 }, { copy: 2 });
    const verdict = judged([submission('a')], [twice[0] as Exchange, refused]);
    expect(ruleOf(verdict, 'webhook-idempotent').findings[0]?.message).toBe(
      'a copy of a webhook that had been taken was answered 409, so that it comes again and again',
    );
  });

  it('is broken by who asks for the job again', () => {
    const polls = [poll('a', { at: 3005, ...done }), poll('a', { at: 3015, ...done })];
    const rule = ruleOf(judged([submission('a'), ...polls], twice), 'webhook-idempotent');
    expect(rule.findings[0]?.message).toBe(
      'the job was asked for 2 times after a webhook that came 2 times',
    );
  });

  it('is broken by who submits the next request twice', () => {
    const content = { digest: 7, values: 1, sending: 0, fresh: [] };
    const next = [submission('b', { at: 3005, content }), submission('c', { at: 3015, content })];
    const verdict = judged([submission('a'), ...next], twice);
    expect(ruleOf(verdict, 'webhook-idempotent').findings[0]?.message).toBe(
      'the job led to the same request 2 times after a webhook that came 2 times',
    );
  });
});

describe('falls-back-to-polling', () => {
  const lost = webhook('a', { at: 3000, status: 0 }, { made: 'lost' });

  it('is kept by who asks, and reaches the end', () => {
    const verdict = judged([submission('a'), poll('a', { at: 60_000, ...done })], [lost]);
    expect(ruleOf(verdict, 'falls-back-to-polling').outcome).toBe('passed');
  });

  it('is broken by who only waits, and is what there is to change', () => {
    const verdict = judged([submission('a')], [lost]);
    expect(ruleOf(verdict, 'falls-back-to-polling').findings[0]?.message).toBe(
      'the webhook that told the end of the job was lost, and the client never asked for it',
    );
  });
});
