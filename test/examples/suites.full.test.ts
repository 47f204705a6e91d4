import { describe, expect, it } from 'vitest';
import { play, playAtTrueTimes, scenariosOf } from './play-suite.js';
import { LANGUAGES, prepare, RUNNERS } from './runners.js';

const SUITES = [
  'polling-basics',
  'bad-network',
  'errors',
  'polling-full',
  'token-service',
  'tokens',
  'gateway',
];
const good = (suite: string) => ({ code: 0, findings: [], scenarios: scenariosOf(suite).length });

/** The languages are played one beside the other, for they wait most of the time. */
describe.each(SUITES)('the examples keep every rule in %s', { timeout: 900_000 }, (suite) => {
  describe.concurrent.each(LANGUAGES)('%s', (language) => {
    prepare(language);

    it('at a pace', async () => {
      const { tested: _, ...played } = await play(['--suite', suite], language);
      expect(played).toEqual(good(suite));
    });
  });
});

describe('at the API’s own times', { timeout: 900_000 }, () => {
  it('javascript, keeps every rule in polling-basics', async () => {
    const { tested: _, ...played } = await playAtTrueTimes(
      'polling-basics',
      RUNNERS.javascript.command,
    );
    expect(played).toEqual(good('polling-basics'));
  });
});
