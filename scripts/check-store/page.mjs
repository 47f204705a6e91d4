/** Writes the table of a run into docs/kills.md, between the two comments that name it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PAGE = fileURLToPath(new URL('../../docs/kills.md', import.meta.url));

/**
 * @param {string} name  of the table: `kills`, `lies`
 * @param {readonly (readonly unknown[])[]} rows  the first one is the head
 */
export function writeTable(name, [head, ...rows]) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const table = [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
  const [begin, end] = [
    `<!-- ${name}: written by scripts/check-store.mjs -->`,
    `<!-- end of ${name} -->`,
  ];
  const page = readFileSync(PAGE, 'utf8');
  const [before, after] = [page.indexOf(begin), page.indexOf(end)];
  if (before < 0 || after < 0) throw new Error(`docs/kills.md has no place for ${name}`);
  writeFileSync(PAGE, `${page.slice(0, before)}${begin}\n\n${table}\n\n${page.slice(after)}`);
}
