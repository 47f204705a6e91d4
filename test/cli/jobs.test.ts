import { expect, it } from 'vitest';
import { run } from '../support/command.js';

/** Schedules no job, but one request each; says where it was sent. */
const ASKS = [
  'node',
  '--input-type=module',
  '-e',
  `const { ESOZ_SANDBOX_URL: url, ESOZ_SCENARIO: scenario, HOST } = process.env;
   await fetch('http://' + HOST + '/__sandbox/health');
   const headers = { Authorization: 'Bearer t', 'api-key': 'k', 'Content-Type': 'application/json' };
   const body = await (await fetch('http://' + HOST + '/__sandbox/examples/createComposition')).text();
   // By its host alone: what comes there is the scenario's all the same.
   await fetch('http://' + HOST + '/api/patients/composition', { method: 'POST', headers, body });
   console.log(scenario, new URL(url).host === HOST, HOST);`,
];

it('plays scenarios side by side, each at a port of its own, and tells them in their order', async () => {
  const names = ['slow', 'done-after-eta', 'immediate-done', 'eta-moves'];
  const asked = ['-s', ...names, '--jobs', '3', '--output', '--progress', '--env', 'HOST={host}'];
  const { out, err } = await run('exec', ...asked, '--', ...ASKS);
  const lines = out.split('\n').filter((line) => /^\[|^[\w-]+ true /.test(line));
  expect(lines.map((line) => line.replace(/ {2}.*| true .*/, ''))).toEqual([
    '[1/4] ✗ slow',
    'slow',
    '[2/4] ✗ done-after-eta',
    'done-after-eta',
    '[3/4] ✗ immediate-done',
    'immediate-done',
    '[4/4] ✗ eta-moves',
    'eta-moves',
  ]);
  const ports = new Set(lines.flatMap((line) => / true (\S+)/.exec(line)?.[1] ?? []));
  expect(ports.size).toBeGreaterThan(1);
  expect(ports.size).toBeLessThanOrEqual(3);
  expect(err).toMatch(/^4 of 4 played, 0 left, \d+ s: $/m);
  expect(out).toContain('the job was scheduled and never polled');
});

it('ends all of them when the first command sends no request', async () => {
  const asked = ['-s', 'done-after-eta', 'slow', 'eta-moves', '--jobs', 'auto'];
  const { code, out } = await run('exec', ...asked, '--', 'true');
  expect(code).toBe(2);
  expect(out).toContain(
    'the command sent no request to the sandbox: nothing was tested, and 2 further scenarios left out',
  );
});

it('refuses a number of jobs that cannot be', async () => {
  const { code, err } = await run('exec', '--jobs', 'many', '--', 'true');
  expect(code).toBe(3);
  expect(err).toContain(
    '--jobs many cannot be; write a whole number from 1 to 64, or auto [USAGE_WRONG_OPTION]',
  );
});
