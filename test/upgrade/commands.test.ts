import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeClient, send } from '../support/client.js';
import { CONTENT, run, runWith, serve, until } from '../support/command.js';
import { disability } from '../support/conclusions.js';

/** A command of a client that asks for nothing. */
const SILENT = ['--', process.execPath, '-e', ''];
const EXAMPLE = ['--', process.execPath, 'examples/javascript/poller.mjs'];

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'upgrade-'));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

/** Options of each command in 0.3.0. None may go or be renamed. */
const OPTIONS: Record<string, string> = {
  serve:
    '-p --port --host -s --scenario --clock --pack --spec --binding --scenarios --envelope --chaos --chaos-seed ' +
    '--chaos-faults --rules --setting --seed --control-token --keep-journal --keep-jobs --keep-resources ' +
    '--keep-sessions --json -q --quiet',
  exec:
    '-s --scenario --suite --pace --timeout --env --chaos --chaos-seed --chaos-faults --report --tolerance ' +
    '--any-exit --output --no-ci --pack --spec --binding --scenarios',
  verdict: '--session --run --report --tolerance --control-token --no-ci',
  record:
    '--upstream --out -p --port --host --pack --spec --binding --by --check --no-mask --mask --keep --timeout ' +
    '--json -q --quiet',
  'scenarios list': '--pack --spec --binding --scenarios --group --json --markdown',
  'scenarios show': '--pack --spec --binding --scenarios --json',
  lint: '--pack --spec --binding --scenarios',
  suites: '--pack --spec --binding --scenarios',
  faults: '--json',
  rules: '--json',
  demo: '--pack --pace',
};

describe('each command still has its options', () => {
  it.each(Object.entries(OPTIONS))('%s', async (command, options) => {
    const { code, out } = await run(...command.split(' '), '--help');
    expect(code).toBe(0);
    const listed = new Set(out.match(/(?<=^ {2}(?:-\w, )?)--?[a-z][a-z-]*|(?<=^ {2})-\w(?=,)/gm));
    expect([...listed]).toEqual(expect.arrayContaining(options.split(' ')));
  });
});

describe('the commands of the README: a checkout', () => {
  it('has the scripts that the README names', () => {
    const { scripts, bin } = JSON.parse(readFileSync('package.json', 'utf8'));
    const named = [
      'start',
      'cli',
      'test',
      'check',
      'build',
      'fix',
      'spec',
      'catalogue',
      'runtimes',
    ];
    expect(Object.keys(scripts)).toEqual(
      expect.arrayContaining([...named, 'bench', 'bench:verdict', 'soak']),
    );
    expect(bin).toEqual({ 'esoz-sandbox': 'dist/cli.js' });
    for (const file of ['scripts/cli.mjs', 'scripts/runtimes.mjs']) {
      expect(readFileSync(file, 'utf8')).not.toBe('');
    }
  });
});

describe('the commands of the README: the first five minutes', () => {
  it('schedule, poll, choose the next scenario, read the journal', async () => {
    const { url, text } = await serve('--clock', 'paced:1000');
    await until(() => text().includes('Ctrl-C'), text);
    const API = `${url}/api`;
    const credentials = { Authorization: 'Bearer demo', 'api-key': 'demo' };
    const example = await send('GET', `${url}/__sandbox/examples/createComposition`);
    const schedule = () =>
      send('POST', `${API}/patients/composition`, { body: example.text, headers: credentials });
    const { json } = await schedule();
    expect(json.data).toMatchObject({
      id: expect.any(String),
      status: 'PENDING',
      eta: expect.any(String),
    });
    const poll = (id: string) =>
      send('GET', `${API}/patients/composition/job/${id}`, { headers: credentials });
    await expect.poll(async () => (await poll(json.data.id)).json.data.status).toBe('DONE');
    const next = await send('POST', `${url}/__sandbox/sessions/default/next`, {
      body: { scenario: 'failed-error-list' },
    });
    expect(next.status).toBe(200);
    const second = (await schedule()).json.data.id;
    await expect.poll(async () => (await poll(second)).json.data.status).toBe('FAILED');
    const journal = await send('GET', `${url}/__sandbox/sessions/default/journal?limit=5`);
    expect(journal.json.exchanges.length).toBeGreaterThanOrEqual(4);
    const page = await send('GET', `${url}/__sandbox/sessions/default/verdict`, {
      headers: { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' },
    });
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const document = {
      id: 'e2c94a70-6b1d-4f83-a5d9-38f07c2e1b46',
      party: { tax_id: '1234567890' },
    };
    const employee = await send('POST', `${url}/__sandbox/sessions/default/resources`, {
      body: { document },
    });
    expect([employee.status, employee.json.kind]).toEqual([201, 'employee']);
  });

  it('the first line of `serve --port 0 --json` says where it listens', async () => {
    const { url, text } = await serve('--json');
    await until(() => text().includes('\n'), text);
    const [first = ''] = text().split('\n');
    expect(JSON.parse(first)).toMatchObject({ event: 'listening', url, binding: 'compositions' });
  });

  it.each([
    ['--scenario throttled-429'],
    ['--chaos 0.1 --chaos-seed 7'],
    ['--chaos 0.1 --chaos-faults reset hang'],
    ['--clock manual --seed 7 --json'],
    ['--clock manual:2026-01-31T08:00:00Z --envelope data --quiet'],
    ['--setting CANCEL_DAYS_TEMP_DISABILITY=30 --setting UNSIGNED_CONTENT=refuse'],
    ['--rules off'],
    ['--pack medical-events'],
    ['--keep-journal 10 --keep-jobs 10 --keep-resources 10 --keep-sessions 10'],
    ['--host 127.0.0.1 --control-token secret'],
    ['--spec spec/compositions/openapi.yaml --scenarios test/fixtures/0.3.0/compositions'],
  ])('serve %s', async (options) => {
    const { url } = await serve(...options.split(' '));
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });
});

describe('the commands of the README: listings', () => {
  it.each([
    ['scenarios', /chosen by body subject\.value = 00000000-/],
    ['scenarios list --group throttled', /^ {2}throttled-429 /m],
    ['scenarios show lost-after-pending', /PENDING for \d polls?/],
    ['scenarios --pack medical-events', /chosen by path patient_id = 00000000-/],
    ['scenarios --markdown', /^## happy$/m],
    ['suites', /^polling-basics {2}/m],
    ['faults', /^truncated-body /m],
    ['rules', /^eta-respected/m],
    ['lint', /^\d+ files, no mistake(, \d+ warnings?)?$/m],
    ['lint test/fixtures/0.3.0/compositions', /^\d+ files, no mistake(, \d+ warnings?)?$/m],
    ['demo --pace 100', /ENTERED_IN_ERROR/],
    ['--version', /^\d+\.\d+\.\d+/],
  ])('%s', async (command, says) => {
    const { code, out, err } = await run(...command.split(' '));
    expect(err).toBe('');
    expect(out).toMatch(says);
    expect(code).toBe(0);
  });

  it('scenarios, faults and rules with --json have the keys that scripts read', async () => {
    const list = async (...args: string[]) => JSON.parse((await run(...args, '--json')).out);
    expect(await list('scenarios')).toContainEqual(
      expect.objectContaining({ name: 'slow', title: expect.any(String), group: 'slow' }),
    );
    expect(await list('faults')).toContainEqual(
      expect.objectContaining({
        name: 'slow-body',
        title: expect.any(String),
        settings: ['bytes_per_second'],
        read: 'yes',
        chaos: false,
      }),
    );
    expect(await list('rules')).toContainEqual(
      expect.objectContaining({
        name: 'spacing',
        title: expect.any(String),
        severity: 'error',
        tolerance: expect.any(String),
        sources: expect.arrayContaining([{ text: expect.any(String), url: expect.any(String) }]),
      }),
    );
  });
});

describe('the commands of the README: exec', () => {
  it('plays polling-basics unasked, and writes each form of report', async () => {
    const out = await folder();
    const forms = ['json', 'junit', 'html', 'markdown', 'text', 'codequality'];
    const reports = forms.flatMap((form) => ['--report', `${form}=${join(out, form)}`]);
    // It tests nothing, which is the exit code 2.
    expect((await run('exec', ...reports, ...SILENT)).code).toBe(2);
    const read = (form: string) => readFileSync(join(out, form), 'utf8');
    const { title, chapters } = JSON.parse(read('json'));
    // Since 0.4.0 a command that sends no request in the first scenario is not run for the others.
    expect([title, chapters.length]).toEqual(['polling-basics', 1]);
    expect(read('junit')).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites /);
    expect(read('html')).toMatch(/^<!doctype html>/);
    expect(read('markdown')).toMatch(/^## /);
    expect(read('text')).toContain('done-after-eta');
    expect(JSON.parse(read('codequality'))).toBeInstanceOf(Array);
  });

  it('plays scenarios by name, at a pace, with further variables', async () => {
    const client =
      'const { env } = process; console.log(["ESOZ_SANDBOX_URL", "ESOZ_SCENARIO", "ESOZ_SESSION", "ESOZ_PACE", ' +
      '"EHEALTH_API_DOMAIN", "OTHERS"].map((name) => name + "=" + env[name]).join("\\n"));' +
      'fetch(env.ESOZ_SANDBOX_URL + "/patients/composition")';
    const env = [
      'EHEALTH_API_DOMAIN={url}/api',
      'OTHERS={origin} {host} {session} {scenario} {pace}',
    ];
    const asked = ['--scenario', 'slow', 'lost-after-pending', '--pace', '60', '--output'];
    const set = env.flatMap((one) => ['--env', one]);
    const { out } = await run('exec', ...asked, ...set, '--', process.execPath, '-e', client);
    expect(out).toMatch(/ESOZ_SANDBOX_URL=(http:\/\/127\.0\.0\.1:\d+\/~\S+)\n/);
    const url = /ESOZ_SANDBOX_URL=(\S+)/.exec(out)?.[1] ?? '';
    const { origin, host } = new URL(url);
    expect(out).toContain('ESOZ_SCENARIO=slow\n');
    expect(out).toContain('ESOZ_SCENARIO=lost-after-pending\n');
    expect(out).toContain('ESOZ_PACE=60\n');
    expect(out).toContain(`EHEALTH_API_DOMAIN=${url}/api\n`);
    const session = /ESOZ_SESSION=(\S+)/.exec(out)?.[1];
    expect(out).toContain(`OTHERS=${origin} ${host} ${session} slow 60\n`);
  });

  it('is content with a good client (0)', async () => {
    const { code, out } = await run(
      'exec',
      '--scenario',
      'failed-1172',
      '--pace',
      '10',
      ...EXAMPLE,
    );
    expect(out).toMatch(new RegExp(`^failed-1172: ${CONTENT}$`, 'm'));
    expect(code).toBe(0);
  });

  it.each([
    ['a suite of one’s own', ['--suite', 'test/fixtures/0.3.0/suites/of-ones-own.yaml']],
    ['chaos', ['--scenario', 'slow', '--chaos', '0.1', '--chaos-seed', '3']],
    ['a tolerance', ['--scenario', 'slow', '--tolerance', 'eta-respected=1s', '--no-ci']],
    ['another API', ['--pack', 'medical-events', '--any-exit', '--timeout', '20s']],
  ])('takes %s, and says 2 when nothing is asked for', async (_, options) => {
    expect((await run('exec', ...options, ...SILENT)).code).toBe(2);
  });

  it('says 1 for a finding of severity error, 3 for a command line that cannot be used', async () => {
    const impatient =
      'const { ESOZ_SANDBOX_URL: base } = process.env;' +
      'const headers = { Authorization: "Bearer a", "api-key": "b", "Content-Type": "application/json" };' +
      'const body = await (await fetch(new URL("/__sandbox/examples/createComposition", base))).text();' +
      'const path = base + "/api/patients/composition";' +
      'const { data } = await (await fetch(path, { method: "POST", headers, body })).json();' +
      'await fetch(path + "/job/" + data.id, { headers });';
    const node = ['--', process.execPath, '--input-type=module', '-e', impatient];
    const red = await run('exec', '--scenario', 'done-after-eta', ...node);
    expect(red.out).toMatch(/error eta-respected: /);
    expect(red.code).toBe(1);
    expect((await run('exec', '--scenario', 'slou', ...SILENT)).code).toBe(3);
    expect((await run('exec', '--sweet', 'errors', ...SILENT)).code).toBe(3);
  });

  it('writes annotations for GitHub, and a report for GitLab', async () => {
    const out = await folder();
    const summary = join(out, 'summary.md');
    const github = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
    await runWith(github, 'exec', '--scenario', 'slow', ...SILENT);
    expect(readFileSync(summary, 'utf8')).toMatch(/^## /);
  });
});

describe('the commands of the README: verdict', () => {
  it('asks a running sandbox, with the exit codes of exec', async () => {
    const out = await folder();
    const html = join(out, 'verdict.html');
    const { url } = await serve('--scenario', 'lost-after-pending', '--clock', 'manual', '--quiet');
    expect((await run('verdict', url)).code).not.toBe(1);
    const client = makeClient(`${url}/~worker-3`);
    const { json } = await client.create(disability());
    await client.poll(json.data.id);
    const broken = await run('verdict', `${url}/~worker-3/api`, '--report', `html=${html}`);
    expect(broken.code).toBe(1);
    expect(readFileSync(html, 'utf8')).toMatch(/^<!doctype html>/);
    const tolerant = ['eta-respected', 'reaches-the-end', 'expectations'].flatMap((rule) => [
      '--tolerance',
      `${rule}=off`,
    ]);
    const asked = ['verdict', url, '--session', 'worker-3', '--run', 'running'];
    expect((await run(...asked, ...tolerant)).code).toBe(0);
  });

  it('says 3 where no sandbox is', async () => {
    expect((await run('verdict', 'http://127.0.0.1:9')).code).toBe(3);
  });
});
