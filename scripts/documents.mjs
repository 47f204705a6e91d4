// Holds public OpenAPI documents against the sandbox and against Prism, and writes docs/documents.md.
//   npm run documents -- --folder ~/documents            all of the list: an hour on two cores
//   npm run documents -- --folder ~/documents --only Box  one of them; the page keeps what was said of the others
//   npm run documents -- --page                          nothing is run, the page is written anew
//   npm run documents -- --where                         where each document is looked for
// The folder has checkouts as owner/name and packages in node_modules (npm install --prefix ~/documents NAME).
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { DOCUMENTS } from './documents/list.mjs';
import { pageOf } from './documents/page.mjs';
import { find } from './documents/read.mjs';
import { runOne } from './documents/run.mjs';

const { values: asked } = parseArgs({
  options: {
    folder: { type: 'string', default: 'documents' },
    only: { type: 'string', multiple: true, default: [] },
    limit: { type: 'string', default: '100' },
    one: { type: 'string' },
    page: { type: 'boolean', default: false },
    where: { type: 'boolean', default: false },
    out: { type: 'string', default: 'docs/documents.md' },
  },
});

/** What was said so far, a file a document, so that a run can be cut short and gone on with. */
const FOLDER = 'node_modules/.cache/documents';
const keptIn = (name) => `${FOLDER}/${name.replaceAll(/\W+/g, '-')}.json`;
/** Milliseconds for one document: the largest takes Prism minutes. */
const PATIENCE = 30 * 60_000;

if (asked.one !== undefined) {
  const entry = DOCUMENTS.find(({ name }) => name === asked.one);
  const row = await runOne(entry, asked.folder, Number(asked.limit));
  writeFileSync(keptIn(asked.one), JSON.stringify(row));
  process.exit(0);
}
if (asked.where) {
  for (const entry of DOCUMENTS)
    console.log(entry.name, find(entry, asked.folder)?.path ?? 'is not here');
  process.exit(0);
}

mkdirSync(FOLDER, { recursive: true });
if (!asked.page) {
  for (const { name } of DOCUMENTS) {
    if (asked.only.length > 0 && !asked.only.includes(name)) continue;
    console.log(oneLine(name, runApart(name)));
  }
}
const kept = DOCUMENTS.filter(({ name }) => existsSync(keptIn(name)));
const rows = Object.fromEntries(kept.map(({ name }) => [name, readRow(name)]));
writeFileSync(asked.out, pageOf(DOCUMENTS, rows));

function readRow(name) {
  return JSON.parse(readFileSync(keptIn(name), 'utf8'));
}

/** In a process of its own: a document that no judge can read must not end the run. */
function runApart(name) {
  const args = [process.argv[1], '--one', name, '--folder', asked.folder, '--limit', asked.limit];
  writeFileSync(keptIn(name), JSON.stringify({ unread: 'the run ended before it said anything' }));
  spawnSync(process.execPath, ['--max-old-space-size=6000', ...args], {
    stdio: 'inherit',
    timeout: PATIENCE,
  });
  return readRow(name);
}

function oneLine(name, row) {
  if (row.missing || row.unread) return `${name}: ${row.unread ?? 'is not here'}`;
  const told = ({ problem, counts, examples }) =>
    problem
      ? `does not start: ${problem.slice(0, 200)}`
      : `${counts.good} good, ${counts.refusal} refused, ${counts.wrong} wrong, ${counts.error} errors; examples refused ${examples.refused}/${examples.sent}`;
  return `${name}: ${row.operations} operations, ${row.asked} asked\n  sandbox ${told(row.sandbox)}\n  prism   ${told(row.prism)}`;
}
