import { describe, expect, it } from 'vitest';
import { run, runWith } from '../support/command.js';

const GOOD = ['node', 'examples/javascript/poller.mjs'];
const QUICK = ['-s', 'immediate-done'];

describe('exec --fast, where that cannot be', () => {
  it('says what to install, and plays at true time', async () => {
    const env = { ESOZ_FAKETIME_LIB: '/nowhere/libfaketimeMT.so.1' };
    const { code, out, err } = await runWith(env, 'exec', '--fast', ...QUICK, '--', ...GOOD);
    expect(err).toContain('apt-get install faketime');
    expect(err).toContain('[FAST_NO_LIBRARY]');
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(out).toContain("at the API's own times");
    expect(code).toBe(0);
  });

  it('says that a client in a container is out of reach, and plays at true time', async () => {
    const words = `false && docker run client; ${GOOD.join(' ')}`;
    const { code, out, err } = await run('exec', '--fast', ...QUICK, '--', 'sh', '-c', words);
    expect(err).toMatch(/docker starts the client where .* \[FAST_OUT_OF_REACH\]/);
    expect(out).toContain('✓ immediate-done');
    expect(code).toBe(0);
  });

  it('goes with no pace: a client that divides its pauses needs no other time', async () => {
    const { code, err } = await run('exec', '--fast', '--pace', '5', ...QUICK, '--', ...GOOD);
    expect(err).toContain('[USAGE_OPTION_CONFLICT]');
    expect(code).toBe(3);
  });

  it.each([
    ['--attach', 'http://127.0.0.1:9'],
    ['--port', '4999'],
  ])('goes with no application that runs already: %s', async (option, value) => {
    const { code, err } = await run('exec', '--fast', option, value, ...QUICK, '--', ...GOOD);
    expect(err).toContain(`--fast and ${option} exclude each other`);
    expect(code).toBe(3);
    const person = await run('exec', '--fast', '--manual', ...QUICK);
    expect(person.err).toContain('--fast and --manual exclude each other');
  });

  it('takes a rate, and no word of the command for one', async () => {
    const { code, err } = await run('exec', '--fast', 'npm', 'test');
    expect(err).toContain('The command stands behind --: --fast -- npm test');
    expect(code).toBe(3);
  });
});
