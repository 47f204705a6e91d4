import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'vitest';

/** The command line as somebody has it who has installed it. */
export interface Installed {
  command: string;
  args: readonly string[];
  /** A folder that may be written to. */
  cwd: string;
  options: SpawnOptions;
}

const BODY = '/__sandbox/examples/createComposition';
const API = '/api/patients/composition';
const HEADERS = { Authorization: 'Bearer demo', 'api-key': 'demo' };

/** A contract that nothing here knows: Prism answers what schedules nothing. */
const FOREIGN = `openapi: 3.0.3
info: { title: Pets, version: '1' }
paths:
  /pets/{id}:
    get:
      operationId: readPet
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        '200':
          description: A pet.
          content:
            application/json:
              schema:
                type: object
                required: [name, tags]
                properties:
                  name: { type: string, example: Murka }
                  tags: { type: array, items: { type: string }, example: [a cat] }
`;

/** Runs a command to its end. */
export async function runIn(installed: Installed, ...args: string[]) {
  const child = begin(installed, args);
  const said = listen(child);
  const code = await ended(child);
  return { code, text: said() };
}

/** Starts a command that listens, and waits until it does. */
async function open(installed: Installed, ...args: string[]) {
  const child = begin(installed, args);
  const said = listen(child);
  const close = async () => {
    child.kill('SIGTERM');
    await ended(child);
  };
  while (!/http:\/\/127\.0\.0\.1:\d+/.test(said())) {
    if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}: ${said()}`);
    await new Promise((done) => setTimeout(done, 20));
  }
  const [url = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(said()) ?? [];
  return { url, close };
}

/** A client schedules a job and polls it to its end, and the verdict holds. */
export async function servesAndPolls(installed: Installed): Promise<void> {
  const { url, close } = await open(installed, 'serve', '--port', '0', '--clock', 'manual');
  try {
    await poll(url);
    const verdict = await json(`${url}/__sandbox/sessions/default/verdict`);
    expect(verdict).toMatchObject({ jobs: [{ outcome: 'done' }] });
    // What the build has not compiled: Ajv and RE2 are loaded for it.
    const wrong = await fetch(url + API, { method: 'POST', headers: HEADERS, body: '{}' });
    expect(wrong.status).toBeGreaterThanOrEqual(400);
    expect(wrong.status).toBeLessThan(500);
  } finally {
    await close();
  }
}

async function poll(url: string): Promise<void> {
  const body = await (await fetch(url + BODY)).text();
  const headers = { ...HEADERS, 'Content-Type': 'application/json' };
  const made = await json(url + API, { method: 'POST', headers, body });
  const job = /"id":"([^"]+)"/.exec(JSON.stringify(made))?.[1];
  const clock = `${url}/__sandbox/sessions/default/clock/advance`;
  await json(clock, { method: 'POST', body: JSON.stringify({ by: '10s' }) });
  const told = await json(`${url}${API}/job/${job}`, { headers: HEADERS });
  expect(JSON.stringify(told)).toContain('"DONE"');
}

/** The page and its script come. */
export async function showsTheBoard(installed: Installed): Promise<void> {
  const { url, close } = await open(installed, 'serve', '--port', '0');
  try {
    const page = await (await fetch(`${url}/__sandbox/`)).text();
    const script = /src="([^"]+\.js)"/.exec(page)?.[1] ?? '';
    const part = await fetch(new URL(script, `${url}/__sandbox/`));
    expect(part.headers.get('Content-Type')).toContain('javascript');
    expect((await part.text()).length).toBeGreaterThan(10_000);
    const linted = await json(`${url}/__sandbox/lint`, {
      method: 'POST',
      body: JSON.stringify({
        yaml: `scenario: long\n# ${'x'.repeat(20_000)}\nlife:\n  - state: DONEE\n`,
      }),
    });
    expect(linted).toMatchObject({ problems: [{ code: 'SCENARIO_UNKNOWN_STATE' }] });
  } finally {
    await close();
  }
}

/** An operation of somebody's own document is answered by what the document shows. */
export async function answersAForeignContract(installed: Installed): Promise<void> {
  const document = join(installed.cwd, 'pets.yaml');
  writeFileSync(document, FOREIGN);
  const { url, close } = await open(installed, 'serve', document, '--port', '0');
  try {
    const answer = await fetch(`${url}/pets/7`);
    expect([answer.status, await answer.json()]).toEqual([200, { name: 'Murka', tags: ['a cat'] }]);
    const invented = await fetch(`${url}/pets/7`, { headers: { Prefer: 'dynamic=true' } });
    expect([invented.status, Object.keys((await invented.json()) as object)]).toEqual([
      200,
      expect.arrayContaining(['name']),
    ]);
  } finally {
    await close();
  }
}

/** A client's own command is judged: one that is right, one that is wrong. */
export async function judgesAClient(
  installed: Installed,
  good: readonly string[],
  wrong: readonly string[],
): Promise<void> {
  const scenario = ['exec', '--scenario', 'done-after-eta', '--'];
  const held = await runIn(installed, ...scenario, ...good);
  expect(held.text).toContain('done-after-eta');
  expect([held.code, held.text]).toEqual([0, expect.any(String)]);
  const broken = await runIn(installed, 'exec', '--scenario', 'done-after-eta', '--', ...wrong);
  expect([broken.code, broken.text]).toEqual([1, expect.stringContaining('eta-respected')]);
}

/** What a real system does becomes a scenario. */
export async function records(installed: Installed): Promise<void> {
  const real = await open(installed, 'serve', '--port', '0', '--clock', 'manual');
  const out = join(installed.cwd, 'recorded');
  const recorder = await open(
    installed,
    'record',
    '--upstream',
    real.url,
    '--out',
    out,
    '--port',
    '0',
  );
  try {
    const body = await (await fetch(real.url + BODY)).text();
    const headers = { ...HEADERS, 'Content-Type': 'application/json' };
    const made = await json(recorder.url + API, { method: 'POST', headers, body });
    const job = /"id":"([^"]+)"/.exec(JSON.stringify(made))?.[1];
    await json(`${real.url}/__sandbox/sessions/default/clock/advance`, {
      method: 'POST',
      body: JSON.stringify({ by: '10s' }),
    });
    await json(`${recorder.url}${API}/job/${job}`, { headers: HEADERS });
  } finally {
    await recorder.close();
    await real.close();
  }
  const [file = ''] = readdirSync(out, { recursive: true }).filter((name) =>
    String(name).endsWith('.yaml'),
  );
  expect(readFileSync(join(out, String(file)), 'utf8')).toContain('DONE');
}

/** What is in a folder outlives the process. */
export async function keepsAStore(installed: Installed): Promise<void> {
  const store = `file:${join(installed.cwd, 'store')}`;
  const serve = () =>
    open(installed, 'serve', '--port', '0', '--store', store, '--clock', 'manual');
  const first = await serve();
  await poll(first.url).finally(first.close);
  const second = await serve();
  try {
    const { exchanges } = (await json(`${second.url}/__sandbox/sessions/default/journal`)) as {
      exchanges: unknown[];
    };
    expect(exchanges).toHaveLength(2);
  } finally {
    await second.close();
  }
}

/** One that polls at once, whatever it is told. */
export function hastyClient(folder: string): readonly string[] {
  const file = join(folder, 'hasty.mjs');
  const body = JSON.stringify(BODY);
  writeFileSync(
    file,
    `const base = process.env.ESOZ_SANDBOX_URL;
const headers = ${JSON.stringify({ ...HEADERS, 'Content-Type': 'application/json' })};
const body = await (await fetch(new URL(base).origin + ${body})).text();
const made = await (await fetch(base + '${API}', { method: 'POST', headers, body })).text();
const job = /"id":"([^"]+)"/.exec(made)[1];
for (let told = ''; !/"DONE"/.test(told); ) {
  told = await (await fetch(base + '${API}/job/' + job, { headers })).text();
  await new Promise((done) => setTimeout(done, 300));
}
`,
  );
  return [process.execPath, file];
}

/** The examples of the package, which are right. */
export const GOOD_CLIENT = [process.execPath, resolve('examples/javascript/poller.mjs')];

function begin({ command, args, cwd, options }: Installed, more: readonly string[]): ChildProcess {
  return spawn(command, [...args, ...more], { cwd, ...options, stdio: ['ignore', 'pipe', 'pipe'] });
}

function listen(child: ChildProcess): () => string {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  return () => said;
}

function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((done) => child.once('close', done));
}

async function json(url: string, init: RequestInit = {}): Promise<unknown> {
  const headers = { 'Content-Type': 'application/json', ...init.headers };
  const answer = await fetch(url, { ...init, headers });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}: ${text}`);
  return JSON.parse(text);
}
