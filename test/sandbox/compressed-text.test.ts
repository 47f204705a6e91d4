import { describe, expect, it } from 'vitest';
import { makeCompressor } from '../../src/sandbox/compressed-text.js';

describe('a text that waits', () => {
  const text = (i: number) => `${i}: ${'лікарняний '.repeat(50)}`;

  it('stays as it came while it is young, and is compressed when others have come after it', () => {
    const compressor = makeCompressor(text(0), 3000);
    const kept = Array.from({ length: 10 }, (_, i) => compressor.keep(text(i)));
    expect(kept.map(({ plain }) => plain !== undefined)).toEqual([
      ...Array(5).fill(false),
      ...Array(5).fill(true),
    ]);
    for (const [i, each] of kept.entries()) expect(compressor.read(each)).toBe(text(i));
  });

  it('is compressed at once when it is longer than all that may wait', () => {
    const compressor = makeCompressor('', 10);
    const kept = compressor.keep(text(1));
    expect(kept.plain).toBeUndefined();
    expect((kept.compressed ?? '').length).toBeLessThan(text(1).length / 2);
    expect(compressor.read(kept)).toBe(text(1));
  });
});
