import { describe, expect, it } from 'vitest';
import { ownFile } from '../../src/cli/exec/own-file.js';

describe('the file that a merge request shows a finding at', () => {
  it.each([
    ['is the first that is there', ['no-such.yaml', 'package.json', 'README.md'], 'package.json'],
    ['is told as the repository knows it', [`${process.cwd()}/src/index.ts`], 'src/index.ts'],
    [
      'is none outside of the folder that one works in',
      [process.execPath, '/etc/passwd'],
      undefined,
    ],
    ['is none of a package', ['node_modules/vitest/package.json'], undefined],
    ['is no folder', ['src', '.'], undefined],
    ['is none where none is named', [undefined, 'node'], undefined],
  ])('%s', (_, files, wanted) => {
    expect(ownFile(files)).toBe(wanted);
  });
});
