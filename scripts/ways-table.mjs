// Measures each way in which somebody gets a sandbox, in empty folders with an empty home, and prints a table.
//   npm run ways:table                       packs and builds all, and writes the table into the pages
//   npm run ways:table -- --only-print       writes nothing
//   npm run ways:table -- --without-image    builds no file system for one, which needs root and takes minutes
//   npm run ways:table -- --tgz FILE --exe FILE    of what is built already
// The first verdict is that on one job, scheduled and polled as it should be; the clock is moved by hand, so that the
// job's own time is not part of it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { waysIn } from './pack/ways.mjs';

const BEGIN = '<!-- ways: written by scripts/ways-table.mjs -->';
const END = '<!-- end of ways -->';
const HEADS = {
  en: ['way', 'files', 'MiB', 'first answer, s', 'first verdict, s'],
  uk: ['спосіб', 'файли', 'МіБ', 'перша відповідь, с', 'перший вердикт, с'],
};
const PAGES = [
  ['README.md', 'en'],
  ['docs/guides/install.md', 'en'],
  ['README.uk.md', 'uk'],
  ['docs/uk/install.md', 'uk'],
];

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function measure(way) {
  const [answers, verdicts] = [[], []];
  for (let i = 0; i < way.times; i += 1) {
    const { answer, verdict } = await way.once();
    answers.push(answer);
    verdicts.push(verdict);
  }
  const { files, mib } = way.weigh();
  const figures = [mib.toFixed(1), median(answers).toFixed(1), median(verdicts).toFixed(1)];
  return { en: [way.name, files, ...figures], uk: [way.uk, files, ...figures.map(withComma)] };
}

const withComma = (number) => number.replace('.', ',');

function tableOf(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function writeInto(page, table) {
  const file = fileURLToPath(new URL(`../${page}`, import.meta.url));
  const text = readFileSync(file, 'utf8');
  const [before, after] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (before < 0 || after < before) throw new Error(`${page} has no place for the table`);
  writeFileSync(file, `${text.slice(0, before)}${BEGIN}\n\n${table}\n\n${text.slice(after)}`);
}

const { values } = parseArgs({
  options: {
    exe: { type: 'string' },
    tgz: { type: 'string' },
    'only-print': { type: 'boolean', default: false },
    'without-image': { type: 'boolean', default: false },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'esoz-ways-'));
try {
  const rows = [];
  for await (const way of waysIn(folder, values)) rows.push(await measure(way));
  const tables = Object.fromEntries(
    Object.entries(HEADS).map(([language, head]) => [
      language,
      tableOf(
        head,
        rows.map((row) => row[language]),
      ),
    ]),
  );
  process.stdout.write(`${tables.en}\n`);
  if (!values['only-print'])
    for (const [page, language] of PAGES) writeInto(page, tables[language]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
