import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeClient, send } from '../support/client.js';
import { run } from '../support/command.js';
import { disability } from '../support/conclusions.js';
import { startRecord } from '../support/recorded-command.js';
import { openFolder } from '../support/recorder.js';
import { openSandbox } from '../support/sandbox.js';

/** As far as it is looked at here. */
interface JsonReport {
  chapters: { verdict: { rules: { rule: string; outcome: string }[] } }[];
  causes: { id: string; rule: string }[];
}

/** Schedules a job, and asks for it so often without a pause. */
async function hurry(url: string, polls: number) {
  const client = makeClient(url);
  const { json } = await client.create(disability());
  for (let i = 0; i < polls; i += 1) await client.poll(json.data.id);
}

/** A script alone says that a job would never have ended; what overlaps takes longer by way of a recorder. */
const APART = ['expectations', 'gives-up', 'single-flight'];

/** What reports say of the exchanges alone. */
function saidIn({ chapters, causes }: JsonReport) {
  const [chapter] = chapters;
  return {
    causes: causes
      .filter(({ rule }) => !APART.includes(rule))
      .map(({ id }) => id)
      .sort(),
    rules: chapter?.verdict.rules
      .filter(({ rule }) => !APART.includes(rule))
      .map(({ rule, outcome }) => `${rule}: ${outcome}`),
  };
}

const read = async (file: string) => JSON.parse(await readFile(file, 'utf8')) as JsonReport;

describe('record --judge in front of a sandbox', () => {
  it('says of a client what its session says, and by its exit code too', async () => {
    const { sandbox } = await openSandbox({ clock: { mode: 'real' } });
    for (const [scenario, polls, code] of [
      ['immediate-done', 1, 1],
      ['done-after-two-polls', 4, 1],
      ['lost-after-pending', 6, 1],
      ['forbidden', 3, 1],
      ['failed-immediately', 1, 0],
    ] as const) {
      const session = sandbox.session(scenario);
      session.next(scenario);
      const out = await openFolder();
      const [recorded, told] = [join(out, 'recorded.json'), join(out, 'session.json')];
      const judging = ['--judge', '--report', `json=${recorded}`];
      const { url, end, text } = await startRecord(session.url, out, ...judging);
      await hurry(url, polls);
      expect({ scenario, code: await end() }).toEqual({ scenario, code });
      expect(text()).toContain('What has passed through');
      await run('verdict', session.url, '--report', `json=${told}`);
      const [passed, asSession] = [await read(recorded), await read(told)].map(saidIn);
      expect({ scenario, ...passed }).toEqual({ scenario, ...asSession });
    }
  });

  it('goes by what is known, by a profile and by tolerances, as exec does', async () => {
    const { sandbox } = await openSandbox({ clock: { mode: 'real' } });
    const known = join(await openFolder(), 'known.yaml');
    const judged = async (...options: string[]) => {
      sandbox.next('failed-immediately');
      const out = await openFolder();
      const { url, end, text } = await startRecord(sandbox.url, out, '--judge', ...options);
      await makeClient(url).create(disability());
      return { code: await end(), text: text() };
    };
    expect((await judged()).code).toBe(1);
    const written = await judged('--baseline', known, '--write-baseline');
    expect(written).toMatchObject({
      code: 0,
      text: expect.stringMatching(/known\.yaml: \d known/),
    });
    const again = await judged('--baseline', known);
    expect(again).toMatchObject({
      code: 0,
      text: expect.stringContaining('known to the baseline'),
    });
    expect((await judged('--tolerance', 'reaches-the-end=off')).code).toBe(0);
    expect((await judged('--profile', 'polling-2026.1')).code).toBe(1);
    expect((await judged('--while-running')).code).not.toBe(1);
  });

  it('ends with a report in one line for programs', async () => {
    const { sandbox } = await openSandbox({ clock: { mode: 'real' } });
    const { url, end, text } = await startRecord(
      sandbox.url,
      await openFolder(),
      ...['--judge', '--json'],
    );
    await hurry(url, 2);
    expect(await end()).toBe(1);
    const lines = text()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ event }) => event)).toEqual([
      ...['listening', 'exchange', 'exchange', 'exchange', 'verdict'],
    ]);
    expect(lines.at(-1)).toMatchObject({ held: false, chapters: [{ name: 'record' }] });
    expect(lines.at(-1).causes.map(({ id }: { id: string }) => id)).toContain('ignores-eta');
  });

  it('exits with 2 where nothing that has passed is about jobs', async () => {
    const { sandbox } = await openSandbox();
    const { url, end, text } = await startRecord(sandbox.url, await openFolder(), '--judge');
    await send('GET', `${url}/favicon.ico`);
    expect(await end()).toBe(2);
    expect(text()).toContain('nothing was tested in session record');
  });

  it.each([
    [['--report', 'json=x'], '--report goes with --judge'],
    [['--baseline', 'x.yaml'], '--baseline goes with --judge'],
    [['--profile', 'polling-2026.1'], '--profile goes with --judge'],
    [['--judge', '--baseline', 'none.yaml'], 'none.yaml: cannot be read (ENOENT)'],
    [['--judge', '--profile', 'polling-2026'], 'unknown profile "polling-2026"'],
    [['--judge', '--write-baseline'], '--write-baseline goes with --baseline'],
  ])('refuses %j', async (options, says) => {
    const asked = ['--upstream', 'http://127.0.0.1:9', '--out', await openFolder()];
    const { code, err } = await run('record', ...asked, ...options);
    expect(err).toContain(says);
    expect(code).toBe(3);
  });
});

/** A service that nobody here has made: what it says beside the contract, and how it says that it is busy, is its own. */
async function openPredictions(states: readonly (string | 503)[]) {
  let polls = 0;
  const server = createServer((req, res) => {
    const about = (status: string) => ({
      id: 'ufawqhfynnddngldkgtslldrkq',
      version: '5c7d5dc6',
      urls: { get: `http://${req.headers.host}/v1/predictions/ufawqhfynnddngldkgtslldrkq` },
      status,
      output: status === 'succeeded' ? ['Hello'] : null,
      error: null,
      logs: '',
    });
    const answer = (status: number, body: object) => {
      res.writeHead(status, { 'content-type': 'application/json' });
      res.end(JSON.stringify(body));
    };
    if (req.method === 'POST') return answer(201, about('starting'));
    const state = states[Math.min(polls, states.length - 1)] ?? 'succeeded';
    polls += 1;
    if (state !== 503) return answer(200, about(String(state)));
    res.writeHead(503, { 'content-type': 'text/html' });
    res.end('<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('record --judge in front of a service of others', () => {
  const api = ['--pack', './test/conformance/apis/replicate'];
  const asked = { version: '5c7d5dc6', input: { text: 'Hello' } };

  async function judged(states: readonly (string | 503)[], polls: number) {
    const out = await openFolder();
    const report = join(out, 'r.json');
    const options = ['--judge', ...api, '--report', `json=${report}`];
    const upstream = await openPredictions(states);
    const { url, end } = await startRecord(upstream, out, ...options);
    const { json } = await send('POST', `${url}/v1/predictions`, { body: asked });
    for (let i = 0; i < polls; i += 1) await send('GET', `${url}/v1/predictions/${json.id}`);
    const code = await end();
    const { causes } = await read(report);
    return { code, causes: causes.map(({ id }) => id) };
  }

  it('has nothing to say of a client that asks once and is told the end', async () => {
    expect(await judged(['succeeded'], 1)).toEqual({ code: 0, causes: [] });
  });

  it('finds one that leaves a job that goes on, and one that asks on after the end', async () => {
    const left = await judged(['processing'], 1);
    expect(left).toEqual({ code: 1, causes: ['leaves-a-running-job'] });
    const asksOn = await judged(['succeeded'], 3);
    expect(asksOn.code).toBe(1);
    expect(asksOn.causes).toContain('does-not-stop-at-the-end');
  });

  it('finds one that gives up at the first page of a gateway', async () => {
    const { code, causes } = await judged([503], 1);
    expect(code).toBe(1);
    expect(causes).toEqual(['gives-up-at-the-first-failure']);
  });
});
