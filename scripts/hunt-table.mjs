// Hunts the mutants of the JavaScript example, and the examples themselves, and writes docs/hunt.md.
//   npm run hunt:table                              all of it, about half an hour
//   npm run hunt:table -- ignores-eta python        these alone; the page keeps what was said of the others
//   npm run hunt:table -- --missing                 what has not been hunted yet
//   npm run hunt:table -- --page                    nothing is hunted, the page is written anew
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { MUTANTS, writeMutant } from '../test/hunt/mutants.mjs';
import { pageOf } from './hunt-table/page.mjs';

const { values: asked, positionals: only } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    missing: { type: 'boolean', default: false },
    page: { type: 'boolean', default: false },
    budget: { type: 'string', default: '2min' },
    long: { type: 'string', default: '10min' },
    out: { type: 'string', default: 'docs/hunt.md' },
  },
});

/** What was said so far, so that a run can be cut short and gone on with. */
const FOLDER = 'node_modules/.cache/hunt';
const KEPT = `${FOLDER}/results.json`;
mkdirSync(FOLDER, { recursive: true });
const results = existsSync(KEPT) ? JSON.parse(readFileSync(KEPT, 'utf8')) : {};

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
  const file = await writeMutant(mutant, `${FOLDER}/mutants`);
  keep(mutant.name, await hunt(['node', file], ['--budget', asked.budget]));
}
for (const { name, argv } of RIGHT.filter(isAsked)) {
  keep(name, await hunt(argv, ['--budget', asked.long, '--all']));
}
writeFileSync(asked.out, `${pageOf(MUTANTS, RIGHT, results).join('\n').trimEnd()}\n`);
console.log(`${asked.out} is written`);

function keep(name, result) {
  results[name] = { ...result, cores: availableParallelism(), node: process.versions.node };
  writeFileSync(KEPT, JSON.stringify(results));
  const { findings = [], took, lives } = result;
  const found = findings.map(({ cause, steps }) => `${cause}, ${steps.shrunk} steps`).join('; ');
  console.log(`${name}: ${found || 'nothing'} (${Math.round(took / 1000)} s, ${lives} lives)`);
}

function hunt(argv, options) {
  const args = ['dist/cli.js', 'hunt', '--seed', asked.seed, '--format', 'json', ...options];
  return new Promise((done, fail) => {
    const child = spawn('node', [...args, '--', ...argv], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (more) => {
      text += more;
    });
    child.on('error', fail);
    child.on('close', (code) => {
      try {
        done({ ...JSON.parse(text), code });
      } catch {
        fail(new Error(`${argv.join(' ')}: exit ${code}: ${text}`));
      }
    });
  });
}
