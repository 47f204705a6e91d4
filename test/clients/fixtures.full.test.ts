import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Runtime } from '../../scripts/runtimes.mjs';
import { needs } from '../support/runtimes.js';
import {
  clients,
  compileCsharp,
  compileJava,
  filesIn,
  jars,
  root,
  run,
  runWith,
  temporary,
} from './fixture-runs.js';

const folder = temporary();

/** What each fixture has to do, in the words of its own test. */
const LIST = [
  'plays the scenario that is next',
  'keeps sessions apart',
  'moves a manual clock',
  'finds nothing wrong with a good client',
  'names the cause',
  'tells a rule that was kept from one that was not tried',
  'says that nobody has called',
  'takes typed names',
  'says what is refused',
];

/** `testNamesTheCause` and `names_the_cause` are `names the cause`, in a report that each framework writes. */
function namesIn(report: string, pattern: RegExp): string[] {
  const names = [...readFileSync(report, 'utf8').matchAll(pattern)].map(([, name = '']) => name);
  return names.map((name) =>
    name
      .replace(/\(.*$/, '')
      .replace(/^.*\./, '')
      .replace(/^test_?/, '')
      .replaceAll('_', ' ')
      .replace(/(?<!^)[A-Z]/g, ' $&')
      .toLowerCase(),
  );
}

const CASE = /<testcase [^>]*?\bname="([^"]*)"/g;
/** The newest when this was written; nothing else of the project needs it. */
const JEST = 'jest@30.5.2';

/** A framework, what must be there for it, and how its report names tests. */
type Framework = [
  name: string,
  runtime: Runtime['id'] | undefined,
  play: (report: string) => void,
  pattern: RegExp,
];

const FRAMEWORKS: readonly Framework[] = [
  [
    'pytest',
    'pytest',
    (report) => {
      const options = ['-p', 'no:cacheprovider', `--junitxml=${report}`];
      run(join(clients, 'python'), '/usr/bin/python3', '-m', 'pytest', ...options);
    },
    CASE,
  ],
  [
    'PHPUnit',
    'phpunit',
    (report) => {
      const options = ['--do-not-cache-result', '--log-junit', report];
      run(join(clients, 'php'), 'phpunit', ...options, 'EsozSandboxTest.php');
    },
    CASE,
  ],
  [
    'JUnit',
    'junit',
    (report) => {
      const classes = join(folder, 'classes');
      compileJava(classes);
      const launcher = 'org.junit.platform.console.ConsoleLauncher';
      const options = ['--scan-classpath', classes, '--reports-dir', folder];
      run(folder, 'java', '-cp', `${jars()}:${classes}`, launcher, ...options);
      copyFileSync(join(folder, 'TEST-junit-jupiter.xml'), report);
    },
    CASE,
  ],
  [
    'NUnit',
    'nunit',
    (report) => {
      const [framework = ''] = filesIn('/usr/lib/mono/gac', /nunit\.framework\.dll$/);
      const library = join(folder, 'tests.dll');
      const tests = join(clients, 'csharp/EsozSandboxTest.cs');
      compileCsharp(['-target:library', `-out:${library}`, `-r:${framework}`], tests);
      copyFileSync(framework, join(folder, 'nunit.framework.dll'));
      const options = ['-nologo', '-noshadow', '-domain=None', '-process=Single', `-xml=${report}`];
      run(folder, 'nunit-console', library, ...options);
    },
    /<test-case [^>]*?\bname="([^"]*)"/g,
  ],
  [
    'node:test',
    undefined,
    (report) => {
      const options = ['--test-reporter=junit', `--test-reporter-destination=${report}`];
      run(join(clients, 'javascript'), process.execPath, '--test', ...options);
    },
    CASE,
  ],
  [
    'Jest',
    undefined,
    (report) => {
      const own = testsOf('@jest/globals');
      writeFileSync(join(own, 'package.json'), '{"private":true}');
      run(own, 'npm', 'install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', JEST);
      const options = ['--testMatch', '**/*.test.mjs', '--json', `--outputFile=${report}`];
      const jest = join(own, 'node_modules/jest/bin/jest.js');
      runWith(
        { NODE_OPTIONS: '--experimental-vm-modules' },
        own,
        process.execPath,
        jest,
        ...options,
      );
    },
    /"title":"([^"]*)"/g,
  ],
  [
    'Vitest',
    undefined,
    (report) => {
      const own = testsOf('vitest');
      symlinkSync(join(root, 'node_modules'), join(own, 'node_modules'));
      const options = ['--root', own, '--reporter=json', `--outputFile=${report}`];
      run(own, process.execPath, join(own, 'node_modules/vitest/vitest.mjs'), 'run', ...options);
    },
    /"title":"([^"]*)"/g,
  ],
];

/** A folder with the tests of JavaScript for another framework, which has the same words but two. */
function testsOf(framework: string): string {
  const own = join(folder, framework.replace(/\W/g, ''));
  mkdirSync(own);
  copyFileSync(join(clients, 'javascript/esoz-sandbox.mjs'), join(own, 'esoz-sandbox.mjs'));
  const text = readFileSync(join(clients, 'javascript/esoz-sandbox.test.mjs'), 'utf8');
  const names = 'afterAll as after, afterEach, beforeAll as before, beforeEach, test';
  const changed = text.replace(
    /^import \{.*\} from 'node:test';$/m,
    `import { ${names} } from '${framework}';`,
  );
  expect(changed).not.toBe(text);
  writeFileSync(join(own, 'esoz-sandbox.test.mjs'), changed);
  return own;
}

describe.each(FRAMEWORKS)('the fixture of %s', (name, runtime, play, pattern) => {
  if (runtime) needs(runtime);

  it('does all that the others do, in its own words', () => {
    const report = join(folder, `${name.replace(':', '-')}.report`);
    play(report);
    expect(namesIn(report, pattern).sort()).toEqual([...LIST].sort());
  });
});

describe('the example of xUnit', () => {
  needs('csharp');

  it('is one that a compiler takes', () => {
    const stub = join(import.meta.dirname, 'held/Xunit.cs');
    const example = join(clients, 'csharp/EsozSandboxXunit.cs');
    compileCsharp(['-target:library', `-out:${join(folder, 'xunit.dll')}`], stub, example);
  });
});
