import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { play } from './play-suite.js';
import { LANGUAGES, prepare } from './runners.js';

/** As many as the suite lists. */
const BAD_NETWORK: number = parse(
  readFileSync('scenarios/compositions/suites/bad-network.yaml', 'utf8'),
).scenarios.length;

/** Played one beside the other: they wait most of the time. */
describe.concurrent('the examples keep every rule', { timeout: 300_000 }, () => {
  describe.each(LANGUAGES)('%s', (language) => {
    prepare(language);

    it('in bad-network', async () => {
      const { code, findings, scenarios } = await play(['--suite', 'bad-network'], language);
      expect({ code, findings, scenarios }).toEqual({
        code: 0,
        findings: [],
        scenarios: BAD_NETWORK,
      });
    });
  });

  it('javascript, in every form of an error', async () => {
    const { code, findings } = await play(['--suite', 'errors'], 'javascript');
    expect({ code, findings }).toEqual({ code: 0, findings: [] });
  });
});
