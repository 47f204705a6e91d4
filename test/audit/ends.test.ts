import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../src/audit/evidence.js';
import { judge } from '../../src/audit/judge.js';
import type { Exchange } from '../../src/sandbox/journal.js';
import type { Expect, Scenario } from '../../src/scenario/scenario.js';
import { done, evidence, failed, poll, submission } from '../support/evidence.js';
import { ruleOf } from './play.js';

/** What a rule says of a journal: its outcome, or each finding with its severity. */
function said(rule: string, exchanges: readonly Exchange[], more: Partial<Evidence> = {}) {
  const { outcome, findings } = ruleOf(judge(evidence(exchanges, more)), rule);
  if (findings.length === 0) return outcome;
  return findings.map(({ severity, message }) => `${severity}: ${message}`);
}

const without = (status: number, more: Partial<Exchange> = {}): Partial<Exchange> => ({
  status,
  state: undefined,
  reportedOutcome: undefined,
  ...more,
});
const by500 = { ...failed, status: 500 };

describe('stops-when-final', () => {
  const ended = (end: Partial<Exchange>, ...later: number[]) => [
    submission('a'),
    poll('a', { at: 1000, ...end }),
    ...later.map((time) => poll('a', { at: 1000 + time, ...end })),
  ];

  it.each([
    ['is kept by a client that stops', ended(done), 'passed'],
    [
      'is broken by a poll at once',
      ended(done, 1000),
      ['error: 1 poll came after the job had been told to be DONE'],
    ],
    [
      'makes a note of one look, much later',
      ended(done, 60_000),
      ['note: the job was looked at once more, 60 s after the job had been told to be DONE'],
    ],
    [
      'is broken by two looks, however late',
      ended(done, 60_000, 120_000),
      ['error: 2 polls came after the job had been told to be DONE'],
    ],
    ['is kept by a client that stops at a failure told by HTTP 500', ended(by500), 'passed'],
    [
      'makes a note of one repeat of a failure told by HTTP 500',
      ended(by500, 1000),
      ['note: 1 poll came after the job had been told to be FAILED by HTTP 500'],
    ],
    [
      'is broken by a client that repeats it time and again',
      ended(by500, 1000, 3000, 7000),
      ['error: 3 polls came after the job had been told to be FAILED by HTTP 500'],
    ],
  ])('%s', (_, exchanges, expected) => {
    expect(said('stops-when-final', exchanges)).toEqual(expected);
  });

  it('takes for later what is later by the time of the API', () => {
    const paced: Partial<Evidence> = { clock: { mode: 'paced', pace: 10 } };
    expect(said('stops-when-final', ended(done, 600), paced)).toEqual([
      expect.stringMatching(/^note: /),
    ]);
  });

  it('weighs as much as what was found, so that a note makes nothing red', () => {
    const verdict = judge(evidence(ended(failed, 60_000)));
    expect(verdict.held).toBe(true);
    expect(ruleOf(verdict, 'stops-when-final')).toMatchObject({
      outcome: 'failed',
      severity: 'note',
    });
  });
});

describe('a failure that is told by HTTP 500', () => {
  const stopped = [submission('a'), poll('a', { at: 1000 }), poll('a', { at: 2000, ...by500 })];

  it('is no mishap: a client that stops there has broken nothing', () => {
    const { held, rules } = judge(evidence(stopped));
    expect(held).toBe(true);
    expect(rules.flatMap(({ findings }) => findings)).toEqual([]);
    expect(said('survives-a-blip', stopped)).toBe('not exercised');
    expect(said('reaches-the-end', stopped)).toBe('passed');
  });

  it('puts nobody to the test of growing pauses, how often it is repeated', () => {
    const repeats = [3000, 4000, 5000, 6000].map((at) => poll('a', { at, ...by500 }));
    expect(said('backs-off', [...stopped, ...repeats])).toBe('not exercised');
  });
});

/** A scenario that expects something. */
const expecting = (expects: Expect): Partial<Evidence> => ({
  scenarioOf: () =>
    ({
      name: 'own',
      title: '',
      life: [{ response: { state: 'DONE', outcome: 'done' } }],
      expect: expects,
      tolerances: {},
    }) as unknown as Scenario,
});

describe('a client that is refused with 401 in the midst of its polls', () => {
  const api = { ...evidence([]).api, credentials: ['authorization'] };
  const bearer = (token: string) => ({ requestHeaders: `Authorization\nBearer ${token}` });
  const refused = [
    submission('a', bearer('one')),
    poll('a', { at: 1000, ...bearer('one') }),
    poll('a', { at: 2000, ...without(401), ...bearer('one') }),
  ];
  const more = {
    api,
    ...expecting({ reaches_end: true, result_read: true, polls: { at_least: 3 } }),
  };
  const red = (exchanges: readonly Exchange[]) =>
    judge(evidence(exchanges, more)).rules.flatMap(({ rule, findings }) =>
      findings.map(({ message }) => `${rule}: ${message}`),
    );

  it('has done what the rule advises when it stops without a new token', () => {
    expect(red(refused)).toEqual([]);
    expect(said('reaches-the-end', refused, more)).toBe('not exercised');
  });

  it('must go on when it has got a new one', () => {
    const elsewhere = submission('b', { at: 3000, ...bearer('two'), scenario: undefined });
    expect(
      red([...refused, elsewhere, poll('b', { at: 4000, ...done, ...bearer('two') })]),
    ).toEqual(
      expect.arrayContaining([
        'reaches-the-end: the client never asked again after 401, although it had new credentials',
        "expectations: expect.reaches_end: the client never saw the job's end; it stopped after 2 polls",
      ]),
    );
  });

  it('is held to the end of the job that it has asked for with a new one', () => {
    const renewed = poll('a', { at: 2100, ...bearer('two') });
    expect(said('reaches-the-end', [...refused, renewed], more)).toEqual([
      expect.stringMatching(/^error: the client stopped after 3 polls although the job was open/),
    ]);
  });

  it('owes nothing to a token that another client had before', () => {
    const other = submission('b', { ...bearer('two'), scenario: undefined });
    const later = poll('b', { at: 4000, ...done, ...bearer('two') });
    expect(red([other, ...refused, later]).filter((text) => !text.includes('reads'))).toEqual([]);
  });
});

describe('what a status says by itself', () => {
  const polled = (status: number, more: Partial<Exchange> = {}) => [
    submission('a'),
    poll('a', { at: 1000, ...without(status, more) }),
  ];
  const replies = (exchanges: readonly Exchange[]) =>
    judge(evidence(exchanges)).jobs[0]?.polls.map(({ reply }) => reply);

  it.each([
    ['an empty 202 is open', polled(202), ['open']],
    ['a 202 with words of its own is open', polled(202, { responseBody: '{"wait": 3}' }), ['open']],
    [
      'a 202 that names a state of the binding is that state',
      polled(202, { responseBody: '{"data": {"status": "DONE"}}' }),
      ['done'],
    ],
    ['a 202 in HTML is open', polled(202, { responseBody: '<p>wait</p>' }), ['open']],
    ['a 204 is open', polled(204), ['open']],
    ['a 103 that nothing follows is no answer', polled(103), ['lost']],
    ['an empty 200 cannot be read', polled(200), ['unreadable']],
    ['a 200 with a word that nobody knows', polled(200, { responseBody: '{"a": 1}' }), ['unknown']],
    ['a 304 before anything was told is open', polled(304), ['open']],
    [
      'a 304 is the state of before',
      [
        submission('a'),
        poll('a', { at: 1, ...without(200, { responseBody: '{"status": "SUSPENDED"}' }) }),
        poll('a', { at: 2, ...without(304) }),
        poll('a', { at: 3, ...without(503) }),
        poll('a', { at: 4, ...without(304) }),
        poll('a', { at: 5, ...done }),
        poll('a', { at: 6, ...without(304) }),
      ],
      ['unknown', 'unknown', 'failure', 'unknown', 'done', 'done'],
    ],
  ])('%s', (_, exchanges, expected) => {
    expect(replies(exchanges)).toEqual(expected);
  });

  it('takes a client that leaves after an empty 202 for one that has left an open job', () => {
    const left = polled(202);
    expect(said('reaches-the-end', left)).toEqual([expect.stringMatching(/the job was open$/)]);
    expect(said('survives-a-blip', left)).toBe('not exercised');
    expect(said('backs-off', [...left, ...polled(202).slice(1), ...polled(202).slice(1)])).toBe(
      'not exercised',
    );
  });
});

describe('expect.submissions', () => {
  const limit = (most: number) => expecting({ submissions: { at_most: most } });
  const twice = [submission('a'), submission('b', { at: 5000 })];

  it('counts the requests that schedule, over the whole session, and says so once', () => {
    expect(said('expectations', twice, limit(1))).toEqual([
      'error: expect.submissions.at_most: 2 requests scheduled a job, at most 1 was expected',
    ]);
    expect(said('expectations', twice, limit(2))).toBe('passed');
  });

  it('counts those that were lost or refused by the scenario, and none that chance has taken', () => {
    const lost = submission('a', { status: 0, fault: 'reset' });
    expect(said('expectations', [lost, ...twice.slice(1)], limit(1))).toHaveLength(1);
    const taken = { ...lost, chance: true };
    expect(said('expectations', [taken, ...twice.slice(1)], limit(1))).toBe('passed');
  });

  it('counts each scenario by itself', () => {
    const other = submission('b', { at: 5000, scenario: 'other' });
    expect(said('expectations', [submission('a'), other], limit(1))).toBe('passed');
  });
});

describe('a status that nobody knows', () => {
  const odd = (at: number) =>
    poll('a', { at, ...without(200, { responseBody: '{"status": "SUSPENDED"}' }) });
  const life = (outcome: 'open' | 'done'): Partial<Evidence> => ({
    scenarioOf: () =>
      ({
        ...expecting({}).scenarioOf?.('a', 'own'),
        life: [{ response: { state: '', outcome } }],
      }) as unknown as Scenario,
  });

  it('is no end of a job that would come to one, whenever its client stops', () => {
    const stopped = [submission('a'), odd(1000), odd(2000)];
    expect(said('tolerates-unknown-status', stopped, life('done'))).toEqual([
      'error: the client stopped when it was told no status, after 2 polls',
    ]);
  });

  it('is outlasted by a client that gives up a job without end some day', () => {
    const long = [submission('a'), ...[1000, 2000, 4000].map(odd)];
    expect(said('tolerates-unknown-status', long, life('open'))).toBe('passed');
    expect(said('tolerates-unknown-status', long.slice(0, 2), life('open'))).toHaveLength(1);
  });
});

describe('stops-on-refusal', () => {
  it('sees a new token although the contract names no credentials', () => {
    const polls = (second: string) => [
      submission('a'),
      poll('a', { at: 1000, ...without(401), requestHeaders: 'Authorization\nBearer one' }),
      poll('a', { at: 3000, ...done, requestHeaders: `Authorization\nBearer ${second}` }),
    ];
    expect(said('stops-on-refusal', polls('two'))).toBe('passed');
    expect(said('stops-on-refusal', polls('one'))).toHaveLength(1);
  });

  const twice = (first: string, second: string) => [
    submission('a'),
    poll('a', { at: 1000, ...without(403), requestHeaders: `Authorization\n${first}` }),
    poll('a', { at: 3000, ...without(403), requestHeaders: `Authorization\n${second}` }),
  ];
  const digest = (nonce: string, count: number) =>
    `Digest username="me", nonce="${nonce}", uri="/api/jobs/a", nc=${count}, response="${count}f"`;

  it.each([
    [
      'AWS, version 4',
      (key: string, n: number) =>
        `AWS4-HMAC-SHA256 Credential=${key}/2026020${n}/eu/signer/aws4_request, SignedHeaders=host, Signature=${n}ab`,
    ],
    ['AWS, version 2', (key: string, n: number) => `AWS ${key}:${n}rJ/=`],
    ['Azure', (key: string, n: number) => `SharedKey ${key}:${n}rJ/=`],
    [
      'HTTP signatures',
      (key: string, n: number) => `Signature keyId="${key}",headers="date",signature="${n}x"`,
    ],
    ['Hawk', (key: string, n: number) => `Hawk id="${key}", ts="${n}", nonce="${n}j", mac="${n}="`],
    [
      'OAuth 1',
      (key: string, n: number) =>
        `OAuth oauth_consumer_key="c", oauth_token="${key}", oauth_nonce="${n}", oauth_signature="${n}"`,
    ],
    ['Digest', digest],
  ])('knows the key of %s, whatever is signed with it', (_, signed) => {
    expect(said('stops-on-refusal', twice(signed('one', 1), signed('one', 2)))).toEqual([
      'error: 1 poll came with the credentials that had just been refused (403)',
    ]);
    expect(said('stops-on-refusal', twice(signed('one', 1), signed('two', 2)))).toBe('passed');
  });

  it('takes a token of any form for what it is', () => {
    expect(said('stops-on-refusal', twice('Bearer id=one', 'Bearer id=one,'))).toBe('passed');
    expect(said('stops-on-refusal', twice('Token abc', 'Token abd'))).toBe('passed');
  });
});
