import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../src/error-codes.js';
import { anchors } from './pages.js';

const CODES = Object.entries(ERROR_CODES);

describe.each(CODES)('%s', (code, { title, next }) => {
  it('says what is wrong and what to do, in sentences', () => {
    expect(code).toMatch(/^[A-Z]+(_[A-Z0-9]+)+$/);
    expect(title).toMatch(/^[A-Z`{].*\.$/s);
    expect(next).toMatch(/^[A-Z`].*\.$/s);
  });

  it('has its place in docs/errors.md', () => {
    expect(anchors('docs/errors.md')).toContain(code.toLowerCase());
  });
});
