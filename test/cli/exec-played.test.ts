import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CONTENT, run } from '../support/command.js';

const GOOD = ['node', 'examples/javascript/poller.mjs'];
const script = (code: string) => ['node', '--input-type=module', '-e', code];
/** Schedules a job; `url`, `headers` and `id` are there afterwards. */
const SCHEDULES = `
  const url = process.env.ESOZ_SANDBOX_URL;
  const sleep = (seconds) => new Promise((wake) => setTimeout(wake, seconds * 1000 / process.env.ESOZ_PACE));
  const headers = { Authorization: 'Bearer t', 'api-key': 'k', 'Content-Type': 'application/json' };
  const body = await (await fetch(new URL(url).origin + '/__sandbox/examples/createComposition')).text();
  const answer = await fetch(url + '/patients/composition', { method: 'POST', headers, body });
  const { data: { id } } = await answer.json();
  const poll = async () => (await (await fetch(url + '/patients/composition/job/' + id, { headers })).json()).data;
`;

async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'esoz-played-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** Runs `exec` for one scenario, given as it stands below its name, and reads its report. */
async function exec(text: string, options: string[], command: string[]) {
  const scenarios = await folder();
  await writeFile(join(scenarios, 'own.yaml'), `scenario: own\n${text}`);
  const report = join(scenarios, 'report.json');
  const asked = ['--scenarios', scenarios, '-s', 'own', '--report', `json=${report}`, ...options];
  const played = await run('exec', ...asked, '--', ...command);
  const { held, chapters } = JSON.parse(readFileSync(report, 'utf8'));
  return { ...played, held, chapter: chapters[0] };
}

describe('the pace that the client is told', () => {
  const tells = script(`${SCHEDULES} console.log('pace', process.env.ESOZ_PACE);`);
  const told = async (...options: string[]) => {
    const { out } = await run('exec', ...options, '--output', '--', ...tells);
    return { pace: /^pace (.*)$/m.exec(out)?.[1], playing: /^playing .*$/m.exec(out)?.[0] };
  };
  const basics = ['--suite', 'polling-basics', '-s', 'done-after-eta'];

  it('is 1 unless the client says that it divides its own pauses', async () => {
    const { pace, playing } = await told(...basics);
    expect(pace).toBe('1');
    expect(playing).toMatch(
      /^playing 1 scenario of polling-basics at the API's own times, .* or more$/,
    );
  });

  it('is the suite’s own with --pace, and the command behind -- stays the command', async () => {
    const { pace, playing } = await told(...basics, '--pace');
    expect(Number(pace)).toBeGreaterThan(1);
    expect(playing).toContain(`${pace} times as fast as the API`);
  });

  it('is played by a suite that has bytes which are not UTF-8, and it says where', async () => {
    const file = join(await folder(), 'own.yaml');
    const text = 'suite: own\n# \xef\xf0\xe8\nscenarios: [done-after-eta]\n';
    await writeFile(file, Buffer.from(text, 'latin1'));
    const { out, err } = await run('exec', '--suite', file, '--', ...tells);
    expect(err).toMatch(/own\.yaml:2:3: .*not UTF-8.*\[FILE_NOT_UTF8\]/s);
    expect(out).toMatch(/^playing 1 scenario of own/m);
  });

  it('is what --pace names', async () => {
    expect(await told('-s', 'slow', '--pace', '7')).toMatchObject({ pace: '7' });
    expect(await told('--pace=8', '-s', 'slow')).toMatchObject({ pace: '8' });
  });

  it('leaves a command without -- alone behind its number', async () => {
    const { out } = await run('exec', '-s', 'slow', '--pace', '9', '--output', ...tells);
    expect(out).toMatch(/^pace 9$/m);
  });
});

describe('a scenario whose fault the client never meets', () => {
  const OUTAGE = `
life:
  - state: PENDING
    for: 1s
  - answer: { http: 503 }
    for: 1s
    off_contract: true
  - state: DONE
expect: { reaches_end: true }
`;
  const OVERSLEEPS = `${SCHEDULES} await sleep(4); if ((await poll()).status !== 'DONE') process.exit(9);`;
  /** What else could be said of this client is not what is asked here. */
  const OTHERWISE = [
    'eta-respected',
    'newest-eta-used',
    'reads-the-result',
    'expectations',
  ].flatMap((rule) => ['--tolerance', `${rule}=off`]);

  it('was not played: exit code 2, with the step, its line and what the client did', async () => {
    const { code, out, chapter } = await exec(
      OUTAGE,
      [...OTHERWISE, '--pace', '5'],
      script(OVERSLEEPS),
    );
    expect(out).toContain('[1/1] ! own');
    expect(out).toMatch(
      /the client never polled step 2 «answer 503 for 1s» \(line 6\): it came only [\d.]+ s after scheduling/,
    );
    expect(chapter.notPlayed).toContain('never polled step 2');
    expect(code).toBe(2);
  });

  it('was played where the scenario does not ask a good client to meet it', async () => {
    const { code, chapter } = await exec(
      `${OUTAGE}meets: [3]\n`,
      [...OTHERWISE, '--pace', '5'],
      script(OVERSLEEPS),
    );
    expect(chapter).not.toHaveProperty('notPlayed');
    expect(code).toBe(0);
  });
});

describe('what a scenario expects of the command', () => {
  const FAILED = (expected: string) =>
    `life: [{ state: FAILED, error: { code: 1172, message: The period is wrong } }]\nexpect: ${expected}\n`;
  const ends = (code: number) => ['sh', '-c', `${GOOD.join(' ')}; exit ${code}`];
  const PACE = ['--pace', '20'];

  it('a code other than 0 is then no failure of the command', async () => {
    const { code, out } = await exec(FAILED('{ exit: nonzero }'), PACE, ends(3));
    expect(out).toMatch(new RegExp(`^\\[1/1] ✓ own {2}${CONTENT}`, 'm'));
    expect(code).toBe(0);
  });

  it('a client that takes a failure for success makes the run red', async () => {
    const { code, out, chapter, held } = await exec(FAILED('{ exit: nonzero }'), PACE, ends(0));
    expect(out).toContain('[1/1] ✗ own');
    expect(out).toMatch(/^ {2}.*the command exited with 0, as if all had gone well/m);
    expect([code, held]).toEqual([1, false]);
    expect(chapter.commandFindings).toHaveLength(1);
  });

  it('--any-exit leaves the code out, and only that', async () => {
    const both = FAILED('{ exit: nonzero, output: of another kind }');
    const { code, chapter } = await exec(both, [...PACE, '--any-exit'], ends(0));
    expect(chapter.commandFindings).toEqual([expect.stringContaining('"of another kind"')]);
    expect(code).toBe(1);
  });

  it('the error must be shown to its user', async () => {
    const { code } = await exec(FAILED('{ output: The period is wrong }'), PACE, GOOD);
    expect(code).toBe(0);
    const hidden = ['sh', '-c', `${GOOD.join(' ')} > /dev/null`];
    const silent = await exec(FAILED('{ output: The period is wrong }'), PACE, hidden);
    expect(silent.out).toMatch(/^ {2}.*the command did not print "The period is wrong"/m);
    expect(silent.code).toBe(1);
  });

  it('a command that was stopped has come to no end that could be judged', async () => {
    const { code, chapter } = await exec(
      FAILED('{ exit: nonzero, output: never }'),
      ['--timeout', '6s', '--tolerance', 'gives-up=off'],
      ['sh', '-c', `${GOOD.join(' ')}; sleep 40`],
    );
    expect(chapter).not.toHaveProperty('commandFindings');
    expect(chapter.command).toMatchObject({ stopped: true });
    expect(code).toBe(2);
  });
});

describe('a command that sends no request in the first scenario', () => {
  it('plays no other: the reason comes first, with what it was given and what to do', async () => {
    const path = await folder();
    const ran = join(path, 'ran');
    const report = join(path, 'report.json');
    const asked = ['--report', `json=${report}`, '--env', 'MY_API={host}', '--pace', '20'];
    const silent = ['sh', '-c', `echo once >> ${ran}; echo what it prints`];
    const { code, out } = await run('exec', ...asked, '--', ...silent);
    expect(readFileSync(ran, 'utf8')).toBe('once\n');
    const said = out.split('\n').slice(2);
    expect(said[0]).toMatch(
      /^the command sent no request to the sandbox: nothing was tested, and \d+ further scenarios left out$/,
    );
    expect(said.join('\n')).toMatch(/ESOZ_SANDBOX_URL=http:\/\/127\.0\.0\.1:\d+\/~\S+\n/);
    expect(said.join('\n')).toMatch(/MY_API=127\.0\.0\.1:\d+\n/);
    expect(said).toContain('  | what it prints');
    expect(said.join('\n')).toContain(
      '→ let the client take the base URL of the API from ESOZ_SANDBOX_URL',
    );
    expect(JSON.parse(readFileSync(report, 'utf8')).chapters).toHaveLength(1);
    expect(code).toBe(2);
  });

  it('goes on when a later one sends none', async () => {
    const path = join(await folder(), 'seen');
    const once = `import { existsSync, writeFileSync } from 'node:fs';
      if (existsSync('${path}')) process.exit(0);
      writeFileSync('${path}', ''); ${SCHEDULES}`;
    const three = ['-s', 'slow', 'done-after-eta', 'failed-error-list'];
    const { out } = await run('exec', ...three, '--pace', '20', '--', ...script(once));
    expect(existsSync(path)).toBe(true);
    expect(out).toMatch(/^\[3\/3] ! failed-error-list/m);
  });
});

describe('a suite and scenarios', () => {
  it('play these scenarios of the suite, in its order and with what it says', async () => {
    const own = await folder();
    const [path, text] = [join(own, 'own.yaml'), join(own, 'report.txt')];
    await writeFile(
      path,
      'suite: own\nscenarios: [failed-error-list, slow, done-after-eta]\npace: 20\ntolerances: { single-flight: off }\n',
    );
    const asked = ['--suite', path, '-s', 'done-after-eta', 'failed-error-list', '--pace'];
    const report = ['--report', `text=${text}`];
    const { code, out } = await run('exec', ...asked, ...report, '--', ...GOOD);
    expect(out.match(/^\[.*?] . \S+/gm)).toEqual([
      '[1/2] ✓ failed-error-list',
      '[2/2] ✓ done-after-eta',
    ]);
    expect(out).toMatch(/^playing 2 scenarios of own 20 times as fast as the API, /m);
    expect(readFileSync(text, 'utf8')).toMatch(/single-flight +2 off/);
    expect(code).toBe(0);
  });
});

describe('a client of several processes', () => {
  it('may schedule in one and poll from another that goes on by itself', async () => {
    const child = `
      const { id, eta, url } = JSON.parse(process.argv[1]);
      const headers = { Authorization: 'Bearer t', 'api-key': 'k' };
      const least = 1000 / process.env.ESOZ_PACE;
      let next = Date.parse(eta);
      for (let data; data?.status !== 'FAILED'; next = Math.max(Date.parse(data.eta), Date.now() + least)) {
        while (Date.now() < next) await new Promise((wake) => setTimeout(wake, next - Date.now()));
        ({ data } = await (await fetch(url + '/patients/composition/job/' + id, { headers })).json());
      }
      console.log('polled by', process.pid);`;
    const parent = `
      import { spawn } from 'node:child_process';
      const url = process.env.ESOZ_SANDBOX_URL;
      const headers = { Authorization: 'Bearer t', 'api-key': 'k', 'Content-Type': 'application/json' };
      const body = await (await fetch(new URL(url).origin + '/__sandbox/examples/createComposition')).text();
      const answer = await fetch(url + '/patients/composition', { method: 'POST', headers, body });
      const { data: { id, eta } } = await answer.json();
      console.log('scheduled by', process.pid);
      const worker = ['--input-type=module', '-e', ${JSON.stringify(child)}, JSON.stringify({ id, eta, url })];
      const polling = spawn(process.execPath, worker, { stdio: 'inherit', detached: true });
      process.exitCode = await new Promise((ended) => polling.on('exit', ended));`;
    const asked = ['-s', 'failed-error-list', '--pace', '20', '--output'];
    const { code, out } = await run('exec', ...asked, '--', ...script(parent));
    const [, scheduling] = /^scheduled by (\d+)$/m.exec(out) ?? [];
    const [, polling] = /^polled by (\d+)$/m.exec(out) ?? [];
    expect(polling).not.toBe(scheduling);
    expect(out).toMatch(new RegExp(`^failed-error-list: ${CONTENT}$`, 'm'));
    expect(code).toBe(0);
  });
});
