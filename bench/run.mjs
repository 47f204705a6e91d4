// Measures what the README promises, against node:http and Prism in the same run, and prints a table.
// Usage: npm run bench [-- --seconds N]
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { parse } from 'yaml';
import { bare, firstGood, PRISM, SANDBOX, start } from './servers.mjs';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '6' } } });
const seconds = Number(values.seconds);
const ROUNDS = 3;
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

/** Requests a second of one URL. */
async function load(url) {
  const result = await autocannon({ url, headers, connections: 50, duration: seconds });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} answers were not 2xx, ${result.errors} errors`);
  }
  return result.requests.average;
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
  rates.plain.push(await load(plain.url));
  rates.sandbox.push(await load(pollUrl(sandbox, job)));
  rates.prism.push(await load(pollUrl(prism, job)));
}
await plain.stop();
await prism.stop();

const few = [];
const many = [];
for (let i = 1; i < 100; i += 1) await newJob(sandbox);
for (let round = 0; round < ROUNDS; round += 1) few.push(await load(pollUrl(sandbox, job)));
const created = await autocannon({
  url: `${sandbox.url}/patients/composition`,
  ...creation,
  connections: 50,
  amount: PENDING - 100,
});
const held = await (await fetch(`${sandbox.url}/__sandbox/sessions/default`)).json();
const memory = residentMiB(sandbox.pid);
for (let round = 0; round < ROUNDS; round += 1) many.push(await load(pollUrl(sandbox, job)));
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
| jobs scheduled | ${created.requests.average.toFixed(0)} requests/s | |
| memory with ${held.holds.jobs} pending jobs | ${memory.toFixed(0)} MiB resident | under 300 |
| poll with 100 jobs / with ${held.holds.jobs} | ${range(few)} / ${range(many)} requests/s | the same |
`);
