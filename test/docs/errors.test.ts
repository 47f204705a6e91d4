import { describe, expect, it } from 'vitest';
import { readEntries } from '../../scripts/texts.mjs';
import { ERROR_CODES } from '../../src/error-codes.js';
import { anchors } from './pages.js';

const CODES = Object.entries(ERROR_CODES);
const ukrainian = readEntries('uk', 'docs');

describe.each(CODES)('%s', (code, { title, next }) => {
  it('says what is wrong and what to do, in sentences', () => {
    expect(code).toMatch(/^[A-Z]+(_[A-Z0-9]+)+$/);
    expect(title).toMatch(/^[A-Z`{].*\.$/s);
    expect(next).toMatch(/^[A-Z`].*\.$/s);
  });

  it('has its place in docs/errors.md', () => {
    expect(anchors('docs/errors.md')).toContain(code.toLowerCase());
    expect(anchors('docs/uk/errors.md')).toContain(code.toLowerCase());
  });

  it('has its Ukrainian in src/texts/uk/docs', () => {
    for (const text of [title, next])
      expect(ukrainian[text]).toMatch(/^(?:[А-ЯІЇЄҐA-Z`«]|eta |id,|behaviour\.js).*\.$/s);
  });
});

it('has no other text in src/texts/uk/docs', () => {
  const told = new Set<string>(CODES.flatMap(([, { title, next }]) => [title, next]));
  expect(Object.keys(ukrainian).filter((text) => !told.has(text))).toEqual([]);
});
