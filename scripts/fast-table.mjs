// How long the suite polling-full takes in fast time, and at true time side by side, against each example, and whether
// anything is held against it. Writes docs/fast.md.
//   npm run fast:table                              each example once in fast time: some five minutes
//   npm run fast:table -- --runs 10 --beside        each ten times in fast time, and once by --jobs 8 at true time: an hour
//   npm run fast:table -- --runs 2 --only php       this alone; what was said of the others stays
//   npm run fast:table -- --runs 10 --missing       goes on where it was cut short, up to ten runs each
//   npm run fast:table -- --page                    nothing is played, the page is written anew
// `--rate 10` fixes the rate; a run is ended after `--limit` seconds. What was measured is kept in `--kept`, run by run.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { parse } from 'yaml';
import { clientsIn } from './fast-table/clients.mjs';
import { pageOf } from './fast-table/page.mjs';
import { play } from './fast-table/play.mjs';

const SUITE = 'scenarios/compositions/suites/polling-full.yaml';
/** It is about waiting without an end, and lasts as long as its client is patient. */
const LEFT_OUT = ['never-ends'];

const { values: asked, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '1' },
    only: { type: 'string', multiple: true, default: [] },
    rate: { type: 'string' },
    jobs: { type: 'string', default: '8' },
    beside: { type: 'boolean', default: false },
    missing: { type: 'boolean', default: false },
    page: { type: 'boolean', default: false },
    limit: { type: 'string', default: '600' },
    out: { type: 'string', default: 'docs/fast.md' },
    kept: { type: 'string', default: 'node_modules/.cache/fast/results.json' },
  },
});
const wanted = Number(asked.runs);
const limit = Number(asked.limit);
const only = [...positionals, ...asked.only];
const built = await mkdtemp(join(tmpdir(), 'esoz-fast-table-'));
const clients = clientsIn(built);
const unknown = only.filter((name) => !clients[name]);
if (unknown.length > 0)
  throw new Error(`no client ${unknown.join(', ')}: ${Object.keys(clients).join(', ')}`);

mkdirSync(dirname(asked.kept), { recursive: true });
const results = existsSync(asked.kept) ? JSON.parse(readFileSync(asked.kept, 'utf8')) : {};
const scenarios = parse(await readFile(SUITE, 'utf8')).scenarios.filter(
  (name) => !LEFT_OUT.includes(name),
);

try {
  for (const [name, client] of Object.entries(clients)) {
    if (asked.page || (only.length > 0 && !only.includes(name))) continue;
    await client.prepare?.();
    await playFast(name, client);
    if (asked.beside) await playBeside(name, client);
  }
  const [{ model }] = cpus();
  const about = { cores: cpus().length, model: model.trim(), node: process.version };
  const more = { library: await versionOf(), scenarios: scenarios.length, jobs: asked.jobs };
  writeFileSync(asked.out, `${pageOf(clients, results, { ...about, ...more }).join('\n')}\n`);
  console.log(`${asked.out} is written`);
} finally {
  await rm(built, { recursive: true });
}

async function playFast(name, { command }) {
  const options = ['--fast', ...(asked.rate ? [asked.rate] : [])];
  const before = asked.missing ? (results[name]?.fast ?? []) : [];
  if (before.length >= wanted) return;
  // One scenario shows whether its time can be made to run faster; all of them at true time would take ten minutes.
  const first = await playOnce({ command, options, scenarios: ['immediate-done'] });
  if (first.failed !== undefined) throw new Error(`${name}: ${first.failed}`);
  if (first.fast + first.late + first.again === 0) {
    keep(name, { fast: [], refused: first.told.at(-1) ?? 'played at true time' });
    return;
  }
  for (const runs = [...before]; runs.length < wanted; ) {
    runs.push(await playOnce({ command, options, scenarios }));
    keep(name, { fast: runs, refused: undefined, library: await ownLibrary() });
  }
}

async function playBeside(name, { command }) {
  if (asked.missing && results[name]?.beside?.length > 0) return;
  const options = ['--jobs', asked.jobs];
  keep(name, { beside: [await playOnce({ command, options, scenarios })] });
}

function playOnce(what) {
  return play({ ...what, report: join(built, 'report.json'), limit });
}

function keep(name, more) {
  results[name] = { ...results[name], ...more };
  writeFileSync(asked.kept, JSON.stringify(results, null, 2));
  const [what, told] = Object.entries(more)[0];
  const last = Array.isArray(told) ? told.at(-1) : undefined;
  console.log(`${name} ${what} ${told.length}: ${JSON.stringify(last ?? more)}`);
}

/** Debian's, where none is named. */
async function versionOf() {
  const { stdout = '', stderr = '' } = await promisify(execFile)('faketime', ['--version']).catch(
    (error) => error,
  );
  return /\d+\.\d+(\.\d+)?/.exec(stdout + stderr)?.[0] ?? (await debianVersion());
}

async function debianVersion() {
  const query = ['-W', '-f', `\${Version}`, 'libfaketime'];
  const { stdout = '' } = await promisify(execFile)('dpkg-query', query).catch(() => ({}));
  return /^[\d.]+/.exec(stdout)?.[0] ?? 'of a version unknown';
}

/** A row that another library than the system's has made says so. */
function ownLibrary() {
  const { ESOZ_FAKETIME_LIB: file, ESOZ_FAKETIME_VERSION: version } = process.env;
  return file === undefined ? undefined : (version ?? 'of one’s own');
}
