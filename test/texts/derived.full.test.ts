import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEntries } from '../../scripts/texts.mjs';
import { loadLenient } from '../../src/load/load-setup.js';
import { packNames } from '../../src/load/pack-description.js';
import { derivedOf } from '../../src/sandbox/derived.js';
import { makePhrasebook } from '../../src/texts/phrasebook.js';
import { englishIn } from '../support/english-left.js';

const book = makePhrasebook(readEntries('uk'), 'uk');

/** APIs of the package, and documents of the tests, each with jobs of another kind. */
const SETUPS = [
  ...packNames().map((pack) => ({ pack })),
  ...readdirSync('test/guess/documents')
    .filter((name) => /\.(?:yaml|json)$/.test(name))
    .map((name) => ({ spec: join('test/guess/documents', name) })),
  ...['callbacks', 'long-running', 'shop'].map((name) => ({ pack: `./test/fixtures/${name}` })),
];

describe.each(SETUPS)('lives and suites that follow from $pack$spec', (files) => {
  it('are told in Ukrainian alone', async () => {
    const { setup } = await loadLenient(files);
    for (const api of setup.apis) {
      const { scenarios, suites } = derivedOf(api);
      const told = [...scenarios.values(), ...suites.values()].flatMap(({ title, about }) => [
        title,
        about,
      ]);
      const said = told.map((text) => book.translate(text ?? ''));
      // What the API says of its own errors is its own.
      const errors = [...api.binding.errors.values()].map(({ text }) => text);
      expect(englishIn(said.join('\n'), errors)).toEqual([]);
    }
  });
});
