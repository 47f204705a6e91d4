// Writes the tables of scenarios and of rules into README.md; with --check it only says whether they are up to date.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const readme = join(root, 'README.md');

function list(command) {
  const cli = join(root, 'scripts/cli.mjs');
  return JSON.parse(execFileSync(process.execPath, [cli, command, '--json']).toString());
}

function scenarioTable() {
  const scenarios = list('scenarios');
  const groups = [...new Set(scenarios.map((s) => s.group))];
  const rows = groups.flatMap((group) =>
    scenarios
      .filter((s) => s.group === group)
      .map(({ name, title, when, operations }) => {
        const magic = when.map((w) => Object.values(w.body ?? w.resource ?? {})[0]).join(' ');
        const only = operations ? ` (${operations.join(', ')})` : '';
        return `| ${group} | \`${name}\` | ${title}${only} | ${magic ? `\`${magic}\`` : ''} |`;
      }),
  );
  return [
    '| group | scenario | what happens | magic identifier |',
    '| --- | --- | --- | --- |',
    ...rows,
  ];
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

/** Puts a table between its two comments. */
function put(text, name, table) {
  const start = `<!-- ${name}: written by scripts/catalogue.mjs -->`;
  const end = `<!-- end of ${name} -->`;
  const [before, rest] = text.split(start);
  const [, after] = rest.split(end);
  return `${before}${start}\n\n${table.join('\n')}\n\n${end}${after}`;
}

const text = readFileSync(readme, 'utf8');
const written = put(put(text, 'catalogue', scenarioTable()), 'rules', ruleTable());
if (!process.argv.includes('--check')) writeFileSync(readme, written);
else if (written !== text) {
  console.error('README.md does not list scenarios or rules as they are. Run: npm run catalogue');
  process.exit(1);
}
