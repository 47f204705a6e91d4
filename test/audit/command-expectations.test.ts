import { expect, it } from 'vitest';
import { checkCommand } from '../../src/audit/command-expectations.js';

it.each([
  [{}, { code: 7, output: '' }, []],
  [{ exit: 0 }, { code: 0, output: '' }, []],
  [{ exit: 0 }, { code: 7, output: '' }, [/ended with 7; it is expected to end with 0/]],
  [{ exit: 'nonzero' }, { code: 7, output: '' }, []],
  [{ exit: 'nonzero' }, { code: 0, output: '' }, [/ended with 0; it is expected to end with an/]],
  [{ exit: 'nonzero' }, { code: undefined, output: '' }, [/was killed/]],
  [{ output: '1172' }, { code: 0, output: 'FAILED: 1172, the period' }, []],
  [{ output: '1172' }, { code: 0, output: 'DONE' }, [/did not print "1172"/]],
  [{ exit: 0, output: 'x' }, { code: 1, output: '' }, [/ended with 1/, /did not print "x"/]],
] as const)('holds a command to %j, which ends with %j', (expected, end, broken) => {
  expect(checkCommand(expected, end)).toEqual(broken.map((text) => expect.stringMatching(text)));
});
