// Hunts the mutants of the JavaScript example, and the examples themselves, and writes docs/hunt.md.
//   npm run hunt:table                              all of it: three quarters of an hour at most
//   npm run hunt:table -- ignores-eta python        these alone; the page keeps what was said of the others
//   npm run hunt:table -- --missing                 what has not been hunted yet
//   npm run hunt:table -- --page                    nothing is hunted, the page is written anew
//   npm run hunt:table -- --true-time               lives at the API's own times
// What was said is kept in `--kept`, hunt by hunt.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { MUTANTS, writeMutant } from '../test/hunt/mutants.mjs';
import { pageOf } from './hunt-table/page.mjs';

const { values: asked, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    missing: { type: 'boolean', default: false },
    page: { type: 'boolean', default: false },
    budget: { type: 'string', default: '2min' },
    long: { type: 'string', default: '10min' },
    only: { type: 'string', multiple: true, default: [] },
    'true-time': { type: 'boolean', default: false },
    out: { type: 'string', default: 'docs/hunt.md' },
    kept: { type: 'string', default: 'node_modules/.cache/hunt/results.json' },
  },
});

const only = [...positionals, ...asked.only];
/** What was said so far, so that a run can be cut short and gone on with. */
const folder = dirname(asked.kept);
mkdirSync(folder, { recursive: true });
const results = existsSync(asked.kept) ? JSON.parse(readFileSync(asked.kept, 'utf8')) : {};
/** A hunt keeps to its budget; one that does not is ended so much later. */
const GRACE = 60_000;

/** Clients that are right: nothing may be found in them, however long they are hunted. */
const RIGHT = [
  { name: 'javascript', argv: ['node', 'examples/javascript/poller.mjs'] },
  { name: 'python', argv: ['python3', 'examples/python/poller.py'] },
];

const unknown = only.filter((name) => ![...MUTANTS, ...RIGHT].some((one) => one.name === name));
if (unknown.length > 0) throw new Error(`there is nothing to hunt called ${unknown.join(', ')}`);
const isAsked = ({ name }) =>
  !asked.page && (only.length === 0 || only.includes(name)) && !(asked.missing && results[name]);

for (const mutant of MUTANTS.filter(isAsked)) {
  const file = await writeMutant(mutant, join(folder, 'mutants'));
  keep(mutant.name, await hunt(['node', file], ['--budget', asked.budget]));
}
for (const { name, argv } of RIGHT.filter(isAsked)) {
  keep(name, await hunt(argv, ['--budget', asked.long, '--all']));
}
writeFileSync(asked.out, `${pageOf(MUTANTS, RIGHT, results).join('\n').trimEnd()}\n`);
console.log(`${asked.out} is written`);

function keep(name, result) {
  const [load] = loadavg();
  results[name] = { ...result, load, cores: availableParallelism(), node: process.versions.node };
  writeFileSync(asked.kept, JSON.stringify(results));
  const { findings = [], took, lives, unplayed } = result;
  if (unplayed !== undefined) {
    console.log(`${name}: ${unplayed}`);
    return;
  }
  const found = findings.map(({ cause, steps }) => `${cause}, ${steps.shrunk} steps`).join('; ');
  console.log(`${name}: ${found || 'nothing'} (${Math.round(took / 1000)} s, ${lives} lives)`);
}

function hunt(argv, options) {
  const time = asked['true-time'] ? ['--no-fast'] : [];
  const given = ['--seed', asked.seed, '--format', 'json', ...time, ...options];
  const args = ['dist/cli.js', 'hunt', ...given];
  return new Promise((done, fail) => {
    const child = spawn('node', [...args, '--', ...argv], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (more) => {
      text += more;
    });
    const late = setTimeout(() => child.kill('SIGTERM'), longest(options) + GRACE);
    child.on('error', fail);
    child.on('close', (code) => {
      clearTimeout(late);
      try {
        done({ ...JSON.parse(text), code });
      } catch {
        fail(new Error(`${argv.join(' ')}: exit ${code}: ${text}`));
      }
    });
  });
}

/** Its budget, `2min` or `30s`, in milliseconds. */
function longest(options) {
  const [, number, unit] = /^(\d+)(s|min)$/.exec(options[options.indexOf('--budget') + 1]) ?? [];
  return Number(number) * (unit === 's' ? 1000 : 60_000);
}
