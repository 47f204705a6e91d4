import { expect, it } from 'vitest';
import { checkCommand } from '../../src/audit/command-expectations.js';

it.each([
  ['nothing is expected', {}, 1, '', []],
  ['0 is expected and comes', { exit: 0 as const }, 0, '', []],
  [
    '0 is expected and 3 comes',
    { exit: 0 as const },
    3,
    '',
    ['expect.exit: the command exited with 3; 0 was expected'],
  ],
  [
    '0 is expected and a signal comes',
    { exit: 0 as const },
    null,
    '',
    ['expect.exit: the command was ended by a signal; 0 was expected'],
  ],
  ['another code is expected and comes', { exit: 'nonzero' as const }, 1, '', []],
  [
    'another code is expected and 0 comes',
    { exit: 'nonzero' as const },
    0,
    '',
    ['expect.exit: the command exited with 0, as if all had gone well; another code was expected'],
  ],
  ['a text is expected and printed', { output: 'error 1172' }, 0, '… error 1172: no\n', []],
  [
    'a text and a code are expected, and neither comes',
    { output: 'error 1172', exit: 'nonzero' as const },
    0,
    'saved\n',
    [
      'expect.exit: the command exited with 0, as if all had gone well; another code was expected',
      'expect.output: the command did not print "error 1172"',
    ],
  ],
])('says of a command what does not hold when %s', (_, expected, code, output, said) => {
  expect(checkCommand(expected, { code, output })).toEqual(said);
});
