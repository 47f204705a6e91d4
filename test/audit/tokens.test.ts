import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../src/index.js';
import { TokenClient, type TokenHabits } from '../clients/token-client.js';
import { openSandbox } from '../support/sandbox.js';
import { reproaches, ruleOf } from './play.js';

interface Trial {
  scenario: string;
  habits?: Partial<TokenHabits>;
  jobs?: number;
  settings?: Record<string, boolean | number>;
}

const AUTHS = ['open', 'strict'] as const;

/** A client of the whole platform, in a scenario. */
async function play(auth: (typeof AUTHS)[number], { scenario, habits, jobs = 1, settings }: Trial) {
  const { sandbox } = await openSandbox({ pack: 'esoz', auth, ...(settings ? { settings } : {}) });
  sandbox.next(scenario, { times: jobs });
  const ends = await new TokenClient(sandbox, habits).run(jobs);
  return { ends, verdict: sandbox.verdict() };
}

const found = (verdict: Verdict, rule: string) =>
  ruleOf(verdict, rule).findings.map(({ severity, message }) => `${severity}: ${message}`);

const ROTATING = { REFRESH_ANSWERS_REFRESH_TOKEN: true };

describe.each(AUTHS)('with auth: %s, refreshes-once', (auth) => {
  const RULE = 'refreshes-once';

  it.each<[string, Trial]>([
    ['one expiry', { scenario: 'token-expires' }],
    ['two of them', { scenario: 'token-expires-twice' }],
    ['where refresh tokens rotate', { scenario: 'token-expires', settings: ROTATING }],
    ['a sign-in for each job', { scenario: 'token-expires', jobs: 3, habits: { ownTokens: true } }],
  ])('is kept by who refreshes and goes on: %s', async (_, trial) => {
    const { ends, verdict } = await play(auth, trial);
    expect(ends.every((end) => end === 'DONE')).toBe(true);
    expect(ruleOf(verdict, RULE).outcome).toBe('passed');
    expect(reproaches(verdict)).toEqual([]);
  });

  it('is kept by who stops at the second refusal', async () => {
    const { ends, verdict } = await play(auth, { scenario: 'unauthorized-for-ever' });
    expect(ends).toEqual(['401']);
    expect(ruleOf(verdict, RULE).outcome).toBe('passed');
    expect(reproaches(verdict)).toEqual([]);
  });

  it.each([2, 5])('is broken by who refreshes %s times for one poll', async (refreshes) => {
    const trial = { scenario: 'unauthorized-for-ever', habits: { refreshes } };
    const { verdict } = await play(auth, trial);
    expect(found(verdict, RULE)).toEqual([
      expect.stringMatching(`^error: ${refreshes - 1} tokens? that had just been refreshed`),
    ]);
  });

  it('is not exercised by a client without a refresh', async () => {
    const habits = { refreshes: 0 };
    const { verdict } = await play(auth, { scenario: 'unauthorized-in-mid-poll', habits });
    expect(ruleOf(verdict, RULE).outcome).toBe('not exercised');
    expect(reproaches(verdict)).toEqual([]);
  });

  it('is not exercised by a client that refreshes before it has to', async () => {
    const habits = { refreshesEach: 2 };
    const { ends, verdict } = await play(auth, { scenario: 'done-after-five-polls', habits });
    expect(ends).toEqual(['DONE']);
    expect(ruleOf(verdict, RULE).outcome).toBe('not exercised');
    expect(reproaches(verdict)).toEqual([]);
  });
});

describe.each(AUTHS)('with auth: %s, single-refresh', (auth) => {
  const RULE = 'single-refresh';
  const storm = { scenario: 'token-expires', jobs: 3 };

  it.each<[string, Trial]>([
    ['one lock', storm],
    ['one lock, and rotation', { ...storm, settings: ROTATING }],
    ['two expiries', { ...storm, scenario: 'token-expires-twice' }],
  ])('is kept by %s', async (_, trial) => {
    const { ends, verdict } = await play(auth, trial);
    expect(ends).toEqual(['DONE', 'DONE', 'DONE']);
    expect(ruleOf(verdict, RULE).outcome).toBe('passed');
    expect(reproaches(verdict).filter((text) => !text.startsWith('expectations'))).toEqual([]);
  });

  it('is not exercised by clients with a sign-in each', async () => {
    const { verdict } = await play(auth, { ...storm, habits: { ownTokens: true } });
    expect(ruleOf(verdict, RULE).outcome).toBe('not exercised');
    expect(reproaches(verdict)).toEqual([]);
  });

  it('is broken by who refreshes for each request', async () => {
    const { verdict } = await play(auth, { ...storm, habits: { locks: false } });
    expect(found(verdict, RULE)).toEqual([
      'warning: the token was refreshed 3 times for one expiry',
    ]);
  });

  it('weighs more where the refresh token is used up', async () => {
    const habits = { locks: false, refused: 'stops' } as const;
    const { ends, verdict } = await play(auth, { ...storm, habits, settings: ROTATING });
    expect(ends.filter((end) => end === 'DONE').length).toBeLessThan(3);
    expect(found(verdict, RULE)).toEqual(['error: the token was refreshed 3 times for one expiry']);
  });
});

describe.each(AUTHS)('with auth: %s, stops-at-refused-refresh', (auth) => {
  const RULE = 'stops-at-refused-refresh';

  it('is kept by who signs in again, and goes on', async () => {
    const { ends, verdict } = await play(auth, { scenario: 'token-revoked' });
    expect(ends).toEqual(['DONE']);
    expect(ruleOf(verdict, RULE).outcome).toBe('passed');
    expect(reproaches(verdict)).toEqual([]);
  });

  it('is kept by who stops', async () => {
    const habits = { refused: 'stops' } as const;
    const { ends, verdict } = await play(auth, { scenario: 'token-revoked', habits });
    expect(ends).toEqual(['401']);
    expect(ruleOf(verdict, RULE).outcome).toBe('passed');
    expect(reproaches(verdict)).toEqual([]);
  });

  it('does not blame who stops for what another one goes on with', async () => {
    const { sandbox } = await openSandbox({ pack: 'esoz', auth });
    sandbox.next('token-revoked');
    await new TokenClient(sandbox, { refused: 'stops' }).run();
    sandbox.next('token-expires');
    await new TokenClient(sandbox).run();
    // The same request comes again, which is another matter.
    const blamed = reproaches(sandbox.verdict());
    expect(blamed.filter((text) => !text.startsWith('no-duplicate-submission'))).toEqual([]);
  });

  it.each<[string, Partial<TokenHabits>]>([
    ['repeats it', { refused: 'repeats' }],
    ['repeats it at each poll', { refused: 'repeats', refreshes: 3 }],
  ])('is broken by who %s', async (_, habits) => {
    const { verdict } = await play(auth, { scenario: 'token-revoked', habits });
    expect(found(verdict, RULE)).toEqual([
      'error: a refresh token that had been refused (401) was sent 2 more times',
    ]);
  });
});

describe.each(AUTHS)('with auth: %s, no-refresh-on-403', (auth) => {
  const RULE = 'no-refresh-on-403';

  it.each<[string, Partial<TokenHabits>]>([
    ['stops', {}],
    ['refreshes before it has to', { refreshesEach: 3 }],
  ])('is kept by who %s', async (_, habits) => {
    const { ends, verdict } = await play(auth, { scenario: 'forbidden', habits });
    expect(ends).toEqual(['403']);
    expect(ruleOf(verdict, RULE).outcome).toBe('passed');
    expect(reproaches(verdict)).toEqual([]);
  });

  it.each<[string, Partial<TokenHabits>]>([
    ['refreshes', { refreshesOn403: true }],
    ['refreshes again and again', { refreshesOn403: true, refreshes: 3 }],
  ])('is broken by who %s', async (_, habits) => {
    const { verdict } = await play(auth, { scenario: 'forbidden', habits });
    expect(found(verdict, RULE)[0]).toBe(
      'error: after a 403 the token was refreshed, and the same asked again: 403',
    );
  });
});

describe.each(AUTHS)('with auth: %s, keeps-the-new-token', (auth) => {
  const RULE = 'keeps-the-new-token';

  it.each(['token-expires', 'token-expires-twice'])('is kept in %s', async (scenario) => {
    const { verdict } = await play(auth, { scenario });
    expect(ruleOf(verdict, RULE).outcome).toBe('passed');
    expect(reproaches(verdict)).toEqual([]);
  });

  it('is kept by clients that have a token each', async () => {
    const habits = { ownTokens: true };
    const { verdict } = await play(auth, { scenario: 'token-expires', jobs: 2, habits });
    expect(ruleOf(verdict, RULE).outcome).toBe('passed');
  });

  it.each<[string, Partial<TokenHabits>, number]>([
    ['reads the result with the old one', { readsWith: 'first' }, 1],
    ['polls with the old one at times', { alternates: true }, 1],
  ])('is broken by who %s', async (_, habits, least) => {
    const { verdict } = await play(auth, { scenario: 'token-expires', habits });
    const [message] = found(verdict, RULE);
    expect(message).toMatch(/^error: \d requests? came with the old token after one with the new/);
    expect(found(verdict, RULE).length).toBeGreaterThanOrEqual(least);
  });

  it('finds it where the old one is still let in', async () => {
    const habits = { refreshesEach: 2, alternates: true };
    const { verdict } = await play(auth, { scenario: 'done-after-five-polls', habits });
    expect(found(verdict, RULE)).toEqual([
      'error: 2 requests came with the old token after one with the new',
    ]);
  });
});

describe('rules about tokens', () => {
  it('show requests for tokens without their secrets', async () => {
    const habits = { refused: 'repeats' } as const;
    const { verdict } = await play('open', { scenario: 'token-revoked', habits });
    const [finding] = ruleOf(verdict, 'stops-at-refused-refresh').findings;
    const { request = '' } = finding?.evidence[0]?.exchange ?? {};
    expect(request).toContain('"grant_type":"refresh_token"');
    expect(request).toMatch(/"client_secret":"[^"]+… \(18 characters\)"/);
    expect(request).toMatch(/"refresh_token":"[^"]+… \(44 characters\)"/);
  });

  it('are not looked at where nobody hands tokens out', async () => {
    const { sandbox } = await openSandbox();
    const names = sandbox.verdict().rules.map(({ rule }) => rule);
    expect(names).not.toContain('refreshes-once');
  });

  it('are looked at where nothing but tokens is served', async () => {
    const { sandbox } = await openSandbox({ pack: 'oauth' });
    const names = sandbox.verdict().rules.map(({ rule }) => rule);
    expect(names).toContain('stops-at-refused-refresh');
  });
});
