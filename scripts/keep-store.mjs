// Keeps a store as this version writes it, small, and what it holds: later versions must read it (test/store/kept.test.ts).
//   npm run keep:store        writes the next number of test/fixtures/stores; one that is there is never written again
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { load } from 'js-yaml';
import { build } from 'rolldown';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const KEPT = join(ROOT, 'test', 'fixtures', 'stores');
const CONTRACT = join(ROOT, 'spec', 'compositions', 'openapi.yaml');
const BODY = load(readFileSync(CONTRACT, 'utf8')).components.examples.CreateSickness.value;
const NOON = '2026-02-02T12:00:00.000Z';
/** So few that there are records, and jobs that lie in them alone. */
const STORING = { inMemory: 3, recordEvery: 40 };
const SCENARIOS = [
  'done-after-two-polls',
  'failed-1001',
  'done-after-eta',
  'done-after-five-polls',
];

/** The server of this version, whose way to spread sessions over memory and store can be set. */
async function serverOf(folder) {
  await build({
    cwd: ROOT,
    input: { server: 'src/server/server.ts' },
    platform: 'node',
    external: [/^@stoplight\//, /^@apidevtools\//, 'classic-level'],
    output: { dir: folder, format: 'esm' },
  });
  for (const library of ['ajv.cjs', 're2.cjs'])
    copyFileSync(join(ROOT, 'dist', library), join(folder, library));
  return import(join(folder, 'server.js'));
}

const folder = mkdtempSync(join(ROOT, '.keep-'));
try {
  const { startServer } = await serverOf(folder);
  const store = join(folder, 'store');
  const begin = () => {
    const clock = { mode: 'manual', now: Date.parse(NOON) };
    return startServer({ port: 0, clock, seed: 7, store: `file:${store}` }, {}, STORING);
  };
  const first = await begin();
  for (const session of ['default', 'second']) await play(clientOf(first.url, session), session);
  await first.close();
  const packed = pack(store);
  const second = await begin();
  const sessions = {};
  for (const session of ['default', 'second'])
    sessions[session] = await told(clientOf(second.url, session));
  await second.close();
  write(packed, sessions);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function clientOf(url, session) {
  const send = async (method, path, body, headers = {}, signal = undefined) => {
    const answer = await fetch(url + path, {
      method,
      headers: { 'Content-Type': 'application/json', ...headers },
      body: body && JSON.stringify(body),
      signal,
    });
    const text = await answer.text();
    return text === '' ? undefined : JSON.parse(text);
  };
  const own = { Authorization: 'Bearer kept', 'api-key': 'kept' };
  const api = `/~${session}/api/patients/composition`;
  return {
    control: (method, path, body) => send(method, `/__sandbox/sessions/${session}${path}`, body),
    schedule: async (scenario) => {
      const chosen = scenario ? { 'X-Sandbox-Scenario': scenario } : {};
      const { data } = await send('POST', api, BODY, { ...own, ...chosen });
      return data.id;
    },
    poll: (job, signal) => send('GET', `${api}/job/${job}`, undefined, own, signal),
  };
}

/** Lives of several kinds, half lived, and what people set. */
async function play({ control, schedule, poll }, session) {
  const jobs = [];
  for (let i = 0; i < (session === 'default' ? 8 : 2); i += 1) {
    jobs.push(await schedule(SCENARIOS[i % SCENARIOS.length]));
    for (const job of jobs.slice(-3)) await poll(job);
  }
  await control('POST', `/jobs/${jobs[2]}/hold`);
  await control('POST', '/clock/advance', { by: '2500ms' });
  for (const job of jobs.slice(0, 3)) await poll(job);
  const silent = await schedule('silent-server');
  await poll(silent, AbortSignal.timeout(300)).catch(() => {});
  await control('PUT', '', { quota: 500, chaos: { rate: 0.01, seed: 3, faults: ['bom'] } });
  await control('POST', '/next', { scenario: 'failed-1001', times: 2 });
  await poll(jobs[0]);
}

/** What the store holds, and what comes next. */
async function told({ control, schedule, poll }) {
  const { scenario, clock, chaos, queue, holds } = await control('GET', '');
  const { jobs } = await control('GET', '/jobs');
  const { exchanges } = await control('GET', '/journal');
  const { resources } = await control('GET', '/resources');
  const { rules } = await control('GET', '/verdict');
  const next = [await schedule(), await schedule('done-after-eta')];
  await control('POST', '/clock/advance', { by: '1h' });
  const answers = [];
  for (const job of [...jobs.map(({ id }) => id), ...next])
    answers.push([job, (await poll(job)).data?.status]);
  return {
    session: { scenario, clock, chaos, queue, holds },
    jobs: jobs.map(({ id, operation, scenario, state, polls, held }) => ({
      ...{ id, operation, scenario, state, polls, held },
    })),
    exchanges: exchanges.map(lineOf),
    resources: resources.map(({ id, kind, created }) => [id, kind, created]),
    rules: rules.map(({ rule, outcome }) => [rule, outcome]),
    next,
    answers,
  };
}

function lineOf({ seq, at, until, method, path, job, state, told, status, fault, left }) {
  return { seq, at, until, method, path, job, state, told, status, fault, left };
}

/** All files of a store in one: a line of JSON with their names and lengths, then their bytes one after the other. */
function pack(store) {
  const files = readdirSync(store, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'LOCK')
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  const parts = files.map((file) => readFileSync(file));
  const named = files.map((file, i) => [
    relative(store, file).replaceAll('\\', '/'),
    parts[i].length,
  ]);
  return brotliCompressSync(Buffer.concat([Buffer.from(`${JSON.stringify(named)}\n`), ...parts]));
}

function write(packed, sessions) {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  let number = 1;
  while (existsSync(join(KEPT, `${number}.store`))) number += 1;
  const file = join(KEPT, String(number));
  writeFileSync(`${file}.store`, packed, { flag: 'wx' });
  const text = JSON.stringify({ program: version, seed: 7, sessions }, null, 1);
  writeFileSync(`${file}.json`, `${text}\n`, { flag: 'wx' });
  console.log(`${file}.store: ${packed.length} bytes`);
}
