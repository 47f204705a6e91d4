// Measures what bench/README.md tells, as ratios to bare servers within the same run, server and load on one core each.
// Usage: npm run bench [-- --seconds N --rounds N]
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { body, creation, example, headers } from './bodies.mjs';
import { load, median, residentMiB } from './measure.mjs';
import { bare, firstGood, PRISM, SANDBOX, start } from './servers.mjs';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '7' },
  },
});
const seconds = Number(values.seconds);
const rounds = Number(values.rounds);
const lives = {
  kind: 'lives',
  seconds,
  path: '/patients/composition',
  encounter: example.encounter.value,
  body,
  headers,
};
const JOBS = 1000;
/** Of clients of a store: more of them share one sync of the disk. */
const CONNECTIONS = 64;

async function newJob({ url }) {
  const text = await firstGood(`${url}/patients/composition`, creation);
  return `/patients/composition/job/${JSON.parse(text).data.id}`;
}

async function newJobs(server, count) {
  const paths = [];
  for (let i = 0; i < count; i += 1) paths.push(await newJob(server));
  return paths;
}

/** Both in turn, so that a drift of the machine's speed is in both. */
function inTurn(ours, theirs, plan, key) {
  for (const server of [ours, theirs]) load(server, { ...plan, seconds: 1 });
  const pairs = Array.from({ length: rounds }, () => {
    const their = load(theirs, plan)[key];
    return { their, our: load(ours, plan)[key] };
  });
  return {
    ours: median(pairs.map(({ our }) => our)),
    ratio: median(pairs.map(({ our, their }) => our / their)),
  };
}

async function measurePolls() {
  const sandbox = await start([...SANDBOX, '--scenario', 'never-ends'], 0);
  const paths = await newJobs(sandbox, JOBS);
  const answer = await firstGood(sandbox.url + paths[0], { headers });
  const plain = await start(bare(answer), 0);
  await firstGood(plain.url, {});
  const plan = { kind: 'poll', seconds, paths, headers };
  const many = inTurn(sandbox, plain, plan, 'requests');
  const one = inTurn(sandbox, plain, { ...plan, paths: paths.slice(0, 1) }, 'requests');
  await plain.stop();
  await sandbox.stop();
  return { many, one };
}

async function measureLives() {
  const mine = ['--scenarios', 'bench/scenarios', '--scenario', 'three-polls'];
  const sandbox = await start([...SANDBOX, ...mine], 0);
  const reference = await start(['bench/reference.mjs', 'PORT'], 0);
  await newJob(sandbox);
  await newJob(reference);
  const found = inTurn(sandbox, reference, lives, 'lives');
  await sandbox.stop();
  await reference.stop();
  return found;
}

/** The sandbox on a store in a folder against the one in memory: polls over many jobs, and whole lives. */
async function measureStore(query) {
  const folder = mkdtempSync(join(tmpdir(), 'esoz-bench-'));
  const found = {};
  const kinds = [
    ['polls', ['--scenario', 'never-ends'], 'requests'],
    ['lives', ['--scenarios', 'bench/scenarios', '--scenario', 'three-polls'], 'lives'],
  ];
  for (const [kind, args, key] of kinds) {
    const store = ['--store', `file:${join(folder, kind)}${query}`];
    const kept = await start([...SANDBOX, ...args, ...store], 0);
    const memory = await start([...SANDBOX, ...args], 0);
    const planOf = async (server) =>
      kind === 'lives'
        ? { ...lives, connections: CONNECTIONS }
        : {
            kind: 'poll',
            seconds,
            paths: await newJobs(server, JOBS),
            headers,
            connections: CONNECTIONS,
          };
    const plans = new Map([
      [kept, await planOf(kept)],
      [memory, await planOf(memory)],
    ]);
    for (const [server, plan] of plans) {
      await newJob(server);
      load(server, { ...plan, seconds: 1 });
    }
    const pairs = Array.from({ length: rounds }, () => {
      const theirs = load(memory, plans.get(memory))[key];
      return { theirs, ours: load(kept, plans.get(kept))[key] };
    });
    found[kind] = {
      ours: median(pairs.map(({ ours }) => ours)),
      ratio: median(pairs.map(({ ours, theirs }) => ours / theirs)),
    };
    await kept.stop();
    await memory.stop();
  }
  rmSync(folder, { recursive: true, force: true });
  return found;
}

async function timesToFirst(args, ask) {
  const began = performance.now();
  const server = await start(args, 0);
  await ask(server);
  const took = performance.now() - began;
  await server.stop();
  return took;
}

async function measureStart() {
  const pairs = [];
  for (let i = 0; i < rounds; i += 1) {
    const plain = await timesToFirst(bare('{}'), ({ url }) => firstGood(url, {}));
    pairs.push({ plain, ours: await timesToFirst(SANDBOX, newJob) });
  }
  const prism = await timesToFirst(PRISM, (server) =>
    firstGood(`${server.url}/patients/composition/job/00000000-0000-4000-8000-000000000000`, {
      headers,
    }),
  );
  return {
    ours: median(pairs.map(({ ours }) => ours)),
    ratio: median(pairs.map(({ ours, plain }) => ours / plain)),
    prism,
  };
}

async function measureMemory() {
  const server = await start([...SANDBOX, '--scenario', 'never-ends'], 0);
  const [job] = await newJobs(server, 1);
  await new Promise((done) => setTimeout(done, 3000));
  const idle = residentMiB(server.pid);
  let polls = 0;
  while (polls < 1_000_000) {
    const { requests, took } = load(server, { kind: 'poll', seconds: 10, paths: [job], headers });
    polls += requests * took;
  }
  const polled = residentMiB(server.pid);
  await server.stop();
  const pending = await start([...SANDBOX, '--scenario', 'never-ends'], 0);
  await newJob(pending);
  load(pending, { ...lives, kind: 'create', lives: 100_000, seconds: 120 });
  const { holds } = await (await fetch(`${pending.url}/__sandbox/sessions/default`)).json();
  const waiting = residentMiB(pending.pid);
  await pending.stop();
  return { idle, polled, waiting, jobs: holds.jobs };
}

const polls = await measurePolls();
const whole = await measureLives();
const begun = await measureStart();
const memory = await measureMemory();
const strict = await measureStore('');
const fast = await measureStore('?durability=fast');
const [{ model }] = cpus();
const row = (...cells) => `| ${cells.join(' | ')} |`;
const rate = (number) => `${Math.round(number)}/s`;
console.log(
  [
    `Node ${process.version}, ${cpus().length} × ${model}; ${rounds} rounds of ${seconds} s, medians`,
    '',
    row('what', 'measured', 'as a ratio', 'wanted'),
    row('---', '---', '---', '---'),
    row(
      'whole lives: schedule, three polls, DONE, read; against node:http with Ajv and a Map',
      rate(whole.ours),
      whole.ratio.toFixed(2),
      'at least 0.25, goal 0.35',
    ),
    row(
      `polls over ${JOBS} jobs, against node:http with the same bytes`,
      rate(polls.many.ours),
      polls.many.ratio.toFixed(2),
      'at least 0.45, goal 0.50',
    ),
    row('polls of one job', rate(polls.one.ours), polls.one.ratio.toFixed(2), ''),
    row(
      'start to the first job scheduled, against the start of node:http',
      `${begun.ours.toFixed(0)} ms`,
      begun.ratio.toFixed(1),
      'at most 3.5',
    ),
    row('start of Prism to its first answer', `${begun.prism.toFixed(0)} ms`, '', ''),
    row('memory when idle', `${memory.idle.toFixed(0)} MiB`, '', 'at most 80'),
    row('memory after a million polls', `${memory.polled.toFixed(0)} MiB`, '', 'at most 115'),
    ...[
      ['strict', strict],
      ['fast', fast],
    ].flatMap(([name, { polls: kept, lives: whole }]) => [
      row(
        `--store file, ${name}: polls over ${JOBS} jobs, against memory`,
        rate(kept.ours),
        kept.ratio.toFixed(2),
        name === 'strict' ? 'at least 0.6' : '',
      ),
      row(
        `--store file, ${name}: whole lives, against memory`,
        rate(whole.ours),
        whole.ratio.toFixed(2),
        name === 'strict' ? 'at least 0.5' : '',
      ),
    ]),
    row(
      `memory with ${memory.jobs} pending jobs`,
      `${memory.waiting.toFixed(0)} MiB`,
      '',
      'under 300',
    ),
  ].join('\n'),
);
