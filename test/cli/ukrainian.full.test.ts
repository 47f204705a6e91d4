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
  'submits twice':
    'await submit(); while (!isOver()) { await pause(3000); data = await poll(); }',
  'takes FAILED for success':
    "while (!isOver()) { await pause(3000); data = await poll(); } await fetch(url + '/' + (data.links?.[0]?.href ?? 'none'), { headers });",
};

describe('exec', () => {
  it.each(Object.entries(HABITS))('tells a client that %s so in Ukrainian alone', async (_, habit) => {
    const out = await folder();
    const at = (form: string) => join(out, form);
    const reports = ['text', 'html', 'markdown'].flatMap((form) => ['--report', `${form}=${at(form)}`]);
    const scenarios = ['-s', 'done-after-eta', 'failed-error-list', 'unavailable-503'];
    const options = ['--pace', '20', '--timeout', '60s', ...reports];
    const played = await inUkrainian('exec', ...scenarios, ...options, '--', ...client(habit));
    expect(played).toMatchObject({ code: 1, err: '' });
    const names = [/[\w-]+(?:, [\w-]+)+(?=: )/g, /Smithy waiters|asynchronous request pattern|Amazon .*jitter/g];
    expectUkrainian(played.out, ...names);
    expectUkrainian(readFileSync(at('text'), 'utf8'), ...names);
    expectUkrainian(textsOfMarkdown(readFileSync(at('markdown'), 'utf8')), ...names);
    expectUkrainian(textsOfHtml(readFileSync(at('html'), 'utf8')), ...names);
  });
});

describe('what a person meets first', () => {
  it.each([
    ['demo', '--pace', '40'],
    ['demo', 'examples/documents/payouts/openapi.yaml', '--pace', '40'],
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
