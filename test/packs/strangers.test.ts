import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadContract } from '../../src/contract/contract.js';
import { loadBinding } from '../../src/formats/binding/load.js';
import { bindingOf, packNames, specOf } from '../../src/load/pack-description.js';

const PACKS = join('src', 'packs');

/** Source files, apart from the packs themselves. */
const FILES = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((name) => join('src', name))
  .filter((file) => file.endsWith('.ts') && !file.startsWith(PACKS));

/** Names of packs and operations that are words of the field, which anybody may say. */
const PLAIN = ['oauth', 'general', 'login', 'logout', 'signIn', 'getJob'];

/** What only a pack may say: its name and its operations in any case, and states that are no plain words. */
async function wordsOf(pack: string): Promise<RegExp[]> {
  const binding = await loadBinding(bindingOf({ pack }) ?? '');
  const contract = await loadContract(specOf({ pack }), binding.prefixes);
  const states = [...binding.states.keys()].filter((state) => state !== state.toLowerCase());
  const own = [pack, pack.replace(/s$/, ''), ...contract.operations.keys()];
  const names = own.filter((name) => !PLAIN.includes(name));
  const one = (words: string[], flags: string) => new RegExp(`\\b(${words.join('|')})\\b`, flags);
  return [one(names, 'i'), ...(states.length > 0 ? [one(states, '')] : [])];
}

let words: RegExp[];
beforeAll(async () => {
  words = (await Promise.all(packNames().map(wordsOf))).flat();
});

/** What a page shows to people, and no program reads. */
const SHOWN = /^\s*example: /;

/** Lines of a file that name a pack or what is its own. */
function tell(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, i) =>
      !SHOWN.test(line) && words.some((word) => word.test(line))
        ? [`${file}:${i + 1}: ${line.trim()}`]
        : [],
    );
}

describe('the engine', () => {
  it('knows no pack, but for the one that is served when none is named', () => {
    expect(FILES.length).toBeGreaterThan(150);
    expect(FILES.flatMap(tell)).toEqual([
      expect.stringMatching(
        /^src\/load\/pack-description\.ts:\d+: const DEFAULT_PACK = 'compositions';$/,
      ),
    ]);
  });

  it('would be found out: each pack says words of its own', () => {
    for (const pack of packNames()) {
      const folder = join(PACKS, pack);
      const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
      expect(
        files.flatMap((name) => tell(join(folder, name))),
        pack,
      ).not.toEqual([]);
    }
    expect(tell(join(PACKS, 'index.ts'))).not.toEqual([]);
  });
});
