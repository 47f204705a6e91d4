import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { playAtTrueTimes, scenariosOf } from './play-suite.js';
import { LANGUAGES, MINIMAL, prepare } from './runners.js';

/** What examples/README.md says that they get through, at the API's own times. */
const SUITES = ['polling-basics'];

describe.concurrent.each(LANGUAGES)(
  'the minimal poller in %s',
  { timeout: 900_000 },
  (language) => {
    const { source, command } = MINIMAL[language];
    prepare(language, MINIMAL[language]);

    it('has at most ninety lines', () => {
      expect(readFileSync(source, 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(90);
    });

    it.each(SUITES)('keeps every rule in %s', async (suite) => {
      const { tested: _, ...played } = await playAtTrueTimes(suite, command);
      expect(played).toEqual({ code: 0, findings: [], scenarios: scenariosOf(suite).length });
    });
  },
);
