import { test as base, expect } from 'vitest';
import { EVERY_RULE } from './audit/rules/index.js';
import type { RuleVerdict, Verdict } from './audit/verdict.js';
import {
  type RunningSandbox,
  type SandboxOptions,
  type SessionControl,
  startSandbox,
  type VerdictOptions,
} from './index.js';
import { nearest } from './problem.js';
import { describeSilence, wasSilent } from './report/describe.js';
import { fromJsonVerdict } from './report/json-verdict.js';
import { ruleFindings } from './report/text.js';
import { UsageError } from './sandbox-error.js';

export { expect };

/** What {@link test} hands to each test. */
export interface SandboxFixtures {
  /** How the file's sandbox is started; override it with `test.extend`. */
  sandboxOptions: SandboxOptions;
  /** One sandbox a file. */
  sandboxServer: RunningSandbox;
  /** A session of the test's own: clock, jobs and journal that no other test sees. */
  sandbox: SessionControl;
}

let sessions = 0;

/**
 * Vitest's `test` with a sandbox: each test gets a session of its own.
 *
 * @example
 * import { expect, test } from 'esoz-sandbox/vitest';
 *
 * test('waits as it is told', async ({ sandbox }) => {
 *   sandbox.next('eta-moves');
 *   await myClient(`${sandbox.url}/api`).run(conclusion);
 *   expect(sandbox).toHavePolledWell();
 * });
 *
 * @example
 * const fast = test.extend({ sandboxOptions: [{ clock: { mode: 'paced', pace: 20 } }, { scope: 'file' }] });
 */
export const test = base.extend<SandboxFixtures>({
  sandboxOptions: [{}, { scope: 'file' }],
  sandboxServer: [
    async ({ sandboxOptions }, use) => {
      const server = await startSandbox(sandboxOptions);
      await use(server);
      await server.close();
    },
    { scope: 'file' },
  ],
  sandbox: async ({ sandboxServer }, use) => {
    sessions += 1;
    const session = sandboxServer.session(`test-${sessions}`);
    await use(session);
    session.reset();
  },
});

/** Matchers over a session: pass them a `sandbox` of {@link test}, of `startSandbox`, or a session of it. */
export interface SandboxMatchers<R = unknown> {
  /**
   * No rule of severity error is broken, and some request has come.
   * @example expect(sandbox).toHavePolledWell({ tolerances: { 'eta-respected': 1000 } })
   */
  toHavePolledWell(options?: VerdictOptions): R;
  /**
   * This rule was put to the test and kept. A rule that the test did not exercise fails it, with `not`
   * too: change the scenario.
   * @example expect(sandbox).toHaveFollowed('eta-respected')
   */
  toHaveFollowed(rule: string, options?: VerdictOptions): R;
}

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: as Vitest declares it
  interface Matchers<T = any> extends SandboxMatchers<T> {}
}

expect.extend({
  toHavePolledWell(received: unknown, options?: VerdictOptions) {
    const verdict = verdictOf(received, options);
    return {
      pass: verdict.held,
      message: () =>
        verdict.held
          ? `no rule is broken in session ${verdict.session}, and one was expected to be`
          : tell(`the client of session ${verdict.session} breaks rules`, verdict.rules),
    };
  },

  toHaveFollowed(received: unknown, name: string, options?: VerdictOptions) {
    const verdict = verdictOf(received, options);
    const rule = verdict.rules.find((r) => r.rule === name);
    if (!rule) {
      const known = EVERY_RULE.map((r) => r.name);
      const hint = nearest(name, known);
      throw new UsageError('USAGE_UNKNOWN_RULE', `unknown rule "${name}"`, hint);
    }
    const { outcome, reason = 'it was switched off' } = rule;
    if (outcome !== 'passed' && outcome !== 'failed') {
      throw new Error(
        `${name} is ${outcome}: ${reason}; choose a scenario that puts the client to this test`,
      );
    }
    return {
      pass: outcome === 'passed',
      message: () =>
        outcome === 'passed'
          ? `${name} was kept ${rule.tested} times, and was expected not to be: ${rule.title}`
          : tell(`${name} is broken: ${rule.title}`, [rule]),
    };
  },
});

function verdictOf(received: unknown, options: VerdictOptions | undefined): Verdict {
  const { verdict: ask } = (received ?? {}) as Partial<SessionControl>;
  if (typeof ask !== 'function') {
    const hint = 'pass the fixture `sandbox`, or a session of it';
    throw new UsageError('USAGE_NO_SESSION', 'this is no session of a sandbox', hint);
  }
  const verdict = fromJsonVerdict(ask(options));
  if (!wasSilent(verdict)) return verdict;
  throw new Error(`${describeSilence(verdict)}; does the client use sandbox.url?`);
}

function tell(what: string, rules: readonly RuleVerdict[]): string {
  return [what, ...rules.flatMap(ruleFindings)].join('\n');
}
