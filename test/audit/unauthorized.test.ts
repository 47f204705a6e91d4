import { describe, expect, it } from 'vitest';
import { judge } from '../../src/audit/judge.js';
import { evidence, poll, submission } from '../support/evidence.js';
import { play, reproaches } from './play.js';

describe('a 401 in mid poll', () => {
  it('is gone through by a client that takes a new token', async () => {
    const { verdict } = await play('unauthorized-in-mid-poll');
    expect([reproaches(verdict), verdict.held]).toEqual([[], true]);
  });

  it('is rightly the end for a client that has no token service', async () => {
    const { verdict } = await play('unauthorized-in-mid-poll', { renewsToken: false });
    expect([reproaches(verdict), verdict.held]).toEqual([[], true]);
  });

  it('is not to be the end for one that has a token service', async () => {
    const { verdict } = await play('unauthorized-then-renewed');
    expect([reproaches(verdict), verdict.held]).toEqual([[], true]);
    const { verdict: stopped } = await play('unauthorized-then-renewed', { renewsToken: false });
    expect(reproaches(stopped)).toContainEqual(
      'expectations: expect.renews_credentials: no request came with other credentials after the 401',
    );
  });
});

describe('what a client could have gone on with after a 401', () => {
  const SECOND = 1000;
  const as = (token: string) => ({ requestHeaders: `Authorization\nBearer ${token}` });
  const UNAUTHORIZED = { status: 401, state: undefined, reportedOutcome: undefined } as const;
  /** Job `a` is left at a 401, and job `b` goes on; each request brings the token that is named. */
  const left = (tokens: [string, string, string, string, string], later: object = {}) =>
    reproaches(
      judge(
        evidence([
          submission('a', { at: 0, ...as(tokens[0]) }),
          submission('b', { at: SECOND, ...as(tokens[1]) }),
          poll('a', { at: 3 * SECOND, ...as(tokens[2]), ...UNAUTHORIZED }),
          poll('b', { at: 5 * SECOND, ...as(tokens[3]), ...later }),
          poll('b', {
            at: 7 * SECOND,
            ...as(tokens[4]),
            state: 'DONE',
            reportedOutcome: 'done',
          }),
        ]),
      ),
    ).filter((text) => text.startsWith('reaches-the-end'));

  it('is a new token with which it was let in', () => {
    expect(left(['t', 't', 't', 'new', 'new'])).toEqual([
      expect.stringContaining('never asked again after 401, although it had new credentials'),
    ]);
  });

  it('is no token that was refused as well, and none that it had before', () => {
    expect(left(['t', 't', 't', 'new', 't'], UNAUTHORIZED)).toEqual([]);
    expect(left(['t', 'other', 't', 'other', 'other'])).toEqual([]);
  });

  it('is no token that it signs anew for each request', () => {
    expect(left(['j1', 'j2', 'j3', 'j4', 'j5'])).toEqual([]);
  });
});
