// Plays pollers of others, good clients and bad ones against the sandbox, and writes docs/conformance.md.
//   npm run conformance                              all of it, about a quarter of an hour
//   npm run conformance -- --only got ky             these alone; the page keeps what was said of the others
//   npm run conformance -- --repeat 10 --busy 4      ten times, beside four busy loops
//   npm run conformance -- --missing                 what has not been run yet
//   npm run conformance -- --page                    nothing is run, the page is written anew
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { ENTRIES } from '../test/conformance/clients.mjs';
import { keepBusy } from './conformance/busy.mjs';
import { judge } from './conformance/judge.mjs';
import { pageOf } from './conformance/page.mjs';
import { playOne } from './conformance/play.mjs';
import { versionsOf } from './conformance/versions.mjs';

const { values: asked, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', multiple: true, default: [] },
    repeat: { type: 'string', default: '1' },
    busy: { type: 'string', default: '0' },
    jobs: { type: 'string', default: '6' },
    missing: { type: 'boolean', default: false },
    page: { type: 'boolean', default: false },
    out: { type: 'string', default: 'docs/conformance.md' },
  },
});

/** What was said so far, so that a run can be cut short and gone on with. */
const FOLDER = 'node_modules/.cache/conformance';
const KEPT = `${FOLDER}/results.json`;
mkdirSync(FOLDER, { recursive: true });
const kept = existsSync(KEPT) ? JSON.parse(readFileSync(KEPT, 'utf8')) : {};
const { results = {}, repeats = {} } = kept;
const times = Number(asked.repeat);
const jobs = Number(asked.jobs);
const busy = Number(asked.busy);
/** What stood beside the clients in the last repetition. */
const load =
  times > 1 && !asked.page ? { busy, jobs, processors: availableParallelism() } : kept.load;

const only = [...asked.only, ...positionals];
const isAsked = (entry) => only.length === 0 || only.includes(entry.name);
const pairs = ENTRIES.filter(isAsked).flatMap((entry) =>
  entry.plays.map((play, i) => ({ entry, play, key: `${entry.name}#${i}` })),
);
const unknown = only.filter((name) => !ENTRIES.some((entry) => entry.name === name));
if (unknown.length > 0) throw new Error(`there is no client ${unknown.join(', ')}`);

/** The runs that are left to do: in a repetition, each pair as often as it has not been run yet. */
function left() {
  if (asked.page) return [];
  if (times === 1) return pairs.filter(({ key }) => !asked.missing || !results[key]);
  return pairs.flatMap((pair) => {
    const done = asked.missing ? (repeats[pair.key] ?? []).length : 0;
    if (!asked.missing) delete repeats[pair.key];
    return Array.from({ length: Math.max(0, times - done) }, () => pair);
  });
}

function keep({ key, entry, play }, result) {
  const { text, ...short } = result;
  if (times > 1) repeats[key] = [...(repeats[key] ?? []), short];
  else results[key] = short;
  writeFileSync(KEPT, JSON.stringify({ results, repeats, load }));
  const { agrees, differences } = judge(play, result);
  const mark = agrees ? 'agrees ' : 'DIFFERS';
  console.log(`${mark} ${entry.name} #${key.at(-1)}, ${Math.round(result.took / 1000)} s`);
  for (const difference of differences) console.log(`        ${difference}`);
  if (!agrees) writeFileSync(`${FOLDER}/${key.replace(/[^\w#.-]+/g, '_')}.txt`, text);
  return agrees;
}

/** Those that take longest begin first. */
const weight = ({ play: { suite, scenarios, pack } }) =>
  (suite && !pack ? 100 : 0) + (scenarios?.length ?? 8);

async function playAll(queue) {
  let good = true;
  const worker = async () => {
    for (let pair = queue.shift(); pair; pair = queue.shift()) {
      good = keep(pair, await playOne(pair.entry, pair.play)) && good;
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  return good;
}

/** The example in C# is compiled once. */
function compile() {
  if (!pairs.some(({ entry }) => entry.command[0] === 'mono')) return;
  const libraries = ['System.Net.Http', 'System.Runtime.Serialization', 'System.Xml.Linq'];
  const references = libraries.map((name) => `-r:${name}.dll`);
  const source = 'examples/csharp/Poller.cs';
  const done = spawnSync('mcs', [`-out:${FOLDER}/Poller.exe`, ...references, source]);
  if (done.status !== 0) console.error(`${source} was not compiled: ${done.stderr ?? done.error}`);
}

const queue = left().sort((a, b) => weight(b) - weight(a));
if (queue.length > 0) compile();
const stop = keepBusy(queue.length > 0 ? busy : 0);
const good = await playAll(queue).finally(stop);
const node = process.versions.node;
const versions = versionsOf(ENTRIES);
const page = pageOf({ entries: ENTRIES, results, repeats, load, versions, node });
writeFileSync(asked.out, `${page.join('\n').trimEnd()}\n`);
console.log(`${asked.out} is written`);
process.exitCode = good ? 0 : 1;
