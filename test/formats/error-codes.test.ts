import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../src/error-codes.js';

const source = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && name !== 'error-codes.ts')
  .map((name) => readFileSync(join('src', name), 'utf8'))
  .join('\n');

/** Codes that a format puts together: the prefix of the format, and what is wrong. */
const ENDS = new Set(
  [...source.matchAll(/\$\{prefix\}_([A-Z_]+)|'((?:WRONG|UNKNOWN)_[A-Z_]+)'/g)].map(
    ([, end, other]) => end ?? other,
  ),
);

describe('a code of the table of errors', () => {
  it.each(
    Object.entries(ERROR_CODES),
  )('%s is used, and says what is wrong and what to do', (code, text) => {
    const [, end = ''] = /^[A-Z]+_(.+)$/.exec(code) ?? [];
    expect(source.includes(`'${code}'`) || ENDS.has(end)).toBe(true);
    expect(text.title).toMatch(/^[A-Z].*\.$/);
    expect(text.next).toMatch(/^[A-Z].*\.$/);
  });
});
