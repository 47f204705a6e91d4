// The phrasebooks of src/texts, each language put together into one file.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * Everything in `src/texts/LANGUAGE/*.json`; of a phrase in two files the first counts.
 * @param part a folder below: `editor` and `viewer` for what the page loads with these alone, `docs` for pages of the docs
 */
export function readEntries(language, part = '') {
  const folder = join(root, 'src', 'texts', language, part);
  const entries = {};
  for (const name of existsSync(folder) ? readdirSync(folder).toSorted() : []) {
    if (!name.endsWith('.json')) continue;
    const texts = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    for (const [phrase, translation] of Object.entries(texts)) {
      entries[phrase] ??= translation;
    }
  }
  return entries;
}

/** Writes `dist/texts/LANGUAGE.json`. */
export function writeTexts(language = 'uk') {
  mkdirSync(join(root, 'dist', 'texts'), { recursive: true });
  const file = join(root, 'dist', 'texts', `${language}.json`);
  writeFileSync(file, JSON.stringify(readEntries(language)));
}
