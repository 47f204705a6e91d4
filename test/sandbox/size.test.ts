import { expect, it } from 'vitest';
import { formatSize, parseSize } from '../../src/size.js';

it.each([
  ['10MiB', 10_485_760],
  ['10 mb', 10_000_000],
  ['64KiB', 65_536],
  ['1.5KiB', 1536],
  ['100', 100],
  ['0', undefined],
  ['10 parsecs', undefined],
  ['-1KiB', undefined],
  ['9007199254740993', undefined],
])('%s is %s bytes', (text, size) => {
  expect(parseSize(text)).toBe(size);
});

it('is told in the largest unit that it is a whole number of', () => {
  expect([1_048_576, 65_536, 1500].map(formatSize)).toEqual(['1 MiB', '64 KiB', '1500 bytes']);
});
