import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { run } from '../support/command.js';
import { GOOD_CLIENT, openTemporary, playOfProfile } from '../support/profile-run.js';

it('signs what was played, and tells another key, a changed statement and a file that is none apart', async () => {
  const at = await openTemporary('attest');
  const [key, other, report, signed] = ['team.key', 'other.key', 'run.json', 'p.jws'].map((name) =>
    join(at, name),
  ) as [string, string, string, string];
  expect((await run('attest', '--new-key', key)).code).toBe(0);
  expect((await stat(key)).mode & 0o077).toBe(0);
  expect((await run('attest', '--new-key', key)).err).toContain('[USAGE_CANNOT_WRITE]');
  await playOfProfile('polling-2026.1', report);
  const made = await run(
    'attest',
    report,
    '--key',
    key,
    '--client',
    'our-mis',
    '--client-version',
    '4.2.0',
  );
  expect(made.out).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
  await writeFile(signed, made.out);

  const told = await run('attest', '--check', signed, '--key', `${key}.pub`);
  expect(told.code).toBe(0);
  // One scenario of a profile is not the profile.
  expect(told.out).toMatch(/^genuine: our-mis 4\.2\.0, not all held$/m);
  expect(told.out).toMatch(/^ {2}not all of the profile: without immediate-done, /m);
  const { payload } = {
    payload: JSON.parse(
      (await run('attest', '--check', signed, '--key', `${key}.pub`, '--json')).out,
    ),
  };
  expect(payload).toMatchObject({
    client: { name: 'our-mis', version: '4.2.0' },
    profile: { name: 'polling-2026.1', hash: expect.stringMatching(/^sha256:/) },
    contracts: [{ title: 'Compositions API', sha256: expect.any(String) }],
    pace: 20,
    matrix: [
      {
        scenario: 'done-after-eta',
        ended: 'held',
        rules: expect.objectContaining({ 'reads-the-result': 'passed' }),
      },
    ],
  });

  await run('attest', '--new-key', other);
  const wrong = await run('attest', '--check', signed, '--key', `${other}.pub`);
  expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('[ATTEST_WRONG_KEY]') });
  const [head, body = '', tail] = made.out.trim().split('.');
  const forged = Buffer.from(
    Buffer.from(body, 'base64url').toString().replace('4.2.0', '4.3.0'),
  ).toString('base64url');
  await writeFile(signed, [head, forged, tail].join('.'));
  const changed = await run('attest', '--check', signed, '--key', `${key}.pub`);
  expect(changed).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('[ATTEST_CHANGED]'),
  });
  const none = await run('attest', '--check', report, '--key', `${key}.pub`);
  expect(none).toMatchObject({ code: 3, err: expect.stringContaining('[ATTEST_UNREADABLE]') });
  const noKey = await run('attest', '--check', signed, '--key', report);
  expect(noKey).toMatchObject({ code: 3, err: expect.stringContaining('[ATTEST_KEY_UNREADABLE]') });
  const secret = await run(
    'attest',
    report,
    '--key',
    `${key}.pub`,
    '--client',
    'x',
    '--client-version',
    '1',
  );
  expect(secret.err).toContain('it is a public key');
});

it('says nothing of a report that does not tell what it was made with', async () => {
  const at = await openTemporary('attest');
  const [key, report] = [join(at, 'key'), join(at, 'run.json')];
  await run('attest', '--new-key', key);
  await playOfProfile('polling-2026.1', report);
  const { made: _, ...bare } = JSON.parse(await readFile(report, 'utf8'));
  await writeFile(report, JSON.stringify(bare));
  const refused = await run(
    'attest',
    report,
    '--key',
    key,
    '--client',
    'x',
    '--client-version',
    '1',
  );
  expect(refused).toMatchObject({
    code: 3,
    out: '',
    err: expect.stringContaining('[ATTEST_NOTHING_TO_SAY]'),
  });
});

it('compare tells what has become better and worse, and its exit code too', async () => {
  const at = await openTemporary('attest');
  const [good, bad] = [join(at, 'good.json'), join(at, 'bad.json')];
  const asked = ['exec', '-s', 'done-after-eta', 'eta-moves', '--pace', '20', '--any-exit'];
  await run(...asked, '--report', `json=${good}`, '--', ...GOOD_CLIENT);
  await run(
    ...asked,
    '--report',
    `json=${bad}`,
    '--',
    'node',
    'test/clients/swallows-everything.mjs',
  );
  const worse = await run('compare', good, bad, '--format', 'markdown');
  expect(worse.code).toBe(1);
  expect(worse.out).toMatch(/^## ❌ 2 scenarios$/m);
  expect(worse.out).toMatch(
    /^- ✗ Wait until .*\(ignores-eta\/createComposition\): new, error, in /m,
  );
  expect(worse.out).toMatch(/^- ✗ eta-moves: held before, red now$/m);
  const better = await run('compare', bad, good);
  expect(better.code).toBe(0);
  expect(better.out).toMatch(/^ {2}✓ Wait until .*: gone, was error, in /m);
  const same = await run('compare', bad, bad, '--format', 'json');
  expect(same.code).toBe(0);
  expect(JSON.parse(same.out)).toMatchObject({
    worse: false,
    comparison: { worse: { causes: [] } },
  });
  // What was not played again is not said to be gone.
  const one = join(at, 'one.json');
  await run(
    'exec',
    '-s',
    'done-after-eta',
    '--pace',
    '20',
    '--report',
    `json=${one}`,
    '--',
    ...GOOD_CLIENT,
  );
  const unseen = await run('compare', bad, one);
  expect(unseen.out).toMatch(/^ {2}· Wait until .*ignores-eta/m);
  expect((await run('compare', bad, 'package.json')).err).toContain('[REPORT_UNREADABLE]');
  expect((await run('compare', bad, 'gone.json')).code).toBe(3);
});
