import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyHome } from '../../scripts/pack/measure.mjs';
import { packInto } from '../../scripts/pack/stage.mjs';
import { needs } from '../support/runtimes.js';
import { type Client, JAVA, PHP, PYTHON, putClient } from './clients.js';
import { machineAt, runAction } from './github.js';
import { extend, runJob } from './gitlab.js';
import { runPipeline } from './jenkins.js';
import type { Machine, Ran } from './shell.js';

/** Two lives, ten times as fast: all three clients divide their pauses. */
const OPTIONS = '--pace 10 --scenario done-after-eta eta-moves';
const folder = mkdtempSync(join(tmpdir(), 'esoz-ci-'));
const env = emptyHome(join(folder, 'home'));
let tgz = '';

beforeAll(() => {
  mkdirSync(join(folder, 'home'));
  mkdirSync(join(folder, 'no-npm'));
  // A machine that cannot install anything.
  writeFileSync(join(folder, 'no-npm', 'npm'), '#!/bin/sh\necho no npm here >&2\nexit 9\n');
  chmodSync(join(folder, 'no-npm', 'npm'), 0o755);
  tgz = process.env.ESOZ_PACKAGE_FILE ?? packInto(folder);
}, 1_200_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const OFFLINE = () => ({ ...env, PATH: `${join(folder, 'no-npm')}:${env.PATH}` });

/** A machine of one CI, its workspace empty but for a client. */
function machine(name: string, client: Client, good: boolean, offline = false): Machine {
  const at = machineAt(join(folder, name), offline ? OFFLINE() : env);
  for (const one of [at.workspace, at.artifacts]) {
    rmSync(one, { recursive: true });
    mkdirSync(one);
  }
  putClient(at.workspace, client, good);
  return at;
}

/** What a CI shows of a run: tests of JUnit's form, and the page. */
function shown({ artifacts }: Machine) {
  const xml = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' });
  const { testsuites } = xml.parse(readFileSync(join(artifacts, 'esoz.xml'), 'utf8'));
  const page = readFileSync(join(artifacts, 'esoz.html'), 'utf8');
  return { tests: Number(testsuites.tests), failures: Number(testsuites.failures), page };
}

const GREEN = { tests: 2, failures: 0, page: expect.stringMatching(/^<!doctype html>/i) };
const RED = { tests: 2, failures: 2, page: expect.stringContaining('eta-respected') };

/** First a good client, where all has to be installed; then one that is wrong, from the cache alone. */
function isGreenThenRed(name: string, client: Client, run: (at: Machine) => Ran) {
  it(`installs the package, lets a good client pass, and keeps both reports`, () => {
    const at = machine(name, client, true);
    const { code, text } = run(at);
    expect([code, text]).toEqual([0, expect.any(String)]);
    expect(shown(at)).toEqual(GREEN);
  });

  it('fails a client that asks too early, without npm: the package comes from the cache', () => {
    const at = machine(name, client, false, true);
    const { code, text } = run(at);
    expect([code, text]).toEqual([1, expect.stringContaining('eta-respected')]);
    expect(shown(at)).toEqual(RED);
  });
}

describe('the action for GitHub, over a client in Python', () => {
  needs('python');
  const act = (at: Machine, more: Record<string, string> = {}) =>
    runAction({ command: 'python3 tests/poll.py', options: OPTIONS, version: tgz, ...more }, at);

  isGreenThenRed('github', PYTHON, act);

  it('tells the exit code, a summary and annotations', () => {
    const at = machine('github', PYTHON, false, true);
    const { text, summary, outputs } = act(at);
    expect(outputs).toEqual({ 'exit-code': '1' });
    expect(summary).toContain('eta-respected');
    expect(text).toMatch(/^::error /m);
  });

  it('takes a command with quotes, another folder and other names', () => {
    const at = machine('github', PYTHON, true, true);
    const command = `cd .. && python3 'tests/poll.py'`;
    const given = { command, 'working-directory': 'tests', junit: 'out/a.xml', html: 'out/b.html' };
    expect(act(at, { ...given, artifact: 'polling' }).code).toBe(0);
    for (const name of ['a.xml', 'b.html']) {
      expect(existsSync(join(at.artifacts, 'tests', 'out', name))).toBe(true);
    }
  });

  it('fails with 3 where a suite is unknown, and keeps nothing', () => {
    const at = machine('github', PYTHON, true, true);
    const { code, text } = act(at, { suite: 'poling-full', options: '' });
    expect([code, text]).toEqual([3, expect.stringContaining('polling-full')]);
    expect(existsSync(join(at.artifacts, 'esoz.xml'))).toBe(false);
  });
});

describe('the template for GitLab, over a client in PHP', () => {
  needs('php');
  const run = (at: Machine, command = 'php tests/poll.php') => {
    const variables = { ESOZ_COMMAND: command, ESOZ_OPTIONS: OPTIONS, ESOZ_PACKAGE: tgz };
    return runJob(extend({ extends: '.esoz-sandbox', variables }), at);
  };

  isGreenThenRed('gitlab', PHP, run);

  it('shows a merge request what it finds, at the client’s own file', () => {
    const at = machine('gitlab', PHP, false, true);
    run(at);
    const file = join(at.artifacts, 'gl-code-quality-report.json');
    const [first] = JSON.parse(readFileSync(file, 'utf8'));
    expect(first).toMatchObject({ location: { path: 'tests/poll.php' } });
  });

  it('takes a line for a shell', () => {
    const at = machine('gitlab', PHP, true, true);
    expect(run(at, 'cd tests && php "poll.php"').code).toBe(0);
  });

  it('takes a command of the image in the place of the package', () => {
    const at = machine('gitlab', PHP, true, true);
    const program = join(at.caches, `esoz-sandbox-0.3.0-0/node_modules/.bin/esoz-sandbox`);
    const variables = {
      ESOZ_COMMAND: 'php tests/poll.php',
      ESOZ_OPTIONS: OPTIONS,
      ESOZ_SANDBOX: program,
      ESOZ_VERSION: 'none',
    };
    expect(runJob(extend({ extends: '.esoz-sandbox', variables }), at).code).toBe(0);
    expect(existsSync(join(at.workspace, '.esoz-sandbox'))).toBe(false);
  });
});

describe('the Jenkinsfile, over a client in Java', () => {
  needs('java');
  needs('groovy');
  isGreenThenRed('jenkins', JAVA, (at) =>
    runPipeline(at, { ESOZ_OPTIONS: OPTIONS, ESOZ_PACKAGE: tgz }),
  );
});
