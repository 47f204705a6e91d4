import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anchors, blocks, PAGES, prose, read } from './pages.js';

/** Each page in Ukrainian, and the English one that it tells. */
const PAIRS: readonly [page: string, english: string][] = [
  ['README.uk.md', 'README.md'],
  ['docs/uk/fixtures.md', 'clients/README.md'],
  ...[
    ...PAGES.filter((page) => page.startsWith('docs/guides/')),
    ...['your-own-api', 'several-apis', 'network'].map((name) => `docs/${name}.md`),
  ].map((page): [string, string] => [`docs/uk/${basename(page)}`, page]),
  ...PAGES.filter((page) => page.startsWith('docs/getting-started/')).map(
    (page): [string, string] => [page.replace('docs/', 'docs/uk/'), page],
  ),
];

/** Whatever is pasted or read by a program; drawings and outputs have words of their own. */
const LANGUAGES = [
  ...['sh', 'powershell', 'yaml', 'json', 'xml', 'diff', 'js', 'ts'],
  ...['python', 'php', 'java', 'csharp'],
];
/** What the first steps show and leave to their files is the same, too. */
const FIRST_STEPS = [...LANGUAGES, 'text', ''];

it('tells every guide and tutorial in Ukrainian', () => {
  expect(PAIRS.map(([page]) => page).filter((page) => !PAGES.includes(page))).toEqual([]);
});

describe.each(PAIRS)('%s', (page, english) => {
  it('has the code of the English page, unchanged', () => {
    const languages = english.includes('getting-started') ? FIRST_STEPS : LANGUAGES;
    expect(blocks(page, ...languages)).toEqual(blocks(english, ...languages));
  });

  it('has as many headings, rows of tables and items as the English page', () => {
    expect(anchors(page).size).toBe(anchors(english).size);
    expect(count(page, /^\| /gm)).toBe(count(english, /^\| /gm));
    expect(count(page, /^(- |\d\. )/gm)).toBe(count(english, /^(- |\d\. )/gm));
  });

  it('is written with Ukrainian letters, apostrophe and quotes', () => {
    const said = prose(page).replace(/`[^`]*`/g, '');
    expect(said.match(/[ыъэё]|[а-яіїєґ]['`][а-яіїєґ]|[а-яіїєґ][a-z]|[a-z][а-яіїєґ]|["“”]/giu)).toBe(
      null,
    );
  });
});

it('leads from one language to the other', () => {
  for (const folder of ['.', 'docs']) {
    const uk = folder === '.' ? 'README.uk.md' : 'uk/README.md';
    expect(read(join(folder, 'README.md'))).toContain(`](${uk})`);
  }
  expect(read('README.uk.md')).toContain('](README.md)');
  expect(read('docs/uk/README.md')).toContain('](../README.md)');
});

function count(page: string, pattern: RegExp): number {
  return prose(page).match(pattern)?.length ?? 0;
}
