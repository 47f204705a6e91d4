import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { run } from '../support/command.js';
import { GOOD_CLIENT, openTemporary, playOfProfile } from '../support/profile-run.js';

/** What was shipped stays as it was shipped, in every later version: a line is added, and none is changed. */
const SHIPPED = {
  'polling-2026.1': 'sha256:e949b123356c1ec10a361d3e12b539fb851654b6a824ecbca5dec21921cfe7e9',
};

async function copied() {
  const path = await openTemporary('profile');
  await cp('profiles/polling-2026.1', join(path, 'ours'), { recursive: true });
  return join(path, 'ours');
}

it('ships profiles that are as they were frozen, and that this version can play', async () => {
  const listed = await run('profile', 'list', '--json');
  const found = JSON.parse(listed.out) as { name: string; hash: string }[];
  expect(Object.fromEntries(found.map(({ name, hash }) => [name, hash]))).toEqual(SHIPPED);
  expect(await run('profile', 'check')).toMatchObject({
    code: 0,
    out: Object.keys(SHIPPED)
      .map((name) => `${name} is as it was frozen, and can be played\n`)
      .join(''),
  });
});

it('plays the scenarios of a profile as they were frozen, by the rules and tolerances of its time', async () => {
  const folder = await copied();
  const file = join(folder, 'profile.yaml');
  const scenario = join(folder, 'scenarios', 'done-after-eta.yaml');
  const life = await readFile(scenario, 'utf8');
  await writeFile(
    scenario,
    life.replace('scenario: done-after-eta', 'scenario: done-after-eta # as it was'),
  );
  const changed = await run(
    'exec',
    '--profile',
    folder,
    '-s',
    'done-after-eta',
    '--',
    ...GOOD_CLIENT,
  );
  expect(changed.code).toBe(3);
  expect(changed.err).toMatch(
    /profile\.yaml:3:7: the content of the profile has the hash sha256:[0-9a-f]{64} \(take .*\) \[PROFILE_CHANGED]/,
  );

  const hash = /sha256:[0-9a-f]{64}/.exec(changed.err)?.[0] ?? '';
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(/sha256:[0-9a-f]{64}/, hash));
  const report = join(folder, 'r.json');
  const played = await playOfProfile(folder, report);
  expect(played.code).toBe(0);
  expect(JSON.parse(await readFile(report, 'utf8')).made.profile).toMatchObject({
    name: 'polling-2026.1',
    hash,
  });

  // A rule that the profile does not name is off.
  await writeFile(file, text.replace(/^ {2}reads-the-result: on\n/m, ''));
  const off = (await run('profile', 'check', folder)).err;
  await writeFile(
    file,
    (await readFile(file, 'utf8')).replace(
      /sha256:[0-9a-f]{64}/,
      /sha256:[0-9a-f]{64}/.exec(off)?.[0] ?? '',
    ),
  );
  await playOfProfile(folder, report);
  const { rules } = JSON.parse(await readFile(report, 'utf8')).chapters[0].verdict;
  const outcome = (name: string) =>
    rules.find(({ rule }: { rule: string }) => rule === name).outcome;
  expect([outcome('reads-the-result'), outcome('reaches-the-end')]).toEqual(['off', 'passed']);
});

it('refuses a profile that is not there, and a second list of scenarios beside one', async () => {
  const unknown = await run('exec', '--profile', 'polling-2026.2', '--', 'true');
  expect(unknown).toMatchObject({
    code: 3,
    err: expect.stringContaining('did you mean polling-2026.1?'),
  });
  const both = await run(
    'exec',
    '--profile',
    'polling-2026.1',
    '--suite',
    'polling-full',
    '--',
    'true',
  );
  expect(both.err).toContain('--profile and --suite exclude each other');
  const again = await run(
    'profile',
    'freeze',
    'polling-2026.1',
    '--suite',
    'polling-basics',
    '--out',
    'profiles',
  );
  expect(again).toMatchObject({
    code: 3,
    err: expect.stringContaining('what is frozen stays as it is'),
  });
});

it('freezes a suite of today', async () => {
  const out = join(await copied(), '..');
  const name = 'ours-2026.1';
  const frozen = await run(
    'profile',
    'freeze',
    name,
    '--suite',
    'polling-basics',
    '--without',
    'slow',
    '--out',
    out,
  );
  expect(frozen.code).toBe(0);
  const shown = await run('profile', 'show', join(out, name));
  expect(shown.out).toContain('eta-respected');
  expect((await run('profile', 'check', join(out, name))).code).toBe(0);
  expect((await run('lint', join(out, name))).out).toMatch(/^\d+ files, no mistake\n$/);
});

it('is linted as what it is, each mistake at its place', async () => {
  const file = join(await copied(), 'profile.yaml');
  const text = await readFile(file, 'utf8');
  const wrong = text
    .replace('eta-respected: 50ms', 'eta-respectd: on')
    .replace('survives-a-blip: 1', 'survives-a-blip: 1s')
    .replace('  - immediate-done\n', '  - immediate-dun\n');
  await writeFile(file, wrong);
  const { code, out } = await run('lint', file);
  expect(code).toBe(1);
  expect(out).toMatch(/profile\.yaml:\d+:3: unknown rule "eta-respectd" .*\[PROFILE_UNKNOWN_RULE]/);
  expect(out).toContain('[PROFILE_WRONG_TOLERANCE]');
  expect(out).toMatch(/immediate-dun.*did you mean immediate-done.*\[PROFILE_UNKNOWN_SCENARIO]/);
  expect(out).not.toContain('[SCENARIO_');
});
