import { describe, expect, it } from 'vitest';
import { play, playAtTrueTimes, scenariosOf } from './play-suite.js';
import { LANGUAGES, prepare } from './runners.js';

const SUITES = ['polling-basics', 'bad-network', 'errors', 'polling-full'];
const good = (suite: string) => ({ code: 0, findings: [], scenarios: scenariosOf(suite).length });

/** Played one beside the other: they wait most of the time. */
describe.concurrent('the examples keep every rule', { timeout: 900_000 }, () => {
  describe.each(LANGUAGES)('%s', (language) => {
    prepare(language);

    it.each(SUITES)('in %s', async (suite) => {
      const { tested: _, ...played } = await play(['--suite', suite], language);
      expect(played).toEqual(good(suite));
    });
  });

  it('javascript, in polling-basics at the API’s own times', async () => {
    const { tested: _, ...played } = await playAtTrueTimes('polling-basics', 'javascript');
    expect(played).toEqual(good('polling-basics'));
  });
});
