import { describe, expect, it } from 'vitest';
import { live, openSandboxForAll, READ, tokenOf } from './live.js';
import { LANGUAGES, prepare } from './runners.js';

openSandboxForAll();

/** What costs a start of each runtime; the full tests have more, and the suites. */
describe.concurrent.each(LANGUAGES)('the example in %s', (language) => {
  prepare(language);

  it('shows the error of a job that has failed, and reads nothing', async () => {
    const { out, reads } = await live(language, 'failed-link-error');
    expect(out).toContain('1172');
    expect(reads).toEqual([]);
  });

  it('waits as long as Retry-After says, then goes on with the same job', async () => {
    const { polls, statuses, reads } = await live(language, 'unavailable-503');
    expect(statuses).toEqual([503, 503, 200, 200]);
    const [first, second, third] = polls.map(({ wall }) => Date.parse(wall));
    const asked = Number(polls[0]?.response.headers['Retry-After']) * 1000;
    expect(Number(second) - Number(first)).toBeGreaterThanOrEqual(asked);
    expect(Number(third) - Number(second)).toBeGreaterThanOrEqual(asked);
    expect(reads).toEqual([READ]);
  });

  it('takes a new token after a 401, then goes on with the same job', async () => {
    const { polls, statuses, reads } = await live(language, 'unauthorized-in-mid-poll');
    expect(statuses).toEqual([200, 401, 200]);
    const [, refused, next] = polls.map(({ request }) => tokenOf(request.headers));
    expect(next).not.toBe(refused);
    expect(new Set(polls.map(({ job }) => job)).size).toBe(1);
    expect(reads).toEqual([READ]);
  });
});
