// Measures servers on one Redis of this machine, as ratios within the same run (bench/README.md).
// Usage: npm run bench:shared [-- --seconds N --rounds N]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { creation, headers } from './bodies.mjs';
import { load, median } from './measure.mjs';
import { firstGood, SANDBOX, start } from './servers.mjs';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '7' },
    sessions: { type: 'string', default: '2000' },
  },
});
const seconds = Number(values.seconds);
const rounds = Number(values.rounds);
const sessions = Number(values.sessions);
const JOBS = 1000;
const REPLICAS = 3;
/**
 * Each session is polled over each of three ports in turn, for they have no divisor in common with the sessions but 16. With
 * half as many, all sixteen clients of a server wait for the disk at times, and a seventh of the processors' time is idle.
 */
const CONNECTIONS = 96;
/** So many polls a server is warmed up by: a cold one shows half of what it can, and on a busy machine stays so for long. */
const WARM = 20_000;
const ARGS = [...SANDBOX, '--scenario', 'never-ends', '--keep-sessions', String(sessions + 100)];

async function startRedis() {
  const folder = mkdtempSync(join(tmpdir(), 'esoz-bench-redis-'));
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  const lasting = ['--appendonly', 'yes', '--appendfsync', 'always', '--save', ''];
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, ...lasting];
  const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((done, fail) => {
    child.on('error', fail);
    child.stdout.on('data', (text) => String(text).includes('Ready to accept') && done());
  });
  const stop = async () => {
    child.kill('SIGTERM');
    await once(child, 'exit');
    rmSync(folder, { recursive: true, force: true });
  };
  return { store: `redis://127.0.0.1:${port}`, pid: child.pid, stop };
}

async function newJob({ url }, session) {
  const before = session === undefined ? '' : `/~${session}`;
  const text = await firstGood(`${url}${before}/patients/composition`, creation);
  return `${before}/patients/composition/job/${JSON.parse(text).data.id}`;
}

async function paths(server, count, session = () => undefined) {
  const all = [];
  for (let i = 0; i < count; i += 1) all.push(await newJob(server, session(i)));
  return all;
}

function warm(server, plan) {
  for (let polls = 0; polls < WARM; ) {
    const { requests, took } = load(server, { ...plan, seconds: 1 });
    polls += requests * took;
  }
}

const portOf = ({ url }) => Number(new URL(url).port);

/** One server on Redis against one in memory: polls over many jobs of a session, and the time of processors for each. */
async function measureOne() {
  const redis = await startRedis();
  const kept = await start([...ARGS, '--store', redis.store], 0);
  const memory = await start(ARGS, 0);
  kept.beside = [redis.pid];
  const plans = new Map();
  for (const server of [kept, memory]) {
    await newJob(server);
    plans.set(server, { kind: 'poll', seconds, paths: await paths(server, JOBS), headers });
    warm(server, plans.get(server));
  }
  const pairs = Array.from({ length: rounds }, () => ({
    theirs: load(memory, plans.get(memory)),
    ours: load(kept, plans.get(kept)),
  }));
  for (const one of [kept, memory, redis]) await one.stop();
  return {
    polls: median(pairs.map(({ ours }) => ours.requests)),
    ratio: median(pairs.map(({ ours, theirs }) => ours.requests / theirs.requests)),
    cpu: median(pairs.map(({ ours }) => ours.cpu)),
    cpuRatio: median(pairs.map(({ ours, theirs }) => ours.cpu / theirs.cpu)),
  };
}

/** Three servers on one Redis against one of them, over the same sessions, each of which comes to all of them in turn. */
async function measureThree() {
  const redis = await startRedis();
  const all = [];
  for (let i = 0; i < REPLICAS; i += 1) all.push(await start([...ARGS, '--store', redis.store]));
  const [first] = all;
  await newJob(first);
  const over = await paths(first, sessions, (i) => `s${i}`);
  const plan = { kind: 'poll', seconds, paths: over, headers, connections: CONNECTIONS };
  const one = { ...plan, ports: [portOf(first)] };
  const three = { ...plan, ports: all.map(portOf) };
  for (const each of all) warm(each, { ...plan, ports: [portOf(each)] });
  warm(first, three);
  const pairs = Array.from({ length: rounds }, () => ({
    alone: load(first, one).requests,
    together: load(first, three).requests,
  }));
  for (const each of [...all, redis]) await each.stop();
  return {
    polls: median(pairs.map(({ together }) => together)),
    ratio: median(pairs.map(({ alone, together }) => together / alone)),
  };
}

const one = await measureOne();
const three = await measureThree();
const row = (...cells) => `| ${cells.join(' | ')} |`;
const rate = (number) => `${Math.round(number)}/s`;
console.log(
  [
    row('what', 'measured', 'as a ratio', 'wanted'),
    row('---', '---', '---', '---'),
    row(
      `--store redis, one server: polls over ${JOBS} jobs, against memory`,
      rate(one.polls),
      one.ratio.toFixed(2),
      'at least 0.3',
    ),
    row(
      '--store redis, one server: processor time a poll, of server and Redis, against memory',
      `${Math.round(one.cpu)} µs`,
      one.cpuRatio.toFixed(2),
      'at most 2',
    ),
    row(
      `--store redis, three servers: polls over ${sessions} sessions in turn, against one of them`,
      rate(three.polls),
      three.ratio.toFixed(2),
      'at least 1',
    ),
  ].join('\n'),
);
