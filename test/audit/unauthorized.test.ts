import { describe, expect, it } from 'vitest';
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
