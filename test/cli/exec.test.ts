import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it, onTestFinished } from 'vitest';
import { RULES } from '../../src/audit/rules/index.js';
import { CONTENT, isRunning, run, runWith, start, until } from '../support/command.js';

const GOOD = ['node', 'examples/javascript/poller.mjs'];
const NAIVE = ['node', 'test/clients/swallows-everything.mjs'];
const node = (code: string) => ['node', '--input-type=module', '-e', code];
/** Schedules one job, and leaves it alone. */
const SCHEDULES = `
  const url = process.env.ESOZ_SANDBOX_URL;
  const example = await fetch(new URL(url).origin + '/__sandbox/examples/createComposition');
  const headers = { Authorization: 'Bearer t', 'api-key': 'k', 'Content-Type': 'application/json' };
  const body = await example.text();
  const answer = await fetch(url + '/patients/composition', { method: 'POST', headers, body });
`;

async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'esoz-exec-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

describe('exec', () => {
  it('finds nothing wrong with a good client, and writes the matrix and every report', async () => {
    const out = await folder();
    const forms = ['junit', 'html', 'markdown', 'json', 'text', 'codequality'];
    const reports = forms.flatMap((form) => ['--report', `${form}=${join(out, 'deep', form)}`]);
    const scenarios = ['done-after-eta', 'failed-error-list'];
    const played = await run('exec', '-s', ...scenarios, '--pace', '20', ...reports, '--', ...GOOD);
    expect(played.err).toBe('');
    expect(played.code).toBe(0);
    expect(played.out).toMatch(
      new RegExp(`^\\[1/2] ✓ done-after-eta {2}${CONTENT}, 3 requests, [\\d.]+ s$`, 'm'),
    );
    // Whether a pause of 115 ms was kept to exactly is a matter of the machine's speed.
    const row = new RegExp(`^done-after-eta {5}[✓·]( [✓·]){${RULES.length - 1}}$`, 'm');
    expect(readFileSync(join(out, 'deep', 'text'), 'utf8')).toMatch(row);
    expect(played.out).toMatch(new RegExp(`^2 scenarios: ${CONTENT}$`, 'm'));

    const read = (form: string) => readFileSync(join(out, 'deep', form), 'utf8');
    expect(readdirSync(join(out, 'deep')).sort()).toEqual([...forms].sort());
    expect(XMLValidator.validate(read('junit'))).toBe(true);
    const { testsuites } = new XMLParser({ ignoreAttributes: false }).parse(read('junit'));
    expect(testsuites).toMatchObject({
      '@_failures': '0',
      '@_errors': '0',
      '@_tests': '2',
    });
    expect(testsuites.testsuite.testcase).toHaveLength(2);
    expect(read('html')).toMatch(/^<!doctype html>/i);
    expect(read('markdown')).toMatch(/^## ✅ 2 scenarios$/m);
    expect(JSON.parse(read('json'))).toMatchObject({ held: true, title: '2 scenarios' });
    expect(JSON.parse(read('codequality'))).toEqual([]);
  });

  it('plays faults by chance besides, of which a good client survives those of a bad day', async () => {
    const told = `${SCHEDULES} console.log(answer.headers.get('content-type'));`;
    const bent = ['--chaos', '1', '--chaos-faults', 'wrong-content-type', '--output'];
    const shown = await run('exec', '-s', 'done-after-eta', ...bent, '--', ...node(told));
    expect(shown.out + shown.err).toContain('text/html; charset=utf-8');
    const bad = ['-s', 'done-after-two-polls', '--pace', '20', '--chaos', '0.2'];
    const good = await run('exec', ...bad, '--chaos-seed', '3', '--', ...GOOD);
    expect(good.out).toMatch(new RegExp(`^done-after-two-polls: ${CONTENT}$`, 'm'));
  });

  it('exits 1 and says what, where and what to do when a client never stops', async () => {
    const out = join(await folder(), 'junit.xml');
    const asked = ['-s', 'lost-after-pending', '--pace', '20', '--timeout', '8s'];
    const played = await run('exec', ...asked, '--report', `junit=${out}`, '--', ...NAIVE);
    expect(played.code).toBe(1);
    expect(played.out).toMatch(/^ {2}the command was stopped after \d+\.\d s$/m);
    expect(played.out).toMatch(/error stops-on-404: the job was asked for \d+ times in a row/);
    expect(played.out).toMatch(/#5 [\d:.]+ {2}GET \/api\/patients\/composition\/job\/.* → 404/);
    expect(played.out).toMatch(/→ count 404 answers in a row; after the third stop/);
    const { testsuites } = new XMLParser({ ignoreAttributes: false }).parse(
      readFileSync(out, 'utf8'),
    );
    // A screen has room for some of what follows from the cause; the file has all of it.
    expect(readFileSync(out, 'utf8')).toMatch(
      /error gives-up: the client was still polling .* was stopped/,
    );
    expect(testsuites.testsuite.testcase.failure).toMatchObject({
      '@_type': expect.stringContaining('asks-on-after-404'),
      '#text': expect.stringContaining('error stops-on-404: '),
    });
  });

  it('exits 2 when the command fails by itself, and shows the end of its output', async () => {
    const failing = ['sh', '-c', `${GOOD.join(' ')}; echo 'assertion 17 is wrong'; exit 7`];
    const asked = ['-s', 'done-after-eta', '--pace', '20'];
    const played = await run('exec', ...asked, '--', ...failing);
    expect(played.code).toBe(2);
    expect(played.out).toMatch(/the command ended with 7 after [\d.]+ s/);
    expect(played.out).toContain('| assertion 17 is wrong');
    expect((await run('exec', ...asked, '--any-exit', '--', ...failing)).code).toBe(0);
  });

  it('exits 2 when the command never speaks to the sandbox, for nothing was tested', async () => {
    const played = await run('exec', '-s', 'done-after-eta', '--', 'true');
    expect(played.code).toBe(2);
    expect(played.out).toContain('sent no request to the sandbox; does it read ESOZ_SANDBOX_URL?');
  });

  it('exits 2 when the client has asked for nothing that the scenario is for', async () => {
    const played = await run('exec', '-s', 'failed-1003', '--pace', '20', '--', ...GOOD);
    expect(played.code).toBe(2);
    expect(played.out).toContain('no request that this scenario is for, so it was not played');
  });

  it('gives the command the address, the scenario and what --env asks for', async () => {
    const show = node(
      `${SCHEDULES} const { ESOZ_SANDBOX_URL, ESOZ_SCENARIO, ESOZ_SESSION, ESOZ_PACE, DOMAIN, RAW } = process.env;
       console.log(JSON.stringify({ ESOZ_SANDBOX_URL, ESOZ_SCENARIO, ESOZ_SESSION, ESOZ_PACE, DOMAIN, RAW }));`,
    );
    const env = ['--env', 'DOMAIN={url}/api', '--env', 'RAW={{{session}}} at {host}'];
    const played = await run(
      'exec',
      '-s',
      'slow',
      '--pace',
      '5',
      '--output',
      ...env,
      '--',
      ...show,
    );
    const line = played.out.split('\n').find((l) => l.startsWith('{')) ?? '';
    const told = JSON.parse(line);
    expect(told.ESOZ_SANDBOX_URL).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/~slow$/);
    expect(told).toMatchObject({
      ESOZ_SCENARIO: 'slow',
      ESOZ_SESSION: 'slow',
      ESOZ_PACE: '5',
      DOMAIN: `${told.ESOZ_SANDBOX_URL}/api`,
      RAW: `{slow} at ${new URL(told.ESOZ_SANDBOX_URL).host}`,
    });
  });

  it('plays each scenario in a session of its own, whatever the client’s data choose', async () => {
    const magic = node(
      `${SCHEDULES.replace(
        'await example.text()',
        `JSON.stringify({ ...(await example.json()), subject: { type: { coding: [{ system: 'eHealth/resources', code: 'person' }] }, value: '00000000-0000-4000-8000-000000001172' } })`,
      )} console.log('played', answer.headers.get('x-sandbox-scenario'));`,
    );
    const asked = ['-s', 'done-after-eta', 'slow', '--output'];
    const played = await run('exec', ...asked, '--', ...magic);
    expect(played.out.match(/^played .*$/gm)).toEqual(['played done-after-eta', 'played slow']);
  });

  it('serves clients that can be given a host only, in the session without a name', async () => {
    const asked = ['-s', 'done-after-eta', 'failed-error-list', '--pace', '20'];
    const hostOnly = ['--env', 'ESOZ_SANDBOX_URL=http://{host}'];
    const played = await run('exec', ...asked, ...hostOnly, '--', ...GOOD);
    expect(played.out).toMatch(new RegExp(`✓ done-after-eta {2}${CONTENT}, 3 requests`));
    expect(played.out).toMatch(new RegExp(`✓ failed-error-list {2}${CONTENT}, 2 requests`));
    expect(played.code).toBe(0);
  });

  it('takes a suite with its pace and tolerances, by name or by file', async () => {
    const path = join(await folder(), 'own.yaml');
    await writeFile(
      path,
      'suite: own\nscenarios: [done-after-eta]\npace: 20\ntolerances: { single-flight: off }\n',
    );
    const played = await run('exec', '--suite', path, '--pace', '--', ...GOOD);
    expect(played.code).toBe(0);
    expect(played.out).toMatch(/^playing 1 scenario of own 20 times as fast as the API, /m);
    expect(played.out).toMatch(new RegExp(`^own: ${CONTENT}$`, 'm'));
    expect(played.out).toMatch(/– single-flight +off: switched off/);
  });

  it('ends what the command has left running', async () => {
    const leaving = node(
      `${SCHEDULES} import { spawn } from 'node:child_process';
       const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
       child.unref(); console.log('left', child.pid);`,
    );
    const played = await run('exec', '-s', 'slow', '--output', '--', ...leaving);
    const pid = Number(/^left (\d+)$/m.exec(played.out)?.[1]);
    expect(pid).toBeGreaterThan(0);
    expect(isRunning(pid)).toBe(false);
  });

  it('ends the command when it is interrupted itself', async () => {
    const endless = node(`console.log('pid', process.pid); setInterval(() => {}, 1000)`);
    const child = start(['exec', '-s', 'slow', '--output', '--', ...endless]);
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    await until(
      () => /pid \d+/.test(out),
      () => out,
    );
    const ended = new Promise((done) => child.on('exit', done));
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    const pid = Number(/pid (\d+)/.exec(out)?.[1]);
    await until(
      () => !isRunning(pid),
      () => `process ${pid} still runs`,
    );
  });
});

describe('exec with a wrong command line', () => {
  it.each([
    [
      ['--', 'definitely-not-there'],
      'cannot start "definitely-not-there" (ENOENT); check its name',
    ],
    [[], 'no command was given; put it behind --'],
    [
      ['-s', 'done-after-etta', '--', 'true'],
      'unknown scenario "done-after-etta"; did you mean done-after-eta?',
    ],
    [
      ['--suite', 'polling-basic', '--', 'true'],
      'unknown suite "polling-basic"; did you mean polling-basics?',
    ],
    [
      ['--suite', 'polling-basics', '-s', 'eta-move', '--', 'true'],
      'scenario "eta-move" is not in the suite polling-basics; did you mean eta-moves?',
    ],
    [
      ['--suite', 'no/where.yaml', '--', 'true'],
      'no/where.yaml: the suite cannot be read (ENOENT)',
    ],
    [['--report', 'juint=x.xml', '--', 'true'], 'unknown form "juint"; did you mean junit?'],
    [['--report', 'junit', '--', 'true'], 'write FORM=FILE: junit=out.xml'],
    [['--report', 'junit=src', '--', 'true'], '--report junit: cannot write src (EISDIR)'],
    [
      ['--report', 'junit=package.json/x.xml', '--', 'true'],
      'cannot write package.json/x.xml (ENOTDIR)',
    ],
    [
      ['--tolerance', 'eta-respectd=1s', '--', 'true'],
      'unknown rule "eta-respectd"; did you mean eta-respected?',
    ],
    [
      ['--tolerance', 'eta-respected=soon', '--', 'true'],
      '"soon" is no tolerance for eta-respected',
    ],
    [['--env', 'X={ur}', '--', 'true'], '--env X: unknown place {ur}; did you mean url?'],
    [['--env', 'no template', '--', 'true'], 'write NAME=TEMPLATE'],
    [['--timeout', 'long', '--', 'true'], '--timeout long is no length of time'],
    [['--pace', '0', '--', 'true'], 'Give a whole number from 1 to 1000'],
    [['--pace', 'true'], 'The command stands behind --: --pace -- npm test'],
    [
      ['--scenarios', 'no-such-folder', '--', 'true'],
      'no-such-folder: the scenario folder cannot be read (ENOENT)',
    ],
  ])('%j: one line, nothing done', async (args, says) => {
    const out = join(await folder(), 'report.xml');
    const played = await run('exec', '--report', `junit=${out}`, ...(args as string[]));
    expect(played.err).toContain(says);
    expect(played.code).toBe(3);
    expect(existsSync(out)).toBe(false);
  });

  it('writes through links and into pipes, and takes neither away', async () => {
    const path = await folder();
    await writeFile(join(path, 'real.xml'), 'old');
    symlinkSync('real.xml', join(path, 'link.xml'));
    const pipe = join(path, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const piped = readFile(pipe, 'utf8');
    const asked = ['--report', `junit=${join(path, 'link.xml')}`, '--report', `json=${pipe}`];
    await run('exec', '-s', 'slow', ...asked, '--', 'true');
    expect(lstatSync(join(path, 'link.xml')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(path, 'real.xml'), 'utf8')).toMatch(/^<\?xml /);
    expect(JSON.parse(await piped)).toMatchObject({ held: true });
    expect(readdirSync(path).sort()).toEqual(['link.xml', 'pipe', 'real.xml']);
  });

  it('names line and column of each mistake in a suite', async () => {
    const path = join(await folder(), 'wrong.yaml');
    await writeFile(
      path,
      'suite: wrong\nscenarios:\n  - done-after-etaa\n  - slow\n  - slow\npase: 3\ntolerances: { spacing: soon }\n',
    );
    const played = await run('exec', '--suite', path, '--', 'true');
    expect(played.err.trim().split('\n')).toEqual([
      `${path}:3:5: unknown scenario "done-after-etaa" (did you mean done-after-eta?) [SUITE_UNKNOWN_SCENARIO]`,
      `${path}:5:5: "slow" is listed twice (leave one of them out) [SUITE_SCENARIO_TWICE]`,
      `${path}:6:1: unknown key "pase" (did you mean pace?) [SUITE_UNKNOWN_KEY]`,
      expect.stringContaining(`${path}:7:24: `),
    ]);
    expect(played.code).toBe(3);
  });

  it('does not write a report where it may not, and says so before the command runs', async () => {
    const path = await folder();
    chmodSync(path, 0o555);
    const mark = join(tmpdir(), `esoz-ran-${process.pid}`);
    const asked = ['--report', `junit=${join(path, 'x.xml')}`, '-s', 'slow'];
    const played = await run('exec', ...asked, '--', 'touch', mark);
    // The superuser may write everywhere, so there only the file counts.
    if (process.getuid?.() === 0) expect(existsSync(join(path, 'x.xml'))).toBe(true);
    else {
      expect(played.code).toBe(3);
      expect(existsSync(mark)).toBe(false);
    }
    await rm(mark, { force: true });
  });
});

describe('exec in CI', () => {
  const losing = ['exec', '-s', 'lost-after-pending', '--pace', '20', '--timeout', '8s'];

  it('writes annotations and a step summary under GitHub Actions', async () => {
    const summary = join(await folder(), 'summary.md');
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
    const played = await runWith(env, ...losing, '--', ...NAIVE);
    expect(played.code).toBe(1);
    expect(played.out).toMatch(
      /^::error title=Give up a job that stays unknown .*::stops-on-404 \(lost-after-pending\): the job was asked for .*%0Acount 404/m,
    );
    expect(played.out).not.toMatch(/^::group::/m);
    expect(readFileSync(summary, 'utf8')).toMatch(/^\| stops-on-404 \| ✗ \|$/m);
  });

  it('writes a code quality report and folds its log under GitLab CI', async () => {
    const cwd = await folder();
    const report = join(cwd, 'quality.json');
    const asked = [...losing, '--report', `codequality=${report}`];
    const played = await runWith({ GITLAB_CI: 'true' }, ...asked, '--', ...NAIVE);
    expect(played.out).toMatch(/\[0Ksection_start:\d+:lost-after-pending\r/);
    const entries = JSON.parse(readFileSync(report, 'utf8'));
    expect(entries).toContainEqual({
      description: expect.stringMatching(/^stops-on-404 \(lost-after-pending\): /),
      check_name: 'stops-on-404',
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      severity: 'major',
      location: { path: 'scenarios/compositions/lost-after-pending.yaml', lines: { begin: 1 } },
    });
  });

  it('does neither with --no-ci', async () => {
    const env = { GITHUB_ACTIONS: 'true', GITLAB_CI: 'true' };
    const played = await runWith(env, 'exec', '-s', 'slow', '--no-ci', '--', 'true');
    expect(played.out).not.toMatch(/^::|section_start/m);
    expect(existsSync('gl-code-quality-report.json')).toBe(false);
  });
});
