import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { needs } from '../support/runtimes.js';

const root = join(import.meta.dirname, '../..');
const clients = join(root, 'clients');
const folder = mkdtempSync(join(tmpdir(), 'esoz-clients-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What each fixture has to do, in the words of its own test. */
const LIST = [
  'plays the scenario that is next',
  'keeps sessions apart',
  'moves a manual clock',
  'finds nothing wrong with a good client',
  'names the cause',
  'tells a rule that was kept from one that was not tried',
  'says that nobody has called',
  'says what is refused',
];

function run(cwd: string, command: string, ...args: string[]): void {
  const env = { ...process.env, ESOZ_SANDBOX_COMMAND: `${process.execPath} ${root}/dist/cli.js` };
  delete (env as NodeJS.ProcessEnv).ESOZ_SANDBOX_URL;
  execFileSync(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Files of a folder that are called so. */
const filesIn = (folder: string, pattern: RegExp) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name));

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
const JARS = /^(junit-|opentest4j|apiguardian-api|picocli|univocity-parsers).*\.jar$/;

describe.each([
  [
    'pytest',
    'pytest',
    (report: string) =>
      run(
        join(clients, 'python'),
        '/usr/bin/python3',
        '-m',
        'pytest',
        '-p',
        'no:cacheprovider',
        `--junitxml=${report}`,
      ),
    CASE,
  ],
  [
    'PHPUnit',
    'phpunit',
    (report: string) =>
      run(
        join(clients, 'php'),
        'phpunit',
        '--do-not-cache-result',
        '--log-junit',
        report,
        'EsozSandboxTest.php',
      ),
    CASE,
  ],
  [
    'JUnit',
    'junit',
    (report: string) => {
      const path = filesIn('/usr/share/java', JARS).join(':');
      const classes = join(folder, 'classes');
      const sources = filesIn(join(clients, 'java'), /\.java$/);
      run(clients, 'javac', '-encoding', 'UTF-8', '-cp', path, '-d', classes, ...sources);
      const launcher = 'org.junit.platform.console.ConsoleLauncher';
      run(
        folder,
        'java',
        '-cp',
        `${path}:${classes}`,
        launcher,
        '--scan-classpath',
        classes,
        '--reports-dir',
        folder,
      );
      copyFileSync(join(folder, 'TEST-junit-jupiter.xml'), report);
    },
    CASE,
  ],
  [
    'NUnit',
    'nunit',
    (report: string) => {
      const [framework = ''] = filesIn('/usr/lib/mono/gac', /nunit\.framework\.dll$/);
      const names = [
        'System.Net.Http',
        'System.Runtime.Serialization',
        'System.Xml',
        'System.Xml.Linq',
      ];
      const references = [...names, framework].map((name) => `-r:${name}`);
      const library = join(folder, 'tests.dll');
      run(
        join(clients, 'csharp'),
        'mcs',
        '-target:library',
        ...references,
        `-out:${library}`,
        'EsozSandbox.cs',
        'EsozSandboxTest.cs',
      );
      copyFileSync(framework, join(folder, 'nunit.framework.dll'));
      run(
        folder,
        'nunit-console',
        library,
        '-nologo',
        '-noshadow',
        '-domain=None',
        '-process=Single',
        `-xml=${report}`,
      );
    },
    /<test-case [^>]*?\bname="([^"]*)"/g,
  ],
  [
    'node:test',
    undefined,
    (report: string) =>
      run(
        join(clients, 'javascript'),
        process.execPath,
        '--test',
        '--test-reporter=junit',
        `--test-reporter-destination=${report}`,
      ),
    CASE,
  ],
] as const)('the fixture of %s', (name, runtime, play, pattern) => {
  if (runtime) needs(runtime);

  it('does all that the others do, in its own words', () => {
    const report = join(folder, `${name.replace(':', '-')}.xml`);
    play(report);
    expect(namesIn(report, pattern).sort()).toEqual([...LIST].sort());
  });
});
