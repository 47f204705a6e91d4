import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import WaitingFirst from './test/support/waiting-first.js';

/**
 * The core and what is pure: no other programs, nothing that takes its time. What runs at each save,
 * and on every version of Node.
 */
const QUICK = [
  'test/audit/**/*.test.ts',
  'test/contract/**/*.test.ts',
  'test/report/forms.test.ts',
  'test/report/html.test.ts',
  'test/sandbox/**/*.test.ts',
  'test/scenario/**/*.test.ts',
  'test/upgrade/control-api.test.ts',
  'test/upgrade/reports.test.ts',
];

/** Long tables: every client through every suite, every habit. `npm test` plays a part of each. */
const FULL = ['test/**/*.full.test.ts'];

export default defineConfig({
  test: {
    // What commands say is in English, whatever the language of who runs the tests.
    env: { ESOZ_LANG: 'en' },
    reporters: ['default', './test/support/count-reporter.ts'],
    // No test is about how fast the machine is: these end what hangs, and nothing else.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
    // Many files wait for a client or a process; two more than there are cores keep them busy.
    maxWorkers: availableParallelism() + 2,
    maxConcurrency: 12,
    sequence: { sequencer: WaitingFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'quick',
          include: QUICK,
          exclude: FULL,
          isolate: false,
          globalSetup: ['test/support/build.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'thorough',
          // Files of one worker share what they import and the sandboxes of `openSandbox`: no test changes either.
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: [...QUICK, ...FULL],
          globalSetup: ['test/support/build.ts'],
        },
      },
      {
        extends: true,
        test: { name: 'full', include: FULL, globalSetup: ['test/support/build.ts'] },
      },
    ],
  },
});
