import type { Reporter, TestModule, TestResult } from 'vitest/node';

/** Set where nothing may be left out. */
const ALL = process.env.ESOZ_ALL_RUNTIMES === '1';

/**
 * Ends the output with one plain line that any CI can read: `12 passed, 0 failed`. Before it stands a line for each
 * reason for which tests were left out.
 */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const results = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => test.result()),
    );
    const count = (state: TestResult['state']) =>
      results.filter((result) => result.state === state).length;
    const broken = modules.reduce((sum, module) => sum + module.errors().length, errors.length);
    const passed = count('passed');
    const failed = count('failed') + broken;
    const skipped = results.length - passed - count('failed');
    for (const line of leftOut(results)) process.stdout.write(`\n${line}`);
    if (ALL && skipped > 0) {
      process.exitCode = 1;
      process.stdout.write('\nESOZ_ALL_RUNTIMES=1: nothing may be left out\n');
    }
    const rest = skipped > 0 ? `, ${skipped} skipped` : '';
    process.stdout.write(`\n${passed} passed, ${failed} failed${rest}\n`);
  }
}

/** A line for each note of tests that were skipped. */
function leftOut(results: readonly TestResult[]): string[] {
  const counts = new Map<string, number>();
  for (const result of results) {
    if (result.state !== 'skipped' || result.note === undefined) continue;
    counts.set(result.note, (counts.get(result.note) ?? 0) + 1);
  }
  return [...counts].map(([note, count]) => {
    const tests = count === 1 ? '1 test' : `${count} tests`;
    return `left out: ${tests}, ${note} (npm run runtimes installs it)\n`;
  });
}
