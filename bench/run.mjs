// Measures what bench/README.md promises, against node:http and Prism in the same run, and prints a table.
// Usage: npm run bench [-- --seconds N]
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { bare, firstGood, PRISM, SANDBOX, start } from './servers.mjs';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '4' } } });
const seconds = Number(values.seconds);
const ROUNDS = 5;
const AUTOCANNON = fileURLToPath(import.meta.resolve('autocannon'));
const PENDING = 100_000;
const headers = { Authorization: 'Bearer bench', 'api-key': 'bench' };
const spec = parse(
  readFileSync(new URL('../spec/compositions/openapi.yaml', import.meta.url), 'utf8'),
);
const body = JSON.stringify(spec.components.examples.CreateSickness.value);
const creation = {
  method: 'POST',
  headers: { ...headers, 'Content-Type': 'application/json' },
  body,
};

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const range = (numbers, digits = 0) =>
  `${median(numbers).toFixed(digits)} (${Math.min(...numbers).toFixed(digits)}–${Math.max(...numbers).toFixed(digits)})`;

/** Runs the load generator in a process of its own, fresh for each measurement. */
function autocannon(url, ...options) {
  const command = [AUTOCANNON, '--json', '--no-progress', '-c', '50', ...options, url];
  const { stdout, stderr, status } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`autocannon has failed: ${stderr}`);
  const result = JSON.parse(stdout.trim().split('\n').at(-1));
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} answers were not 2xx, ${result.errors} errors`);
  }
  return result.requests.average;
}

const flags = (fields) => Object.entries(fields).flatMap(([k, v]) => ['-H', `${k}=${v}`]);

/** Requests a second of one URL, after a warm-up. */
function load(url) {
  return autocannon(
    url,
    ...flags(headers),
    '-d',
    String(seconds),
    '-W',
    '[',
    '-c',
    '50',
    '-d',
    '1',
    ']',
  );
}

const pollUrl = (server, job) => `${server.url}/patients/composition/job/${job}`;

async function newJob(server) {
  const text = await firstGood(`${server.url}/patients/composition`, creation);
  return JSON.parse(text).data.id;
}

async function startTimes(args, good) {
  const times = [];
  for (let i = 0; i < 7; i += 1) {
    const began = performance.now();
    const server = await start(args);
    await good(server);
    times.push(performance.now() - began);
    await server.stop();
  }
  return times;
}

function residentMiB(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)[1]) / 1024;
}

const sandbox = await start([...SANDBOX, '--scenario', 'never-ends']);
const job = await newJob(sandbox);
const answer = await firstGood(pollUrl(sandbox, job), { headers });
const plain = await start(bare(answer));
const prism = await start(PRISM);
await firstGood(plain.url, {});
await firstGood(pollUrl(prism, job), { headers });

const rates = { plain: [], sandbox: [], prism: [] };
for (let round = 0; round < ROUNDS; round += 1) {
  rates.plain.push(load(plain.url));
  rates.sandbox.push(load(pollUrl(sandbox, job)));
  rates.prism.push(load(pollUrl(prism, job)));
}
await plain.stop();
await prism.stop();

const few = [];
const many = [];
for (let i = 1; i < 100; i += 1) await newJob(sandbox);
for (let round = 0; round < ROUNDS; round += 1) few.push(load(pollUrl(sandbox, job)));
const created = autocannon(
  `${sandbox.url}/patients/composition`,
  ...flags(creation.headers),
  ...['-m', 'POST', '-b', body, '-a', String(PENDING - 100)],
);
const held = await (await fetch(`${sandbox.url}/__sandbox/sessions/default`)).json();
const memory = residentMiB(sandbox.pid);
for (let round = 0; round < ROUNDS; round += 1) many.push(load(pollUrl(sandbox, job)));
await sandbox.stop();

const ours = await startTimes(SANDBOX, newJob);
const theirs = await startTimes(PRISM, (server) => firstGood(pollUrl(server, job), { headers }));

const ratio = (a, b) => (median(a) / median(b)).toFixed(2);
const [{ model }] = cpus();
console.log(`
${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} × ${model}; autocannon, 50 connections, ${ROUNDS} rounds of ${seconds} s; median (least–most)

| what | measured | wanted |
| --- | --- | --- |
| node:http alone, same bytes | ${range(rates.plain)} requests/s | |
| poll, validation and journal on | ${range(rates.sandbox)} requests/s | |
| Prism mock, same operation | ${range(rates.prism)} requests/s | |
| poll against node:http | ${ratio(rates.sandbox, rates.plain)} | at least 0.30, goal 0.50 |
| poll against Prism | ${ratio(rates.sandbox, rates.prism)} | at least 2 |
| start to first good answer (a job is scheduled) | ${range(ours)} ms | at most 600, goal 350 |
| the same of Prism (a poll) | ${range(theirs)} ms | |
| jobs scheduled | ${created.toFixed(0)} requests/s | |
| memory with ${held.holds.jobs} pending jobs | ${memory.toFixed(0)} MiB resident | under 300 |
| poll with 100 jobs / with ${held.holds.jobs} | ${range(few)} / ${range(many)} requests/s | the same |
`);
