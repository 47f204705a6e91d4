// Writes what the docs tell of the product from the product itself: tables, and whole pages. With --check it only says
// whether they are up to date.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { bindingPage } from './catalogue/binding.mjs';
import { commandPages } from './catalogue/commands.mjs';
import { errorsPage, errorsPageUk } from './catalogue/errors.mjs';
import { nameFiles } from './catalogue/names.mjs';
import { rulesPage, rulesPageUk, snippetFile } from './catalogue/rules.mjs';
import { cli, root } from './catalogue/sources.mjs';
import {
  codeTable,
  controlTable,
  faultTable,
  scenarioTable,
  settingTable,
} from './catalogue/tables.mjs';
import { viewStyle } from './catalogue/view-style.mjs';
import { accountTable, worldRequests, worldTable } from './catalogue/world.mjs';

/** Parts of pages, each between its two comments. */
const PARTS = [
  ['docs/reference/catalogue.md', 'catalogue', scenarioTable],
  ['docs/reference/faults.md', 'faults', faultTable],
  ['docs/reference/business-rules.md', 'settings', settingTable],
  ['docs/reference/business-rules.md', 'codes', codeTable],
  ['docs/reference/control-api.md', 'control-api', controlTable],
  ['docs/reference/cli.md', 'cli', commandPages],
  ['docs/reference/world.md', 'world', worldTable],
  ['docs/reference/world.md', 'accounts', accountTable],
  ['docs/reference/world.md', 'world-requests', worldRequests],
];

/** Whole pages. */
const PAGES = [
  ['docs/rules.md', rulesPage],
  ['docs/uk/rules.md', rulesPageUk],
  ['src/view/report/snippets.json', snippetFile],
  ['src/report/html/view-style.json', viewStyle],
  ['docs/errors.md', errorsPage],
  ['docs/uk/errors.md', errorsPageUk],
  ['docs/binding.md', bindingPage],
];

function put(file, text, name, lines) {
  const start = `<!-- ${name}: written by scripts/catalogue.mjs -->`;
  const end = `<!-- end of ${name} -->`;
  const [before, rest] = text.split(start);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`${file} has no place for ${name}: ${start} … ${end}`);
  return `${before}${start}\n\n${lines.join('\n')}\n\n${end}${after}`;
}

/** The page of each pack's scenarios. */
function cataloguePages() {
  return readdirSync(join(root, 'spec'))
    .filter((name) => existsSync(join(root, 'scenarios', name)))
    .map((name) => [`scenarios/${name}/README.md`, cli('scenarios', '--pack', name, '--markdown')]);
}

/** A page whose parts are all written anew. */
async function partsOf(file) {
  let text = readFileSync(join(root, file), 'utf8');
  for (const [of, name, lines] of PARTS) {
    if (of === file) text = put(file, text, name, await lines());
  }
  return [file, text];
}

/** Each file that is written from what there is, and its text. */
async function written() {
  const parts = [...new Set(PARTS.map(([file]) => file))].map(partsOf);
  const pages = PAGES.map(async ([file, page]) => [file, `${(await page()).join('\n')}\n`]);
  const names = nameFiles().map(([file, lines]) => [file, `${lines.join('\n')}\n`]);
  return [...(await Promise.all([...parts, ...pages])), ...cataloguePages(), ...names];
}

for (const [file, text] of await written()) {
  const path = join(root, file);
  const found = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (found === text) continue;
  const name = relative(root, path);
  if (process.argv.includes('--check')) {
    console.error(`${name} is not what the product says of itself. Run: npm run catalogue`);
    process.exitCode = 1;
  } else {
    writeFileSync(path, text);
    console.log(`${name} is written`);
  }
}

// The test that holds this page asks every operation over HTTP, and writes it; to compare, it runs with the others.
if (!process.argv.includes('--check')) {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--reporter=dot', 'test/docs/esoz.test.ts', '-u'];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'ignore' });
  if (status !== 0) {
    console.error('docs/esoz.md is not written. Run: npx vitest run test/docs/esoz.test.ts -u');
    process.exitCode = 1;
  }
}
