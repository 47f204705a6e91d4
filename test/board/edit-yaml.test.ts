import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  duplicateAt,
  insertAt,
  moveAt,
  removeAt,
  setAt,
} from '../../src/board/editor/edit-yaml.js';
import { fc } from '../support/seeded.js';

const ROOT = join(import.meta.dirname, '../../scenarios');

/** Every scenario that comes with the package, and those of the examples of packs. */
const FILES = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.ya?ml$/.test(file) && !file.includes('suites'))
  .map((file) => [file, readFileSync(join(ROOT, file), 'utf8')] as const);

const ORDER = ['scenario', 'title', 'about', 'group', 'operations', 'when', 'life', 'expect'];
const KEYS = ['state', 'answer', 'error', 'for', 'eta', 'delay', 'off_contract'];

const commentsOf = (text: string) => text.match(/(?:^|\s)#.*$/gm)?.map((one) => one.trim()) ?? [];
const lifeOf = (text: string): unknown[] => parse(text).life ?? [];

describe('changing the text of a scenario', () => {
  it.each(FILES)('leaves all the rest of %s as it is', (_, text) => {
    const titled = setAt(text, ['title'], 'Another title: with a colon', ORDER);
    expect(parse(titled)).toEqual({ ...parse(text), title: 'Another title: with a colon' });
    expect(commentsOf(titled)).toEqual(commentsOf(text));
    const changed = titled.split('\n').filter((line) => !text.split('\n').includes(line));
    expect(changed).toEqual(['title: "Another title: with a colon"']);
    expect(parse(setAt(titled, ['title'], parse(text).title, ORDER))).toEqual(parse(text));
  });

  it('takes the way back: every change of a life and its reverse give the same text', () => {
    const scripted = FILES.filter(([, text]) => lifeOf(text).length > 1);
    fc.assert(
      fc.property(fc.constantFrom(...scripted), fc.nat(), fc.nat(), ([, text], a, b) => {
        const { length } = lifeOf(text);
        const [from, to] = [a % length, b % length];
        expect(moveAt(moveAt(text, ['life'], from, to), ['life'], to, from)).toBe(text);
        expect(removeAt(duplicateAt(text, ['life'], from), ['life', from + 1])).toBe(text);
        const step = { answer: { http: 503 }, for: '1 poll' };
        const longer = insertAt(text, ['life'], from, step);
        expect(lifeOf(longer)[from]).toEqual(step);
        expect(removeAt(longer, ['life', from])).toBe(text);
      }),
      { numRuns: 150 },
    );
  });

  it('says what is meant, whatever is changed, and keeps every comment', () => {
    const scripted = FILES.filter(([, text]) => lifeOf(text).length > 0);
    const value = fc.oneof(
      fc.constantFrom('3s', '2 polls', 'until released', 'a: b', '{x}', '#no', ' ', 'yes', '1'),
      fc.integer(),
      fc.boolean(),
      fc.constant({ code: 1137 }),
      fc.constant({ http: 503, retry_after: '3s' }),
      fc.string({ unit: 'grapheme', maxLength: 120 }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...scripted),
        fc.nat(),
        fc.constantFrom(...KEYS),
        value,
        ([, text], at, key, said) => {
          const life = lifeOf(text);
          const step = at % life.length;
          const changed = setAt(text, ['life', step, key], said, KEYS);
          expect(lifeOf(changed)).toEqual(
            life.map((one, i) => (i === step ? { ...(one as object), [key]: said } : one)),
          );
          expect(commentsOf(changed)).toEqual(expect.arrayContaining(commentsOf(text)));
          const { [key]: _, ...rest } = lifeOf(changed)[step] as Record<string, unknown>;
          expect(lifeOf(removeAt(changed, ['life', step, key]))[step]).toEqual(rest);
        },
      ),
      { numRuns: 300 },
    );
  });
});
