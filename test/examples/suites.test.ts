import { describe, expect, it } from 'vitest';
import { run } from '../support/command.js';
import { play, playInParts } from './play-suite.js';
import { LANGUAGES, prepare } from './runners.js';

/** Played one beside the other: they wait most of the time. */
describe.concurrent('the examples keep every rule', { timeout: 300_000 }, () => {
  describe.each(LANGUAGES)('%s', (language) => {
    prepare(language);

    it('in polling-basics', async () => {
      const { code, findings, scenarios } = await play(['--suite', 'polling-basics'], language);
      expect({ code, findings, scenarios }).toEqual({ code: 0, findings: [], scenarios: 8 });
    });
  });

  describe('javascript', () => {
    it('in polling-full, which puts every rule to the test', async () => {
      const played = await playInParts('polling-full', 3);
      expect(played.flatMap(({ findings }) => findings)).toEqual([]);
      expect(played.map(({ code }) => code)).toEqual([0, 0, 0]);
      const tested = new Set(played.flatMap((part) => part.tested));
      const rules: { name: string; severity: string }[] = JSON.parse(
        (await run('rules', '--json')).out,
      );
      const judged = rules.filter(({ severity }) => severity !== 'note').map(({ name }) => name);
      expect(judged.filter((name) => !tested.has(name))).toEqual([]);
    });
  });
});
