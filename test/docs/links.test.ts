import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { anchors, PAGES, prose, read } from './pages.js';

/** Where a page's links lead, without those of the web. */
function linksOf(page: string): string[] {
  return [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

/** What is wrong with a link, if anything. */
function mistake(page: string, target: string): string | undefined {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? page : normalize(join(dirname(page), path));
  if (!existsSync(file)) return `${page}: ${target} is not there`;
  if (anchor === undefined || !file.endsWith('.md')) return undefined;
  return anchors(file).has(anchor) ? undefined : `${page}: ${file} has no heading #${anchor}`;
}

it('follows every link of every page to a file and a heading that are there', () => {
  expect(PAGES).toContain('docs/rules.md');
  const links = PAGES.flatMap((page) => linksOf(page).map((target) => [page, target] as const));
  expect(links.length).toBeGreaterThan(100);
  expect(links.map(([page, target]) => mistake(page, target)).filter(Boolean)).toEqual([]);
});

it('notices a link that leads nowhere', () => {
  expect(mistake('docs/README.md', 'guides/nowhere.md')).toMatch(/is not there/);
  expect(mistake('docs/README.md', 'rules.md#no-such-rule')).toMatch(/no heading #no-such-rule/);
  expect(mistake('docs/README.md', 'rules.md#eta-respected')).toBeUndefined();
});

it('ships what its pages link to', () => {
  const shipped = [...packageJson.files, 'package.json', 'LICENSE'];
  const targets = PAGES.filter((page) => !page.startsWith('.github'))
    .filter((page) => shipped.some((path) => page === path || page.startsWith(`${path}/`)))
    .flatMap((page) =>
      linksOf(page).map((target) => join(dirname(page), target.split('#')[0] ?? '')),
    )
    .map((path) => normalize(path).replace(/\/$/, ''))
    .filter((path) => !shipped.some((known) => path === known || path.startsWith(`${known}/`)));
  expect(targets).toEqual([]);
});

it('keeps the README to 150 lines', () => {
  expect(read('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(150);
});

it('has every guide and every page of the reference in a table of contents', () => {
  const listed = new Set(
    ['docs', 'docs/uk'].flatMap((folder) =>
      linksOf(join(folder, 'README.md')).map((target) => normalize(join(folder, target))),
    ),
  );
  const pages = PAGES.filter((page) => page.startsWith('docs/') && page !== 'docs/README.md');
  expect(pages.filter((page) => !listed.has(page))).toEqual([]);
});
