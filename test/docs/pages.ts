import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every page that people read, as paths from the root. */
export const PAGES = [
  ...['.', 'examples', 'bench', 'clients'].flatMap((folder) => pagesIn(folder)),
  ...['docs', 'scenarios', '.github'].flatMap((folder) => pagesIn(folder, true)),
];

function pagesIn(folder: string, below = false): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: below })
    .map((name) => join(folder, String(name)))
    .filter((path) => path.endsWith('.md'));
}

export function read(page: string): string {
  return readFileSync(page, 'utf8');
}

/** What stands outside of blocks of code. */
export function prose(page: string): string {
  return read(page).replace(/^```.*?^```$/gms, '');
}

/** The lines of every block of code in one of some languages. */
export function blocks(page: string, ...languages: string[]): string[] {
  const found = read(page).matchAll(/^```(\w*)\n(.*?)^```$/gms);
  return [...found]
    .filter(([, language = '']) => languages.includes(language))
    .map(([, , text = '']) => text);
}

/** The anchors of a page's headings, as GitHub makes them. */
export function anchors(page: string): Set<string> {
  const counts = new Map<string, number>();
  const found = [...prose(page).matchAll(/^#{1,6} (.+)$/gm)].map(([, title = '']) => {
    const slug = title
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
      .replaceAll(' ', '-');
    const times = counts.get(slug) ?? 0;
    counts.set(slug, times + 1);
    return times === 0 ? slug : `${slug}-${times}`;
  });
  return new Set(found);
}
