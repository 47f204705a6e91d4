// The phrasebooks of src/texts, each language put together into one file.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Everything in `src/texts/LANGUAGE/*.json`; a phrase that stands in two files says the same in both. */
export function readEntries(language) {
  const folder = join(root, 'src', 'texts', language);
  const entries = {};
  const places = {};
  for (const name of existsSync(folder) ? readdirSync(folder).toSorted() : []) {
    if (!name.endsWith('.json')) continue;
    const texts = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    for (const [phrase, translation] of Object.entries(texts)) {
      const other = entries[phrase] ?? translation;
      if (JSON.stringify(other) !== JSON.stringify(translation))
        throw new Error(`${name} and ${places[phrase]} differ in ${JSON.stringify(phrase)}`);
      entries[phrase] = translation;
      places[phrase] = name;
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
