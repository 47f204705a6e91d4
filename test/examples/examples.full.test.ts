import { describe, expect, it } from 'vitest';
import { live, openSandboxForAll, READ } from './live.js';
import { LANGUAGES, prepare } from './runners.js';

openSandboxForAll();

describe.concurrent.each(LANGUAGES)('the example in %s', (language) => {
  prepare(language);

  it('waits until eta, then reads what the job has made', async () => {
    const { statuses, reads } = await live(language, 'done-after-eta');
    expect(statuses).toEqual([200]);
    expect(reads).toEqual([READ]);
  });

  it('gives up on a job that is lost, and says that it does not know more', async () => {
    const { out, statuses, reads } = await live(language, 'lost-after-pending');
    expect(statuses).toEqual([200, 200, 404, 404, 404]);
    expect(out).toContain('outcome unknown');
    expect(reads).toEqual([]);
  });

  it('searches for the composition when the job has no link', async () => {
    const { reads } = await live(language, 'done-no-links');
    expect(reads).toEqual(['searchCompositions 200', READ]);
  });
});
