// Every client that is held against the sandbox, and what the verdict on it must be: pollers of others, clients of our own
// that are right, and bad ones with one fault each. The list is fixed before it is run.
import { OTHERS } from './others.mjs';
import { LANGUAGES } from './own/faults/languages.mjs';
import { FAULTS } from './own/faults.mjs';

const LONG_RUNNING = './test/fixtures/long-running';

const bad =
  (command) =>
  ([name, fault]) => {
    const { what, scenarios, cause, finds, may, why, env, timeout } = fault;
    const play = { scenarios, cause, finds, may, why, env, timeout };
    return { name, kind: 'bad', what, command: [...command, name], plays: [play] };
  };

const BAD = [
  ...Object.entries(FAULTS).map(bad(['node', 'test/conformance/own/run.mjs'])),
  ...Object.entries(LANGUAGES).map(bad(['node', 'test/conformance/own/run-changed.mjs'])),
  {
    name: '202-is-done',
    kind: 'bad',
    what: 'takes 202 for the end, where 202 says that the job runs',
    pack: LONG_RUNNING,
    command: ['node', 'test/conformance/own/exports-client.mjs', '--202-is-done'],
    plays: [
      {
        scenarios: ['export-done'],
        cause: 'leaves-a-running-job',
        finds: ['reaches-the-end'],
        may: ['reads-the-result', 'expectations'],
        why: 'the last poll was answered "running", and nothing is read',
      },
    ],
  },
];

/** What a right client plays: every scenario that a bad one is found in. */
const TRIED = [...new Set(BAD.flatMap(({ pack, plays }) => (pack ? [] : plays[0].scenarios)))];
const SHORT = { ESOZ_PATIENCE_SECONDS: '8', ESOZ_TIMEOUT_SECONDS: '4' };
const WITH_LIMITS = ['no-end', 'no-answer'];
const CLEAN = { finds: [], why: 'it keeps every rule' };

const GOOD = [
  {
    name: 'good-client',
    kind: 'good',
    what: 'what the bad ones are made from, without a fault',
    command: ['node', 'test/conformance/own/run.mjs'],
    plays: [
      { ...CLEAN, scenarios: TRIED.filter((name) => !WITH_LIMITS.includes(name)) },
      { ...CLEAN, scenarios: WITH_LIMITS, env: SHORT },
      { ...CLEAN, suite: 'polling-basics' },
    ],
  },
  {
    name: 'good-exports-client',
    kind: 'good',
    what: 'what 202-is-done is made from',
    pack: LONG_RUNNING,
    command: ['node', 'test/conformance/own/exports-client.mjs'],
    plays: [{ ...CLEAN, scenarios: ['export-done', 'export-fails', 'export-fails-in-body'] }],
  },
  ...Object.entries({
    javascript: ['node', 'examples/javascript/poller.mjs'],
    php: ['php', 'examples/php/poller.php'],
    python: ['python3', 'examples/python/poller.py'],
    java: ['java', 'examples/java/Poller.java'],
    csharp: ['mono', 'node_modules/.cache/conformance/Poller.exe'],
  }).map(([language, command]) => ({
    name: `example-${language}`,
    kind: 'good',
    what: 'the example that comes with the package',
    command,
    plays: [{ ...CLEAN, suite: 'polling-basics' }],
  })),
];

/** Everything, in the order of the page. */
export const ENTRIES = [...OTHERS, ...GOOD, ...BAD];
