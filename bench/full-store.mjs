// A store that holds much: many pending jobs in one session, and many sessions. How soon it starts, what it needs of
// memory, what a poll costs of the processor's time beside one of a store of a hundred jobs, and the longest pauses.
// Usage: npm run bench:store [-- --jobs N --sessions N --seconds N --one-core]
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { cpuSeconds, load, median, residentMiB } from './measure.mjs';
import { firstGood, start } from './servers.mjs';

const { values } = parseArgs({
  options: {
    jobs: { type: 'string', default: '1000000' },
    sessions: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '5' },
    'one-core': { type: 'boolean', default: false },
  },
});
const core = values['one-core'] ? 0 : undefined;
const [jobs, sessions, seconds, rounds] = ['jobs', 'sessions', 'seconds', 'rounds'].map((name) =>
  Number(values[name]),
);
const headers = { Authorization: 'Bearer bench', 'api-key': 'bench' };
const path = '/patients/composition';
const spec = parse(readFileSync('spec/compositions/openapi.yaml', 'utf8'));
const example = spec.components.examples.CreateSickness.value;
const subject = '11111111-1111-4111-8111-111111111111';
const body = JSON.stringify(example).replaceAll(example.subject.value, subject);
const creation = {
  method: 'POST',
  headers: { ...headers, 'Content-Type': 'application/json' },
  body,
};

const folder = mkdtempSync(join(tmpdir(), 'esoz-bench-full-'));
const pauses = join(folder, 'pauses');

/** The product on a store; it notes how long its event loop has stood still at most. */
function open(name) {
  process.env.ESOZ_BENCH_PAUSES = pauses;
  const watched = ['--import', './bench/watch-pauses.mjs'];
  const store = ['--store', `file:${join(folder, name)}`, '--scenario', 'never-ends'];
  return start([...watched, 'dist/cli.js', 'serve', '--quiet', '--port', 'PORT', ...store], core);
}

async function longestPause(server) {
  process.kill(server.pid, 'SIGUSR2');
  await new Promise((done) => setTimeout(done, 300));
  return Number(readFileSync(pauses, 'utf8'));
}

async function newJob({ url }, session = '') {
  const text = await firstGood(`${url}${session}${path}`, creation);
  return `${session}${path}/job/${JSON.parse(text).data.id}`;
}

/** Some in turn, so many at a time. */
async function each(count, make) {
  const made = [];
  let next = 0;
  const one = async () => {
    while (next < count) made.push(await make(next++));
  };
  await Promise.all(Array.from({ length: 32 }, one));
  return made;
}

/** Time to the first answer of a store that is there, and what it needs then. */
async function opened(name, job) {
  const began = performance.now();
  const server = await open(name);
  await firstGood(`${server.url}${job}`, { headers });
  const took = performance.now() - began;
  return { server, took, memory: residentMiB(server.pid) };
}

const polled = (server, paths) => load(server, { kind: 'poll', seconds, paths, headers }).cpu;

/** Polls of both in turn, and the ratio of what they cost. */
function compared(few, many, ofFew, ofMany) {
  const pairs = Array.from({ length: rounds }, () => [polled(few, ofFew), polled(many, ofMany)]);
  return {
    few: median(pairs.map(([a]) => a)),
    many: median(pairs.map(([, b]) => b)),
    ratio: median(pairs.map(([a, b]) => b / a)),
  };
}

const rows = [];
const row = (what, measured, wanted = '') => {
  rows.push(`| ${what} | ${measured} | ${wanted} |`);
  console.log(rows.at(-1));
};

async function manyJobs() {
  const few = await open('few');
  const ofFew = await each(100, () => newJob(few));
  let many = await open('many');
  const old = await each(2_000, () => newJob(many));
  await longestPause(many);
  const before = cpuSeconds(many.pid);
  const began = performance.now();
  load(many, { kind: 'create', lives: jobs, seconds: 3_600, path, body, headers });
  const took = (performance.now() - began) / 1_000;
  const cpu = ((cpuSeconds(many.pid) - before) / jobs) * 1e6;
  row(`${jobs} jobs scheduled`, `${(jobs / took).toFixed(0)}/s, ${cpu.toFixed(0)} µs each`);
  row('… longest pause meanwhile', `${(await longestPause(many)).toFixed(0)} ms`, 'at most 50');
  row('… memory then', `${residentMiB(many.pid).toFixed(0)} MiB`, 'at most 600');
  await many.stop();
  const again = await opened('many', old[0]);
  many = again.server;
  row('… start to the first answer', `${again.took.toFixed(0)} ms`, 'at most 3000');
  row('… memory then', `${again.memory.toFixed(0)} MiB`);
  const hundred = old.slice(0, 100);
  polled(few, ofFew);
  polled(many, hundred);
  const warm = compared(few, many, ofFew, hundred);
  row(
    '… a poll of a hundred of them, to one of a store of a hundred',
    `${warm.many.toFixed(0)} µs, ${warm.ratio.toFixed(2)}`,
    'as much',
  );
  const cold = await coldPoll(many, old.slice(100));
  row('… a job that lies on the disk: first answer', `${cold.toFixed(2)} ms`);
  await longestPause(many);
  load(many, { kind: 'poll', seconds: 4 * seconds, paths: hundred, headers });
  row('… longest pause under polls', `${(await longestPause(many)).toFixed(0)} ms`, 'at most 50');
  row('… memory then', `${residentMiB(many.pid).toFixed(0)} MiB`, 'at most 600');
  await many.stop();
  await few.stop();
}

/** One behind the other, of jobs that nobody has asked for. */
async function coldPoll({ url }, paths) {
  const times = [];
  for (const job of paths) {
    const began = performance.now();
    await firstGood(`${url}${job}`, { headers });
    times.push(performance.now() - began);
  }
  return median(times);
}

async function manySessions() {
  let server = await open('sessions');
  const first = await newJob(server);
  await each(1_000, (i) => newJob(server, `/~before${i}`));
  // What it does for the first time is part of its start.
  await longestPause(server);
  const began = performance.now();
  const made = await each(sessions, (i) => newJob(server, `/~s${i}`));
  const took = (performance.now() - began) / 1_000;
  row(`${sessions} sessions with a job each`, `${(sessions / took).toFixed(0)}/s`);
  row('… memory then', `${residentMiB(server.pid).toFixed(0)} MiB`, 'at most 600');
  row('… longest pause meanwhile', `${(await longestPause(server)).toFixed(0)} ms`, 'at most 50');
  await server.stop();
  const again = await opened('sessions', first);
  server = again.server;
  row('… start to the first answer', `${again.took.toFixed(0)} ms`, 'at most 3000');
  const some = made.filter((_, i) => i % Math.ceil(made.length / 500) === 0);
  row('… first poll of one', `${(await coldPoll(server, some)).toFixed(2)} ms`);
  row('… memory then', `${residentMiB(server.pid).toFixed(0)} MiB`, 'at most 600');
  await server.stop();
}

console.log('| what | measured | wanted |\n| --- | --- | --- |');
if (jobs > 0) await manyJobs();
if (sessions > 0) await manySessions();
rmSync(folder, { recursive: true, force: true });
