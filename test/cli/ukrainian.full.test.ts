import { readdirSync, readFileSync } from 'node:fs';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeClient, send } from '../support/client.js';
import { run, serve, start, until } from '../support/command.js';
import { disability } from '../support/conclusions.js';
import { englishIn, textsOfHtml, textsOfMarkdown } from '../support/english-left.js';
import { openSandbox } from '../support/sandbox.js';

/** What an API says of its own, as it is. */
const SENT = [/^ +\d{4}: [A-Z].*$/gm, /Compositions API/g, /Payouts API/g];

const inUkrainian = (...args: string[]) => run(args[0] as string, '--lang', 'uk', ...args.slice(1));

function expectUkrainian(text: string, ...names: (string | RegExp)[]): void {
  expect(text).toMatch(/[а-яіїєґ]{3}/i);
  expect(englishIn(text, [...SENT, ...names])).toEqual([]);
}

async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'esoz-uk-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** Schedules a job, and does with it what a bad client does. */
const client = (habit: string) => [
  'node',
  '--input-type=module',
  '-e',
  `const { ESOZ_SANDBOX_URL: url, ESOZ_PACE: pace } = process.env;
  const headers = { Authorization: 'Bearer t', 'api-key': 'k', 'Content-Type': 'application/json' };
  const body = await (await fetch(new URL(url).origin + '/__sandbox/examples/createComposition')).text();
  const submit = () => fetch(url + '/patients/composition', { method: 'POST', headers, body }).then((it) => it.json());
  const pause = (ms) => new Promise((done) => setTimeout(done, ms / pace));
  let { data } = await submit();
  const poll = async () => {
    const answer = await fetch(url + '/patients/composition/job/' + data.id, { headers });
    return answer.ok ? (await answer.json()).data : data;
  };
  const isOver = () => data.status === 'DONE' || data.status === 'FAILED';
  ${habit}`,
];

const HABITS = {
  'polls too often': 'while (!isOver()) { await pause(100); data = await poll(); }',
  'ignores eta': 'while (!isOver()) { await pause(1000); data = await poll(); }',
  'submits twice': 'await submit(); while (!isOver()) { await pause(3000); data = await poll(); }',
  'takes FAILED for success':
    "while (!isOver()) { await pause(3000); data = await poll(); } await fetch(url + '/' + (data.links?.[0]?.href ?? 'none'), { headers });",
};

describe('exec', () => {
  it.each(
    Object.entries(HABITS),
  )('tells a client that %s so in Ukrainian alone', async (_, habit) => {
    const out = await folder();
    const at = (form: string) => join(out, form);
    const reports = ['text', 'html', 'markdown'].flatMap((form) => [
      '--report',
      `${form}=${at(form)}`,
    ]);
    const scenarios = ['-s', 'done-after-eta', 'failed-error-list', 'unavailable-503'];
    const options = ['--pace', '20', '--timeout', '60s', ...reports];
    const played = await inUkrainian('exec', ...scenarios, ...options, '--', ...client(habit));
    expect(played).toMatchObject({ code: 1, err: '' });
    const names = [/[\w-]+(?:, [\w-]+)+(?=: )/g];
    expectUkrainian(played.out, ...names);
    expectUkrainian(readFileSync(at('text'), 'utf8'), ...names);
    expectUkrainian(textsOfMarkdown(readFileSync(at('markdown'), 'utf8')), ...names);
    expectUkrainian(textsOfHtml(readFileSync(at('html'), 'utf8')), ...names);
  });
});

describe('what a person meets first', () => {
  it.each([
    ['demo', '--pace', '40'],
    ['demo', 'test/guess/documents/by-query.yaml', '--pace', '40'],
    ['try', '--pace', '40'],
    ['try', '--pace', '40', '--scenario', 'failed-error-list'],
    ['scenarios', '--markdown'],
    ['scenarios'],
    ['scenarios', 'show', 'eta-moves'],
    ['suites'],
    ['rules'],
    ['faults'],
  ])('is Ukrainian: %s %s %s %s %s', async (...args) => {
    const { out, err, code } = await inUkrainian(...args.filter((arg) => arg !== undefined));
    expect({ err, code }).toEqual({ err: '', code: 0 });
    expectUkrainian(out);
  });
});

/** Starts a command that goes on, and stops it with Ctrl-C. @returns all that it has said */
async function saidBy(args: readonly string[], use: (url: string) => Promise<unknown>) {
  const child = start(args, { LANG: 'uk_UA.UTF-8', LC_ALL: '', ESOZ_LANG: 'uk' });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  }
  const exit = new Promise((done) => child.on('close', done));
  const url = () => /(http:\/\/127\.0\.0\.1:\d+)[\s/]/.exec(text)?.[1];
  await until(
    () => url() !== undefined,
    () => text,
  );
  await use(url() as string);
  child.kill('SIGINT');
  await exit;
  return text;
}

describe('what is written for a person', () => {
  it('is Ukrainian where init writes it: binding, scenarios, suite, page; and can be used', async () => {
    const out = await folder();
    const file = join(out, 'openapi.yaml');
    await copyFile('test/guess/documents/by-query.yaml', file);
    const made = await inUkrainian('init', file);
    expect(made).toMatchObject({ code: 0, err: '' });
    expectUkrainian(made.out);
    const written = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter(
      (name) => /\.(yaml|md)$/.test(name) && name !== 'openapi.yaml',
    );
    expect(written.length).toBeGreaterThan(5);
    for (const name of written) {
      const text = readFileSync(join(out, name), 'utf8');
      const read = name.endsWith('.md') ? textsOfMarkdown(text) : commentsOf(text);
      expectUkrainian(read, 'esoz-sandbox init', /Render API|npm test/g, /(?<=group: )\w+/g);
    }
    const checked = await inUkrainian('lint', '--pack', out);
    expect(checked).toMatchObject({ code: 0 });
    expectUkrainian(checked.out + checked.err);
    expect(await inUkrainian('init', file, '--yes')).toMatchObject({ code: 0 });
    // In another language the texts are others, and what nobody has changed may be overwritten.
    expect(await run('init', file, '--yes')).toMatchObject({ code: 0 });
  });

  it('is Ukrainian where record writes it, and its log and check are', async () => {
    const { sandbox } = await openSandbox();
    const out = await folder();
    const args = ['record', '--upstream', sandbox.url, '--out', out, '--port', '0', '--check'];
    const said = await saidBy(args, async (url) => {
      const { json } = await makeClient(url).create(disability());
      await makeClient(url).poll(json.data.id);
      await send('GET', `${url}/api/patients/composition/job/nonsense`);
      await send('GET', `${url}/api/no-such`);
    });
    expect(said).toContain('звірено з');
    expectUkrainian(said);
    const names = readdirSync(out).filter((name) => /\.(yaml|txt)$/.test(name));
    expect(names.length).toBeGreaterThan(1);
    for (const name of names) expectUkrainian(commentsOf(readFileSync(join(out, name), 'utf8')));
  });

  it('is Ukrainian in the log of serve, with the notes of its journal', async () => {
    const said = await saidBy(['serve', '--port', '0'], async (url) => {
      const { json } = await makeClient(url).create(disability());
      await makeClient(url).poll(json.data.id);
      await send('GET', `${url}/api/patients/composition/job/nonsense`);
      await send('GET', `${url}/api/no-such`);
      await send('PUT', `${url}/api/patients/composition`, {});
    });
    expect(said).toContain('сценарій');
    expectUkrainian(said);
  });
});

/** Lines that are comments, titles and lessons: what else stands in YAML is for programs. */
function commentsOf(yaml: string): string {
  const lines = yaml.split('\n').filter((line) => /^ *#|^(?:title|about): |[а-яіїєґ]/i.test(line));
  return lines.join('\n').replace(/^(?:title|about): /gm, '');
}

describe('a mistake', () => {
  it('in a scenario is told in Ukrainian, with what to do', async () => {
    const file = join(await folder(), 'typo.yaml');
    await writeFile(
      file,
      'scenario: typo\ntitel: x\nlife:\n  - state: DONEE\n    for: soon\n  - state: DONE\n    eta: 3\n    error: { code: 1 }\nexpect: { polls: { at_most: many } }\n',
    );
    const { out, err, code } = await inUkrainian('lint', file);
    expect(code).toBe(1);
    expectUkrainian(out + err);
  });

  it('of a port that is taken is told in Ukrainian', async () => {
    const taken = createServer();
    await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as { port: number };
    const { out, err, code } = await inUkrainian('serve', '--port', String(port));
    expect(code).not.toBe(0);
    expectUkrainian(out + err);
  });

  it.each([
    ['serve', '--prot', '1'],
    ['serve', '--port', '99999'],
    ['serve', '--scenario', 'no-such'],
    ['serve', '--clock', 'sometimes'],
    ['serve', '--chaos', 'much'],
    ['serve', '--pack', 'no-such'],
    ['serve', 'no-such.yaml'],
    ['serve', '--scenarios', 'no-such-folder'],
    ['lint', 'no-such.yaml'],
    ['try', 'no-such.yaml'],
    ['try', '--operation', 'no-such'],
    ['init', 'no-such.yaml'],
    ['init'],
    ['demo', 'no-such.yaml'],
    ['record'],
    ['record', '--upstream', 'no url'],
    ['record', '--upstream', 'http://127.0.0.1:9', '--timeout', 'soon'],
    ['exec'],
    ['exec', '--suite', 'no-such', '--', 'true'],
    ['exec', '--report', 'pdf=x', '--', 'true'],
    ['exec', '--tolerance', 'no-such=1s', '--', 'true'],
    ['exec', '-s', 'done-after-eta', '--', 'no-such-command'],
    ['verdict'],
    ['verdict', 'http://127.0.0.1:9'],
    ['verdict', 'no url'],
    ['scenarios', 'show', 'no-such'],
    ['no-such-command'],
  ])('is told in Ukrainian: %s %s %s', async (...args) => {
    const { out, err, code } = await inUkrainian(...args);
    expect(code).not.toBe(0);
    expect(err).toMatch(/\[[A-Z_]+\]/);
    expectUkrainian(out + err, 'no url', 'fetch failed');
  });
});

describe('verdict', () => {
  it('of a session that is served is Ukrainian alone', async () => {
    const { url } = await serve('--clock', 'manual');
    const hasty = makeClient(`${url}/~hasty`);
    const { json } = await hasty.create(disability());
    await hasty.create(disability());
    for (let i = 0; i < 3; i += 1) await hasty.poll(json.data.id);
    const { out } = await inUkrainian('verdict', url, '--session', 'hasty');
    expectUkrainian(out, 'hasty');
  });
});
