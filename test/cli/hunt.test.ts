import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MUTANTS, type Mutant, writeMutant } from '../hunt/mutants.mjs';
import { run, runBeside, runWith } from '../support/command.js';

async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'esoz-hunt-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

const mutant = async (name: string, into: string) => {
  const found = MUTANTS.find((one) => one.name === name) as Mutant;
  return ['node', await writeMutant(found, into)];
};

/** Times a client that divides its own pauses may be played by. */
const PACED = ['--pace', '10', '--jobs', '2'];

describe('hunt', () => {
  it('finds a life that breaks the client, and writes what exec is red by', async () => {
    const out = await folder();
    const client = await mutant('follows-no-link', out);
    const found = join(out, 'found');
    const options = [...PACED, '--seed', '3', '--budget', '3min', '--out', found];
    const hunted = await run('hunt', ...options, '--', ...client);
    expect(hunted.err).toBe('');
    expect(hunted.code).toBe(1);
    expect(hunted.out).toMatch(/^hunting with seed 3 for 3min, 2 runs side by side$/m);
    expect(hunted.out).toMatch(/^✗ Read the result of a job that is done/m);
    expect(hunted.out).toMatch(/^ {2}In step \d of \d, «DONE[^»]*»: .+\. To change: .+\.$/m);
    expect(hunted.out).toMatch(/^never tried \(the client met \d+ of \d+ things/m);

    const file = join(found, 'hunt-does-not-read-the-result.yaml');
    expect(existsSync(file)).toBe(true);
    const [, again = ''] = /esoz-sandbox (exec .+) -- node/.exec(hunted.out) ?? [];
    const played = await run(...again.split(' '), '--', ...client);
    expect(played.out).toContain('✗ Read the result of a job that is done');
    expect(played.code).toBe(1);
  });

  it('tells programs as JSON, and shrinks to few steps', async () => {
    const out = await folder();
    const client = await mutant('polls-on-after-done', out);
    const options = [...PACED, '--seed', '4', '--budget', '3min', '--format', 'json'];
    const hunted = await run('hunt', ...options, '--', ...client);
    expect(hunted.code).toBe(1);
    const told = JSON.parse(hunted.out);
    expect(told).toMatchObject({
      api: 'compositions',
      seed: 4,
      findings: [{ cause: 'does-not-stop-at-the-end', severity: 'error', steps: { shrunk: 1 } }],
    });
    expect(told.findings[0].text).toMatch(/^scenario: hunt-does-not-stop-at-the-end$/m);
    expect(told.neverTried).toContainEqual(expect.objectContaining({ kind: 'fault' }));
    expect(told.noHuntTries).toContain('a job that never ends');
  });

  it('finds one that follows a link before it has read that the job has failed', async () => {
    const client = await mutant('failed-is-success', await folder());
    const options = [...PACED, '--seed', '1', '--budget', '4min', '--format', 'json'];
    const hunted = await run('hunt', ...options, '--', ...client);
    expect(hunted.code).toBe(1);
    const [find] = JSON.parse(hunted.out).findings;
    expect(find).toMatchObject({ cause: 'takes-failed-for-success', steps: { shrunk: 1 } });
    expect(find.message).toMatch(/^the job was failed, and yet a result was asked for: /);
  });

  it('says why lives are played at the API’s own times, where nobody has asked for that', async () => {
    const env = { ESOZ_FAKETIME_LIB: '/nowhere/libfaketimeMT.so.1' };
    const silent = ['--', 'node', '-e', '0'];
    const { out, err } = await runWith(env, 'hunt', ...silent);
    expect(out).toMatch(/^at the API's own times: .*\[FAST_NO_LIBRARY]$/m);
    expect(err).toBe('');
    const asked = await runWith(env, 'hunt', '--fast', ...silent);
    expect(asked.err).toContain('[FAST_NO_LIBRARY]');
    const slow = await runWith(env, 'hunt', '--no-fast', ...silent);
    expect(slow.out + slow.err).not.toContain('FAST_');
  });

  it('finds nothing in a client that is right, and keeps to its budget', async () => {
    const client = ['node', 'examples/javascript/poller.mjs'];
    const { code, out } = await run('hunt', ...PACED, '--budget', '8s', '--', ...client);
    expect(out).toMatch(/^✓ no life broke the client$/m);
    expect(code).toBe(0);
  });

  it('exits with 2 for a client that sends nothing, or schedules nothing', async () => {
    const silent = await run('hunt', '--', 'node', '-e', 'console.log("hello")');
    expect(silent.code).toBe(2);
    expect(silent.out).toContain('! the command sent no request to the sandbox');
    expect(silent.out).toContain('  | hello');
    const asks = "await fetch(process.env.ESOZ_SANDBOX_URL + '/patients/searchComposition')";
    const idle = await run('hunt', '--', 'node', '--input-type=module', '-e', asks);
    expect(idle.code).toBe(2);
    expect(idle.out).toContain('! the client scheduled no job, so it cannot be hunted');
  });

  it('refuses a wrong usage with 3', async () => {
    const client = ['--', 'node', '-e', '0'];
    const refused = await Promise.all([
      runBeside('hunt'),
      runBeside('hunt', '--budget', 'long', ...client),
      runBeside('hunt', '--out', '/dev/null/x', ...client),
      runBeside('hunt', '--', 'no-such-command-of-ours'),
    ]);
    expect(refused.map(({ code }) => code)).toEqual([3, 3, 3, 3]);
    expect(refused.map(({ err }) => /\[(\w+)\]/.exec(err)?.[1])).toEqual([
      'USAGE_NO_COMMAND',
      'USAGE_WRONG_OPTION',
      'USAGE_WRONG_OPTION',
      'USAGE_CANNOT_START',
    ]);
  });

  it('speaks Ukrainian', async () => {
    const { out } = await runWith({ ESOZ_LANG: 'uk' }, 'hunt', '--', 'node', '-e', '0');
    expect(out).toContain('! команда не надіслала');
  });

  it('has scenarios of its mutants in a copy of the example', () => {
    const example = readFileSync('examples/javascript/poller.mjs', 'utf8');
    for (const { name, from } of MUTANTS) expect(example.split(from), name).toHaveLength(2);
  });
});
