// Writes the pages of the catalogues, and the tables of scenarios, rules and faults in README.md; with --check it only
// says whether they are up to date.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const readme = join(root, 'README.md');

function cli(...args) {
  return execFileSync(process.execPath, [join(root, 'scripts/cli.mjs'), ...args]).toString();
}

function list(command) {
  return JSON.parse(cli(command, '--json'));
}

/** One row a group: how many there are, and their names, which the page explains. */
function scenarioTable() {
  const scenarios = list('scenarios');
  const groups = [...new Set(scenarios.map((s) => s.group))];
  const rows = groups.map((group) => {
    const names = scenarios.filter((s) => s.group === group).map(({ name }) => `\`${name}\``);
    return `| [${group}](scenarios/compositions/README.md#${group}) | ${names.length} | ${names.join(', ')} |`;
  });
  return ['| group | | scenarios |', '| --- | --- | --- |', ...rows];
}

function ruleTable() {
  const rows = list('rules').map(({ name, title, severity, tolerance = '', sources }) => {
    const links = sources.map(({ text, url }) => {
      const [short] = text.split(/[:;] /);
      return url ? `[${short}](${url})` : short;
    });
    return `| \`${name}\` | ${title} | ${severity} | ${tolerance} | ${links.join('; ')} |`;
  });
  return [
    '| rule | what a good client does | severity | tolerance | source |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ];
}

function faultTable() {
  const read = { yes: 'yes', maybe: 'by some', no: 'no' };
  const rows = list('faults').map(({ name, title, settings, chaos, ...fault }) => {
    const measures = settings.map((key) => `\`${key}\``).join(', ');
    return `| \`${name}\` | ${title} | ${measures} | ${read[fault.read]} | ${chaos ? 'yes' : ''} |`;
  });
  return [
    '| fault | what the client gets | measured by | can be read | usual in chaos |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ];
}

/** Puts a table between its two comments. */
function put(text, name, table) {
  const start = `<!-- ${name}: written by scripts/catalogue.mjs -->`;
  const end = `<!-- end of ${name} -->`;
  const [before, rest] = text.split(start);
  const [, after] = rest.split(end);
  return `${before}${start}\n\n${table.join('\n')}\n\n${end}${after}`;
}

/** Each file that is written from what there is, and its text. */
function written() {
  const text = readFileSync(readme, 'utf8');
  const tables = [
    ['catalogue', scenarioTable()],
    ['rules', ruleTable()],
    ['faults', faultTable()],
  ].reduce((done, [name, table]) => put(done, name, table), text);
  const pages = readdirSync(join(root, 'spec'))
    .filter((name) => existsSync(join(root, 'scenarios', name)))
    .map((name) => [
      join(root, 'scenarios', name, 'README.md'),
      cli('scenarios', '--pack', name, '--markdown'),
    ]);
  return [[readme, tables], ...pages];
}

for (const [file, text] of written()) {
  const found = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (found === text) continue;
  const name = relative(root, file);
  if (process.argv.includes('--check')) {
    console.error(`${name} does not tell scenarios or rules as they are. Run: npm run catalogue`);
    process.exitCode = 1;
  } else {
    writeFileSync(file, text);
    console.log(`${name} is written`);
  }
}
