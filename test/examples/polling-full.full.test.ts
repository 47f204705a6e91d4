import { describe, expect, it } from 'vitest';
import { RULES } from '../../src/audit/rules/index.js';
import { playInParts, scenariosOf } from './play-suite.js';

/** The other languages and suites are played by `suites.full.test.ts`. */
describe('the example in JavaScript keeps every rule', { timeout: 300_000 }, () => {
  it('in polling-full, which puts every rule to the test', async () => {
    const played = await playInParts('polling-full', 3);
    expect(played.flatMap(({ findings }) => findings)).toEqual([]);
    expect(played.map(({ code }) => code)).toEqual([0, 0, 0]);
    const scenarios = played.reduce((sum, part) => sum + part.scenarios, 0);
    expect(scenarios).toBe(scenariosOf('polling-full').length);
    const tested = new Set(played.flatMap((part) => part.tested));
    const judged = RULES.filter(({ severity }) => severity !== 'note').map(({ name }) => name);
    expect(judged.length).toBeGreaterThan(15);
    expect(judged.filter((name) => !tested.has(name))).toEqual([]);
  });
});
