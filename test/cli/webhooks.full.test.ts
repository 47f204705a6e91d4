import { describe, expect, it } from 'vitest';
import { CONTENT, run } from '../support/command.js';

const EXEC = [
  'exec',
  ...['--spec', 'test/fixtures/callbacks/openapi.yaml'],
  ...['--scenarios', 'test/fixtures/callbacks/scenarios'],
  ...['--pace', '20', '-s', 'render-done', 'render-twice', 'render-forged', 'render-lost', '--'],
];
const CLIENT = ['node', 'test/clients/webhooks.mjs'];

describe('exec, of a client with its receiver in its own command', () => {
  it('finds nothing wrong with a good one, which polls only where no webhook came', async () => {
    const { code, out, err } = await run(...EXEC, ...CLIENT);
    expect(err).toBe('');
    expect(out).toMatch(new RegExp(`^4 scenarios: ${CONTENT}$`, 'm'));
    expect(code).toBe(0);
  });
});
