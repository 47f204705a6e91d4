// Puts a sandbox under full load for minutes, with everything that it can do at once, and says whether its memory is
// steady. Usage: npm run soak [-- --minutes N]
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { firstGood, SANDBOX, start } from './servers.mjs';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '5' } } });
const minutes = Number(values.minutes);
const WORKERS = 24;
/** Sessions that begin and end while the load goes on. */
const PASSING = 12;
const SAMPLE = 2000;
/** Memory may grow by so much between the second and the last fifth of the run. */
const STEADY = 1.1;

const spec = parse(
  readFileSync(new URL('../spec/compositions/openapi.yaml', import.meta.url), 'utf8'),
);
const example = spec.components.examples.CreateSickness.value;
const credentials = { Authorization: 'Bearer soak', 'api-key': 'soak' };
const json = { 'Content-Type': 'application/json' };
const agent = new Agent({ keepAlive: true, maxSockets: 256 });

// Low limits are reached within the first fifth; from then on nothing may grow.
const limits = ['--keep-journal', '2000', '--keep-jobs', '2000', '--keep-resources', '2000'];
const server = await start([...SANDBOX, ...limits]);
const { hostname, port } = new URL(server.url);
await firstGood(`${server.url}/__sandbox/health`, {});

const ended = Date.now() + minutes * 60_000;
const counts = new Map();
const times = [];
const wrong = new Map();
let requests = 0;

/** One request; `broken` says that the connection may break or hang. */
function ask(method, path, { body, headers = credentials, broken = false, limit = 20_000 } = {}) {
  const began = performance.now();
  requests += 1;
  return new Promise((done) => {
    const end = (status, text = '') => {
      if (requests % 16 === 0 && !broken) times.push(performance.now() - began);
      counts.set(status, (counts.get(status) ?? 0) + 1);
      const bad = status >= 500 || (status === 0 && !broken);
      if (bad)
        wrong.set(
          `${method} ${path.replace(/[0-9a-f-]{36}/g, 'ID')} ${status} ${text.slice(0, 120)}`,
          1,
        );
      done({ status, text });
    };
    const options = { agent, hostname, port, method, path, headers };
    const sent = request(options, (answer) => {
      const pieces = [];
      answer.on('data', (piece) => pieces.push(piece));
      answer.on('error', () => end(0));
      answer.on('end', () => end(answer.statusCode, Buffer.concat(pieces).toString()));
    });
    sent.setTimeout(limit, () => sent.destroy(new Error('too late')));
    sent.on('error', (error) => end(0, error.message));
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

const uuid = () => crypto.randomUUID();
const sessionOf = (i) => (i % 3 === 0 ? '' : `/~soak-${i % PASSING}`);

/** Schedules a job and lives with it, as a client does. */
async function clientLife(i) {
  const base = `${sessionOf(i)}/api`;
  const subject = { ...example.subject, value: uuid() };
  const headers = { ...credentials, ...json, 'X-Sandbox-Scenario': 'done-after-two-polls' };
  const made = await ask('POST', `${base}/patients/composition`, {
    body: { ...example, subject },
    headers,
  });
  if (made.status !== 200) return;
  const { id } = JSON.parse(made.text).data;
  for (let polls = 0; polls < 6; polls += 1) {
    const { text, status } = await ask('GET', `${base}/patients/composition/job/${id}`);
    const href = status === 200 && JSON.parse(text).data.links?.[0]?.href;
    if (!href) continue;
    const path = `/patients/${subject.value}/encounter/${example.encounter.value}/composition`;
    await ask('GET', `${base}${path}/${href.split('/').at(-1)}`);
    break;
  }
  await ask('GET', `${base}/patients/searchComposition?subject=${subject.value}`);
}

/** Meets faults: connections that break, answers that come late or never. */
async function faultyLife() {
  const headers = { ...credentials, ...json };
  const scenario = ['reset-once', 'silent-server', 'slow-body', 'truncated-body', 'empty-reply'];
  headers['X-Sandbox-Scenario'] = scenario[Math.floor(Math.random() * scenario.length)];
  const made = await ask('POST', '/~faults/api/patients/composition', { body: example, headers });
  if (made.status !== 200) return;
  const { id } = JSON.parse(made.text).data;
  for (let polls = 0; polls < 3; polls += 1) {
    const path = `/~faults/api/patients/composition/job/${id}`;
    await ask('GET', path, { broken: true, limit: 100 });
  }
}

/** What a tester does: reads, judges, ends sessions. */
async function tester() {
  const name = `soak-${Math.floor(Math.random() * PASSING)}`;
  const at = `/__sandbox/sessions/${name}`;
  await ask('PUT', at, { body: { clock: { mode: 'paced', pace: 100 } }, headers: json });
  await ask('GET', `${at}/journal?limit=50`);
  await ask('GET', `${at}/jobs?limit=20`);
  await ask('GET', `${at}/verdict`);
  await ask('GET', '/__sandbox/scenarios');
  if (Math.random() < 0.1) await ask('DELETE', at);
  await new Promise((done) => setTimeout(done, 20));
}

/** Watches a session's events for a while, then leaves. */
function watcher() {
  return new Promise((done) => {
    const path = `/__sandbox/sessions/soak-${Math.floor(Math.random() * PASSING)}/events`;
    const sent = request({ hostname, port, path, agent: false }, (answer) => answer.resume());
    sent.on('error', () => {});
    sent.on('close', done);
    sent.end();
    setTimeout(() => sent.destroy(), 500 + Math.random() * 2000);
  });
}

async function repeat(work, i) {
  while (Date.now() < ended) await work(i);
}

/** Resident memory of the server, in MiB. */
function resident() {
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)[1]) / 1024;
}

const samples = [];
const sampler = setInterval(
  () => samples.push({ at: Date.now(), mib: resident(), requests }),
  SAMPLE,
);
const began = Date.now();
await Promise.all([
  ...Array.from({ length: WORKERS }, (_, i) => repeat(clientLife, i)),
  ...Array.from({ length: 3 }, () => repeat(faultyLife)),
  ...Array.from({ length: 2 }, () => repeat(tester)),
  ...Array.from({ length: 3 }, () => repeat(watcher)),
]);
clearInterval(sampler);

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const percentile = (share) => times.toSorted((a, b) => a - b)[Math.floor(times.length * share)];
const between = (from, to) =>
  samples.filter(({ at }) => at - began >= from && at - began < to).map(({ mib }) => mib);

const length = minutes * 60_000;
console.log(
  `\n${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} × ${cpus()[0].model.trim()}`,
);
console.log(
  `${minutes} min, ${requests} requests, ${Math.round(requests / minutes / 60)} a second\n`,
);
console.log('| part of the run | resident memory, median (least–most) |');
console.log('| --- | --- |');
for (let part = 0; part < 5; part += 1) {
  const mib = between((part * length) / 5, ((part + 1) * length) / 5);
  const [least, most] = [Math.min(...mib), Math.max(...mib)].map(Math.round);
  console.log(`| ${part + 1} of 5 | ${Math.round(median(mib))} (${least}–${most}) MiB |`);
}
const answered = [...counts]
  .sort(([a], [b]) => a - b)
  .map(([status, n]) => `${n} × ${status || 'broken on purpose'}`);
console.log(`\nanswers: ${answered.join(', ')}`);
console.log(
  `latency: median ${percentile(0.5).toFixed(1)} ms, 99 % under ${percentile(0.99).toFixed(1)} ms, greatest ${percentile(0.9999).toFixed(0)} ms`,
);
const growth = median(between(length * 0.8, length)) / median(between(length * 0.2, length * 0.4));
const health = await firstGood(`${server.url}/__sandbox/health`, {});
console.log(
  `growth from the second to the last fifth: ${growth.toFixed(2)} (steady up to ${STEADY})`,
);
agent.destroy();
await server.stop();
for (const what of [...wrong.keys()].slice(0, 10)) console.error(`not expected: ${what}`);
if (growth > STEADY || wrong.size > 0 || JSON.parse(health).status !== 'ok') process.exitCode = 1;
