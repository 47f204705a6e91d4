// Writes the table of scenarios into README.md; with --check it only says whether it is up to date.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const readme = join(root, 'README.md');
const START = '<!-- catalogue: written by scripts/catalogue.mjs -->';
const END = '<!-- end of catalogue -->';

const listing = execFileSync(process.execPath, [
  join(root, 'scripts/cli.mjs'),
  'scenarios',
  '--json',
]);
const scenarios = JSON.parse(listing.toString());
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
const table = [
  '| group | scenario | what happens | magic identifier |',
  '| --- | --- | --- | --- |',
  ...rows,
];

const text = readFileSync(readme, 'utf8');
const [before, rest] = text.split(START);
const [, after] = rest.split(END);
const written = `${before}${START}\n\n${table.join('\n')}\n\n${END}${after}`;
if (!process.argv.includes('--check')) writeFileSync(readme, written);
else if (written !== text) {
  console.error('README.md does not list the scenarios as they are. Run: npm run catalogue');
  process.exit(1);
}
