import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XMLValidator } from 'fast-xml-parser';
import { expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../src/index.js';
import { makeClient } from '../support/client.js';
import { run } from '../support/command.js';
import { disability } from '../support/conclusions.js';

const GOOD = ['node', 'examples/javascript/poller.mjs'];
/** Asks once, long before the eta, and reads no result. */
const HASTY = [
  'node',
  '--input-type=module',
  '-e',
  `const url = process.env.ESOZ_SANDBOX_URL;
   const headers = { Authorization: 'Bearer t', 'api-key': 'k', 'Content-Type': 'application/json' };
   const body = await (await fetch(new URL(url).origin + '/__sandbox/examples/createComposition')).text();
   const created = await fetch(url + '/patients/composition', { method: 'POST', headers, body });
   const { data } = await created.json();
   const poll = () => fetch(url + '/patients/composition/job/' + data.id, { headers });
   for (let i = 0; i < 4; i += 1) {
     const { data: job } = await (await poll()).json();
     if (job.status !== 'PENDING') break;
   }`,
];

async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'esoz-baseline-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

it('keeps a run green for what is known, is red for what is new, and wants what is mended to leave the file', async () => {
  const out = await folder();
  const file = join(out, 'known.yaml');
  const played = ['--any-exit', '--baseline', file];
  const two = ['-s', 'done-after-eta', 'done-after-two-polls', ...played];

  const unknown = await run('exec', ...two, '--', ...HASTY);
  expect(unknown.code).toBe(3);
  expect(unknown.err).toMatch(
    /known\.yaml: cannot be read \(ENOENT\) \(.*--write-baseline\) \[FILE_UNREADABLE]/,
  );

  const written = await run('exec', ...two, '--write-baseline', '--', ...HASTY);
  expect(written.code).toBe(0);
  const text = await readFile(file, 'utf8');
  expect(text).toContain(
    '  - cause: ignores-eta\n    rule: eta-respected\n    operation: createComposition\n',
  );
  // Nothing of it is an id, a moment or a number that the next run has otherwise.
  expect(text).not.toMatch(/\d{2}/);
  expect((await run('lint', file)).out).toBe('1 file, no mistake\n');

  // Another order, other ids: the same is known.
  const again = ['-s', 'done-after-two-polls', 'done-after-eta', ...played];
  const reports = [
    '--report',
    `junit=${join(out, 'j.xml')}`,
    '--report',
    `json=${join(out, 'r.json')}`,
  ];
  const known = await run(
    'exec',
    ...again,
    ...reports,
    '--report',
    `html=${join(out, 'h.html')}`,
    '--',
    ...HASTY,
  );
  expect(known.code).toBe(0);
  expect(known.out).toMatch(/^\[1\/2] ~ done-after-two-polls /m);
  expect(known.out).toMatch(/ error, in \d of 2 scenarios, known to the baseline$/m);
  expect(known.out).toMatch(/^baseline .*known\.yaml: \d known, 0 new$/m);
  const junit = await readFile(join(out, 'j.xml'), 'utf8');
  expect(XMLValidator.validate(junit)).toBe(true);
  expect(junit).toMatch(/<testsuites [^>]*failures="0"/);
  expect(junit).toContain(
    'name="ignores-eta/createComposition"><skipped message="known to the baseline',
  );
  const told = JSON.parse(await readFile(join(out, 'r.json'), 'utf8'));
  expect(told).toMatchObject({ held: true, baseline: { fresh: [], mended: [] } });
  expect(told.causes[0]).toMatchObject({ standing: 'known' });
  expect(await readFile(join(out, 'h.html'), 'utf8')).toContain('known to the baseline');

  // One entry taken out: that is new.
  const [head = '', ...entries] = text.split(/^(?= {2}- cause)/m);
  await writeFile(file, head + entries.filter((one) => !one.includes('ignores-eta')).join(''));
  const fresh = await run('exec', ...two, '--', ...HASTY);
  expect(fresh.code).toBe(1);
  expect(fresh.out).toContain(', not in the baseline');
  expect(fresh.out).toMatch(/: \d known, 1 new$/m);

  // A client that does better: what is mended is to go, unless it was not played again.
  await writeFile(file, text);
  const half = await run(
    'exec',
    '-s',
    'done-after-two-polls',
    ...played,
    '--allow-mended',
    '--',
    ...GOOD,
  );
  expect(half.code).toBe(0);
  expect(half.out).toMatch(/: 0 known, 0 new,.* \d not put to the test$/m);
  const mended = await run('exec', ...two, '--', ...GOOD);
  expect(mended.code).toBe(1);
  expect(mended.out).toMatch(
    /^mended: Wait until .*\(ignores-eta\/createComposition\); take it out/m,
  );
  expect((await run('exec', ...two, '--allow-mended', '--', ...GOOD)).code).toBe(0);
  expect((await run('exec', ...two, '--write-baseline', '--', ...GOOD)).code).toBe(0);
  expect(await readFile(file, 'utf8')).toMatch(/^causes: \[]$/m);
});

it('knows a command that was stopped in one scenario, and keeps the notes that people have written', async () => {
  const file = join(await folder(), 'known.yaml');
  const fails = ['sh', '-c', `${GOOD.join(' ')} && exit 7`];
  const asked = ['exec', '-s', 'done-after-eta', '--pace', '20', '--baseline', file];
  expect((await run(...asked, '--write-baseline', '--', ...fails)).code).toBe(0);
  const text = await readFile(file, 'utf8');
  expect(text).toContain('cause: command-failed');
  await writeFile(file, text.replace('    scenarios:', '    note: ticket 4711\n    scenarios:'));
  expect((await run(...asked, '--', ...fails)).code).toBe(0);
  expect((await run(...asked, '--write-baseline', '--', ...fails)).code).toBe(0);
  expect(await readFile(file, 'utf8')).toContain('note: ticket 4711');
  const other = await run(
    'exec',
    '-s',
    'done-after-two-polls',
    '--pace',
    '20',
    '--baseline',
    file,
    '--',
    ...fails,
  );
  expect(other.code).toBe(2);
});

it('holds the verdict of a running sandbox to a baseline', async () => {
  const sandbox = await startSandbox({ scenario: 'immediate-done' });
  onTestFinished(() => sandbox.close());
  const file = join(await folder(), 'known.yaml');
  await makeClient(sandbox.url).create(disability());
  expect((await run('verdict', sandbox.url)).code).toBe(1);
  const held = ['verdict', sandbox.url, '--baseline', file];
  expect((await run(...held, '--write-baseline')).code).toBe(0);
  const known = await run(...held);
  expect(known.code).toBe(0);
  expect(known.out).toContain('known to the baseline');
});

it.each([
  ['causes: []', '1:1: the key "baseline" is missing', 'BASELINE_MISSING_KEY'],
  [
    'baseline: x\ncauses:\n  - couse: a\n    cause: b\n    scenarios: [c]',
    '3:5: unknown key "couse"',
    'BASELINE_UNKNOWN_KEY',
  ],
  ['baseline: x\ncauses: 3', '2:9: "causes" must be a list', 'BASELINE_WRONG_TYPE'],
  [
    'baseline: x\ncauses:\n  - cause: ignores-etas\n    scenarios: [c]',
    '3:12: warning: unknown cause',
    'BASELINE_UNKNOWN_CAUSE',
  ],
  [
    'baseline: x\ncauses:\n  - cause: ignores-eta\n    scenarios: []',
    '4:16: the list is empty',
    'BASELINE_EMPTY',
  ],
  [
    'baseline: x\ncauses:\n  - cause: ignores-eta\n    scenarios: [a]\n  - cause: ignores-eta\n    scenarios: [b]',
    '5:5: "ignores-eta" stands here twice',
    'BASELINE_TWICE',
  ],
])('lint names what is wrong with %j', async (text, place, code) => {
  const file = join(await folder(), 'known.yaml');
  await writeFile(file, text);
  const { out } = await run('lint', file.startsWith('baseline') ? file : file);
  const asSuch = text.startsWith('baseline')
    ? out
    : (await run('exec', '--baseline', file, '--', 'true')).err;
  expect(asSuch).toContain(`known.yaml:${place}`);
  expect(asSuch).toContain(`[${code}]`);
});
