import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../src/index.js';
import { outcomesOf, stepsOf } from '../support/processes.js';

/** What is done, what becomes of which steps, and what was wrong of the one that is told. */
type Sibling<C> = [
  does: string,
  play: (client: C) => Promise<unknown>,
  outcomes: Record<string, string>,
  told?: RegExp,
];

/** Holds clients to a suite by process: what becomes of its steps, of the whole, and whether the rule is broken. */
export function siblingsWith<C extends { verdict(): Promise<Verdict> }>(
  open: (suite: string) => Promise<C>,
) {
  return (suite: string, all: readonly Sibling<C>[]) => {
    describe(`${suite}: a client that`, () => {
      it.each(all)('%s', async (_, play, outcomes, told) => {
        const client = await open(suite);
        await play(client);
        const verdict = await client.verdict();
        const seen = stepsOf(verdict).join('\n');
        expect(outcomesOf(verdict), seen).toMatchObject(outcomes);
        if (told) expect(seen).toMatch(told);
        const values = Object.values(outcomes);
        const broken = values.some((one) => /wrong|out of order|left out/.test(one));
        const through = values.every((one) => one === 'done' || one === 'skipped');
        const outcome = broken ? 'failed' : through ? 'passed' : 'incomplete';
        expect(verdict.process?.outcome, seen).toBe(outcome);
        const found = verdict.rules.flatMap(({ findings }) => findings.map(({ rule }) => rule));
        expect(found.includes('follows-the-process')).toBe(broken);
      });
    });
  };
}
