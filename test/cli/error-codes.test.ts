import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../src/error-codes.js';
import { run } from '../support/command.js';

/** The code at the end of what a command has said. */
function codeIn(err: string): string | undefined {
  return / \[([A-Z]+(?:_[A-Z0-9]+)+)\]\n$/.exec(err)?.[1];
}

describe('a command that cannot do what is asked', () => {
  it.each([
    ['USAGE_UNKNOWN_PACK', ['serve', '--pack', 'composition']],
    ['USAGE_UNKNOWN_SCENARIO', ['scenarios', 'show', 'sloww']],
    ['USAGE_UNKNOWN_GROUP', ['scenarios', '--group', 'fail']],
    ['USAGE_UNKNOWN_ENVELOPE', ['serve', '--envelope', 'ful']],
    ['USAGE_WRONG_URL', ['verdict', 'localhost']],
    ['USAGE_WRONG_OPTION', ['serve', '--webhooks', 'http://receiver.example/']],
    ['USAGE_UNKNOWN_SUITE', ['exec', '--suite', 'polling-basic', '--', 'true']],
    ['USAGE_WRONG_TOLERANCE', ['exec', '--tolerance', 'no-herd', '--', 'true']],
    ['CHAOS_UNKNOWN_FAULT', ['serve', '--chaos', '1', '--chaos-faults', 'hangg']],
    ['SETTING_UNKNOWN', ['serve', '--setting', 'CANCEL_DAYS=3']],
  ])('exits 3 and ends what it says with the code: %s', async (code, args) => {
    const { code: exit, err } = await run(...args);
    expect(exit, err).toBe(3);
    expect(codeIn(err)).toBe(code);
    expect(ERROR_CODES).toHaveProperty([code]);
  });

  it('of the usual commands exits 1 for a file with mistakes, one that judges 3', async () => {
    const lint = await run('scenarios', '--spec', '/no/such/openapi.yaml');
    expect(lint.code, lint.err).toBe(1);
    const judged = await run('exec', '--spec', '/no/such/openapi.yaml', '--', 'true');
    expect(judged.code, judged.err).toBe(3);
    expect(judged.err).toBe(lint.err);
  });
});
