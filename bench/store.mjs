// What keeping costs, beside the product: appends of a poll's facts through the group, into a store in a folder and
// into a plain append-only file, with and without fsync. CPU is that of all threads.
//   node bench/store.mjs [seconds]
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

const seconds = Number(process.argv[2] ?? 5);
const CLIENTS = 64;
const SESSIONS = 12;
/** What the product needs for a poll beside, in milliseconds. */
const WORK = 0.05;

const folder = mkdtempSync(join(tmpdir(), 'esoz-bench-store-'));
await build({
  stdin: {
    contents: `export { openFileStore } from './src/store/file/open-file-store.ts'; export { Group } from './src/store/group.ts';`,
    resolveDir: process.cwd(),
  },
  bundle: true,
  platform: 'node',
  format: 'esm',
  external: ['classic-level'],
  outfile: join(process.cwd(), 'node_modules/.cache/esoz-bench-store.mjs'),
});
const { openFileStore, Group } = await import(
  join(process.cwd(), 'node_modules/.cache/esoz-bench-store.mjs')
);

/** Keeps nothing, but has to be waited for. */
const nothing = () => ({
  immediate: false,
  append: async (appends) =>
    appends.map(({ expected, facts }) => ({ position: expected + facts.length })),
  close: async () => {},
});

async function plain(name, strict) {
  const file = await open(join(folder, name), 'a');
  return {
    immediate: false,
    async append(appends) {
      const lines = [];
      for (const { session, facts } of appends) lines.push(session, ...facts);
      await file.write(`${lines.join('\n')}\n`);
      if (strict) await file.datasync();
      return appends.map(({ expected, facts }) => ({ position: expected + facts.length }));
    },
    close: () => file.close(),
  };
}

const KINDS = {
  'nothing kept': () => nothing(),
  'plain file, fast': () => plain('fast.log', false),
  'plain file, strict': () => plain('strict.log', true),
  'store, fast': () => openFileStore({ folder: join(folder, 'fast'), strict: false, now: 0 }),
  'store, strict': () => openFileStore({ folder: join(folder, 'strict'), strict: true, now: 0 }),
};

const FACT = JSON.stringify({
  v: 1,
  job: '0193a4c7-6a5e-7d31-9d54-0f6a7b8c9d0e',
  polls: 3,
  cursor: 1,
});
/** As long as a line of the journal, and as hard to compress. */
const LINE = () =>
  JSON.stringify({
    v: 1,
    at: Date.now(),
    ids: randomBytes(160).toString('hex'),
    line: '"step","GET /api/'.repeat(18),
  });

/** Clients in turn, each with one request open: how many polls, CPU a poll, and the longest pause of the event loop. */
async function measure(store, work) {
  const group = new Group(store);
  const positions = new Array(SESSIONS).fill(0);
  const ready = Array.from({ length: CLIENTS }, (_, i) => i);
  let polls = 0;
  let calls = 0;
  let pause = 0;
  let wake = () => {};
  const append = store.append.bind(store);
  group.store.append = (appends) => {
    calls++;
    return append(appends);
  };
  const begun = performance.now();
  const cpu = process.cpuUsage();
  let last = begun;
  while (last - begun < seconds * 1_000) {
    // As sockets come in: a few a turn.
    for (const client of ready.splice(0, 8)) {
      const session = client % SESSIONS;
      const until = performance.now() + work;
      while (performance.now() < until);
      group.add(
        { session: `s${session}`, expected: positions[session], facts: [FACT, LINE()] },
        (failure) => {
          if (failure) throw failure;
          polls++;
          ready.push(client);
          wake();
        },
      );
      positions[session] += 2;
    }
    if (ready.length === 0) await new Promise((resolve) => (wake = resolve));
    else await new Promise(setImmediate);
    const now = performance.now();
    pause = Math.max(pause, now - last);
    last = now;
  }
  const { user, system } = process.cpuUsage(cpu);
  const took = (performance.now() - begun) / 1_000;
  await new Promise((resolve) => group.saved(resolve));
  return { rate: polls / took, cpu: (user + system) / polls, each: polls / calls, pause };
}

for (const work of [0, WORK]) {
  console.log(`\n${work ? `${work * 1_000} µs of other work a poll` : 'nothing else'}`);
  let base;
  for (const [name, begin] of Object.entries(KINDS)) {
    const store = await begin();
    const { rate, cpu, each, pause } = await measure(store, work);
    base ??= { rate, cpu };
    console.log(
      `${name.padEnd(20)} ${rate.toFixed(0).padStart(8)} polls/s (${(rate / base.rate).toFixed(2)})  ${cpu.toFixed(1).padStart(6)} µs CPU a poll (+${(cpu - base.cpu).toFixed(1)})  ${each.toFixed(1).padStart(5)} polls a call  longest pause ${pause.toFixed(1)} ms`,
    );
    await store.close();
    rmSync(join(folder, name.includes('fast') ? 'fast' : 'strict'), {
      recursive: true,
      force: true,
    });
  }
}
rmSync(folder, { recursive: true, force: true });
