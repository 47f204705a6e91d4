import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, onTestFinished, expect as plain } from 'vitest';
import { startSandbox } from '../src/index.js';
import { expect, test } from '../src/vitest.js';
import { Poller } from './clients/poller.js';
import { makeClient } from './support/client.js';
import { disability } from './support/conclusions.js';

const manual = test.extend({ sandboxOptions: [{ clock: { mode: 'manual' } }, { scope: 'file' }] });
const names: string[] = [];

describe('the fixture', () => {
  for (const round of [1, 2]) {
    manual(`gives each test a session of its own (${round})`, async ({ sandbox }) => {
      plain(sandbox.journal()).toEqual([]);
      await makeClient(sandbox.url).create(disability());
      plain(sandbox.journal()).toHaveLength(1);
      plain(names).not.toContain(sandbox.name);
      names.push(sandbox.name);
    });
  }

  manual('starts one sandbox a file', ({ sandbox, sandboxServer }) => {
    plain(sandbox.url).toBe(`${sandboxServer.url}/~${sandbox.name}`);
    plain(sandboxServer.session(names[0] ?? '').journal()).toEqual([]);
  });

  test('takes the options of a real clock when none are given', ({ sandboxOptions }) => {
    plain(sandboxOptions).toEqual({});
  });
});

describe('the matchers', () => {
  manual('are content with a good client', async ({ sandbox }) => {
    sandbox.next('done-after-two-polls');
    await new Poller(sandbox).run(disability());
    expect(sandbox).toHavePolledWell();
    expect(sandbox).toHaveFollowed('eta-respected');
  });

  manual(
    'say what is wrong, with the exchanges that show it and what to do',
    async ({ sandbox }) => {
      sandbox.next('done-after-two-polls');
      await new Poller(sandbox, { eta: 'none' }).run(disability());
      plain(() => expect(sandbox).toHavePolledWell()).toThrow(
        /^the client of session test-\d+ breaks rules\nerror eta-respected: \d of \d polls came .*\n {4}#2 [\d:.]+ {2}GET .* → 200 PENDING \(eta was [\d:.]+\)\n[\s\S]*→ read eta from each answer/,
      );
      plain(() => expect(sandbox).toHaveFollowed('eta-respected')).toThrow(
        /^eta-respected is broken: No poll comes before the newest eta\nerror eta-respected: /,
      );
      expect(sandbox).not.toHaveFollowed('eta-respected');
      expect(sandbox).not.toHavePolledWell();
      const tolerances = {
        'eta-respected': 'off',
        'newest-eta-used': 'off',
        expectations: 'off',
      } as const;
      expect(sandbox).toHavePolledWell({ tolerances });
    },
  );

  manual(
    'do not take an untested rule for one that is kept, nor for one that is broken',
    async ({ sandbox }) => {
      sandbox.next('immediate-done');
      await new Poller(sandbox).run(disability());
      const says = /^survives-a-blip is not exercised: every poll got an answer; choose a scenario/;
      plain(() => expect(sandbox).toHaveFollowed('survives-a-blip')).toThrow(says);
      plain(() => expect(sandbox).not.toHaveFollowed('survives-a-blip')).toThrow(says);
    },
  );

  manual(
    'fail when nothing was tested at all, for an unknown rule, and for what is no session',
    async ({ sandbox }) => {
      plain(() => expect(sandbox).toHavePolledWell()).toThrow(
        /nothing was tested; does the client use/,
      );
      await makeClient(sandbox.url).create(disability());
      plain(() => expect(sandbox).toHaveFollowed('eta-respectd')).toThrow(
        'did you mean eta-respected?',
      );
      plain(() => expect('http://127.0.0.1').toHavePolledWell()).toThrow('pass the fixture');
    },
  );

  test('work on any sandbox', async () => {
    const own = await startSandbox({ clock: { mode: 'manual' } });
    onTestFinished(() => own.close());
    await new Poller(own).run(disability());
    expect(own).toHavePolledWell();
  });
});

test('a project that imports esoz-sandbox/vitest goes red by the finding', async () => {
  const folder = await mkdtemp(join('test', 'fixtures', 'project-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(
    join(folder, 'client.spec.mjs'),
    `import { expect, test } from '${process.cwd()}/dist/vitest.js';
     const headers = { Authorization: 'Bearer t', 'api-key': 'k', 'Content-Type': 'application/json' };
     const manual = test.extend({ sandboxOptions: [{ clock: { mode: 'manual' } }, { scope: 'file' }] });
     manual('polls', async ({ sandbox, sandboxServer }) => {
       const body = await (await fetch(sandboxServer.url + '/__sandbox/examples/createComposition')).text();
       const created = await fetch(sandbox.url + '/api/patients/composition', { method: 'POST', headers, body });
       const { data } = await created.json();
       await fetch(sandbox.url + '/api/patients/composition/job/' + data.id, { headers });
       expect(sandbox).toHavePolledWell();
     });`,
  );
  await writeFile(
    join(folder, 'vitest.config.mjs'),
    "export default { test: { include: ['*.spec.mjs'], testTimeout: 60_000, hookTimeout: 60_000 } };\n",
  );
  const command = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--root',
    folder,
    '--reporter',
    'verbose',
  ];
  const { code, out } = await new Promise<{ code: unknown; out: string }>((done) => {
    execFile(
      process.execPath,
      command,
      { env: { ...process.env, NO_COLOR: '1' } },
      (error, stdout, stderr) => done({ code: error?.code ?? 0, out: stdout + stderr }),
    );
  });
  plain(code).toBe(1);
  plain(out).toContain('eta-respected: 1 of 1 poll came before the newest eta');
  plain(out).toContain('→ read eta from each answer');
});
