import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FileError, type RunningSandbox, startSandbox } from '../../src/index.js';
import { startServer } from '../../src/server/server.js';
import { send } from '../support/client.js';
import { disability } from '../support/conclusions.js';
import { openSandbox } from '../support/sandbox.js';

type Files = Record<string, string>;

const scenario = (name: string, life = '[{ state: DONE }]', more = '') =>
  `scenario: ${name}\n${more}life: ${life}\n`;

const FAILS = '[{ state: FAILED, error: { message: Own } }]';
const WAITS = '[{ state: PENDING, for: until released }, { state: DONE }]';

/** A folder with these files, for one test. */
async function folderWith(files: Files): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'scenarios-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

async function openWith(files: Files) {
  const folder = await folderWith(files);
  return { folder, ...(await openSandbox({ scenarios: folder })) };
}

/** What a start with these files is refused with, a line for each mistake; DIR stands for the folder. */
async function refusal(files: Files): Promise<string[]> {
  const folder = await folderWith(files);
  const error = await startSandbox({ scenarios: folder }).then(
    (sandbox) => sandbox.close(),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(FileError);
  return (error as Error).message.replaceAll(folder, 'DIR').split('\n');
}

const namesOf = ({ scenarios }: Pick<RunningSandbox, 'scenarios'>) => scenarios.map((s) => s.name);
const titleOf = ({ scenarios }: RunningSandbox, name: string) =>
  scenarios.find((s) => s.name === name)?.title;

describe("a folder of one's own", () => {
  it('adds its scenarios to those of the catalogue, in front of them', async () => {
    const catalogue = namesOf((await openSandbox()).sandbox);
    const { sandbox, client } = await openWith({ 'mine.yaml': scenario('mine', FAILS) });
    expect(namesOf(sandbox)).toEqual(['mine', ...catalogue]);
    sandbox.next('mine');
    const { json } = await client.create(disability());
    expect((await client.poll(json.data.id)).json.data.links[0].error).toBe('Own');
  });

  it('overrides a scenario of the catalogue by its name, whatever the file is called', async () => {
    const catalogue = namesOf((await openSandbox()).sandbox);
    const { sandbox, client } = await openWith({ 'x.yaml': scenario('done-after-eta', FAILS) });
    expect(namesOf(sandbox).sort()).toEqual(catalogue.sort());
    const { json } = await client.create(disability());
    expect(sandbox.job(json.data.id).scenario).toBe('done-after-eta');
    expect((await client.poll(json.data.id)).json.data.status).toBe('FAILED');
  });

  it('overrides the magic identifier together with the scenario', async () => {
    const { sandbox } = await openWith({ 'x.yaml': scenario('failed-1172') });
    expect(sandbox.scenarios.find((s) => s.name === 'failed-1172')?.when).toEqual([]);
  });

  it('is read with the folders in it, and nothing but .yaml and .yml', async () => {
    const { sandbox } = await openWith({
      'one.yaml': scenario('own-one'),
      'deep/er/two.yml': scenario('own-two'),
      'three.json': '{"scenario": "own-three", "life": [{"state": "DONE"}]}',
      'notes.txt': 'scenario: [',
      'yaml.md': 'scenario: [',
    });
    const own = namesOf(sandbox).filter((name) => name.startsWith('own-'));
    expect(own.sort()).toEqual(['own-one', 'own-two']);
  });

  it('may hold suites in a folder of that name, which are no scenarios', async () => {
    const { sandbox } = await openWith({
      'one.yaml': scenario('own-one'),
      'suites/quick.yaml': 'suite: quick\n',
      'deep/suites/all.yaml': 'suite: all\n',
      'suites.yaml': scenario('own-suites'),
    });
    const own = namesOf(sandbox).filter((name) => name.startsWith('own-'));
    expect(own.sort()).toEqual(['own-one', 'own-suites']);
  });

  it('may be empty', async () => {
    const { sandbox } = await openWith({});
    expect(namesOf(sandbox)).toContain('done-after-eta');
  });

  it('may be the catalogue itself, or hold it', async () => {
    const catalogue = namesOf((await openSandbox()).sandbox);
    for (const scenarios of [
      './scenarios',
      resolve('scenarios'),
      resolve('scenarios/compositions'),
    ]) {
      const { sandbox } = await openSandbox({ scenarios });
      expect(namesOf(sandbox)).toEqual(catalogue);
    }
  });
});

describe('a start is refused', () => {
  it('when a file has mistakes, and tells file, line and column of each one', async () => {
    const files = {
      'a.yaml': 'scenario: a\ntittle: T\nlife:\n  - state: DONEE\n',
      'deep/b.yaml': 'scenario: b\nlife: []\n',
      'good.yaml': scenario('good'),
    };
    expect(await refusal(files)).toEqual([
      'DIR/a.yaml:2:1: unknown key "tittle" (did you mean title?) [SCENARIO_UNKNOWN_KEY]',
      'DIR/a.yaml:4:12: unknown state "DONEE" (did you mean DONE?; a state outside the contract needs off_contract: true) [SCENARIO_UNKNOWN_STATE]',
      'DIR/deep/b.yaml:2:7: a life has at least one step (for example "- state: DONE") [SCENARIO_EMPTY]',
    ]);
  });

  it.each([
    [
      'an answer breaks the contract and is not marked so',
      'scenario: a\nlife:\n  - state: PENDING\n    for: 1 poll\n  - answer: { http: 503 }\n',
      'DIR/a.yaml:5:1: this answer would break the contract at $: status 503 is not documented for getAsyncJobStatus (200, 400, 401, 404) (if that is what you want to test, mark it with off_contract: true) [SCENARIO_BREAKS_CONTRACT]',
    ],
    [
      'a body breaks the contract and is not marked so',
      'scenario: a\nlife:\n  - answer: { http: 200, body: { data: { id: x } } }\n',
      /^DIR\/a\.yaml:3:1: this answer would break the contract at \$\.data/,
    ],
    [
      'an envelope breaks the contract and is not marked so',
      'scenario: a\nlife:\n  - { state: DONE, envelope: bare }\n',
      /^DIR\/a\.yaml:3:1: this answer would break the contract at \$\.data/,
    ],
    [
      'a refusal breaks the contract of the operation and is not marked so',
      'scenario: a\noperations: [createComposition]\nrefuse: { http: 404 }\n',
      /^DIR\/a\.yaml:1:1: this answer would break the contract at \$: status 404 is not documented for createComposition/,
    ],
    [
      'a body has a place that nothing fills',
      "scenario: a\nlife:\n  - { answer: { http: 200, body: { data: { id: '{jobb}' } } }, off_contract: true }\n",
      'DIR/a.yaml:3:48: unknown place {jobb} (did you mean job?; braces of your own are written {{ and }}) [SCENARIO_UNKNOWN_PLACE]',
    ],
  ])('when %s', async (_, text, problem) => {
    const [first] = await refusal({ 'a.yaml': text });
    if (typeof problem === 'string') expect(first).toBe(problem);
    else expect(first).toMatch(problem);
  });

  it.each([
    ['one folder', 'a.yaml', 'b.yaml'],
    ['two folders of it', 'one/a.yaml', 'two/a.yaml'],
    ['a folder and one in it', 'a.yaml', 'deep/a.yaml'],
  ])('when two files give one name, in %s', async (_, first, second) => {
    const files = { [first]: scenario('mine'), [second]: scenario('mine') };
    expect(await refusal(files)).toEqual([
      `DIR/${second}:1:1: the name "mine" is taken by DIR/${first} (give each scenario a name of its own) [SCENARIO_NAME_TAKEN]`,
    ]);
  });

  it('when two files override the same scenario of the catalogue', async () => {
    expect(await refusal({ 'a.yaml': scenario('slow'), 'b.yaml': scenario('slow') })).toEqual([
      'DIR/b.yaml:1:1: the name "slow" is taken by DIR/a.yaml (give each scenario a name of its own) [SCENARIO_NAME_TAKEN]',
    ]);
  });

  it('when the folder is not there', async () => {
    await expect(startSandbox({ scenarios: '/no/such/folder' })).rejects.toThrow(
      '/no/such/folder: the scenario folder cannot be read (ENOENT) (name an existing folder with --scenarios)',
    );
  });
});

/** Long enough for any machine; what is waited for mostly comes in a tenth of a second. */
const DEADLINE = 60_000;

/** Scenarios as the control API lists them now: title by name. */
async function titles(url: string): Promise<Map<string, string>> {
  const { json } = await send('GET', `${url}/__sandbox/scenarios`);
  return new Map(json.scenarios.map((s: { name: string; title: string }) => [s.name, s.title]));
}

/** Writes until it is seen, since a watcher needs a moment before it sees its first change. */
async function write(file: string, text: string, seen: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + DEADLINE;
  while (!(await seen())) {
    if (Date.now() > end) throw new Error(`${file} has not been read again in ${DEADLINE} ms`);
    await writeFile(file, text);
    const again = Date.now() + 500;
    while (!(await seen()) && Date.now() < again) await new Promise((wake) => setTimeout(wake, 10));
  }
}

async function watched(files: Files) {
  const folder = await folderWith(files);
  const { sandbox, client } = await openSandbox({ scenarios: folder, watch: true });
  const title = async (name: string) => (await titles(sandbox.url)).get(name);
  let marks = 0;
  return {
    sandbox,
    client,
    title,
    at: (name: string) => join(folder, name),
    /** Changes a file and waits until its new title shows. */
    change: (name: string, life: string, changed: string) =>
      write(
        join(folder, `${name}.yaml`),
        scenario(name, life, `title: ${changed}\n`),
        async () => (await title(name)) === changed,
      ),
    /** All changes up to now have been read. */
    settle: () => {
      marks += 1;
      const name = `mark-${marks}`;
      return write(
        join(folder, `${name}.yaml`),
        scenario(name),
        async () => (await title(name)) !== undefined,
      );
    },
  };
}

describe('while a sandbox watches its files', () => {
  it('a changed file is read again, and the next job lives by it', async () => {
    const { sandbox, client, change } = await watched({ 'mine.yaml': scenario('mine') });
    sandbox.set({ scenario: 'mine' });
    const before = await client.create(disability());
    expect((await client.poll(before.json.data.id)).json.data.status).toBe('DONE');
    await change('mine', FAILS, 'changed');
    const after = await client.create(disability());
    expect((await client.poll(after.json.data.id)).json.data.status).toBe('FAILED');
  });

  it('a change right after the start is seen, without being made twice', async () => {
    const { title, at } = await watched({ 'mine.yaml': scenario('mine') });
    await writeFile(at('mine.yaml'), scenario('mine', FAILS, 'title: changed\n'));
    await expect.poll(() => title('mine')).toBe('changed');
  });

  it('the list of scenarios is always the present one', async () => {
    const { sandbox, change } = await watched({ 'mine.yaml': scenario('mine') });
    expect(titleOf(sandbox, 'mine')).toBe('');
    await change('mine', FAILS, 'changed');
    expect(titleOf(sandbox, 'mine')).toBe('changed');
  });

  it('a running job finishes the life that it began', async () => {
    const { sandbox, client, change } = await watched({ 'mine.yaml': scenario('mine', WAITS) });
    sandbox.next('mine');
    const { json } = await client.create(disability());
    await change('mine', FAILS, 'changed');
    expect((await client.poll(json.data.id)).json.data.status).toBe('PENDING');
    sandbox.release(json.data.id);
    expect((await client.poll(json.data.id)).json.data.status).toBe('DONE');
  });

  it('a new file is read, and one that is gone is forgotten', async () => {
    const { title, at, change, settle } = await watched({ 'mine.yaml': scenario('mine') });
    await change('new', '[{ state: DONE }]', 'new');
    expect(await title('mine')).toBe('');
    await rm(at('mine.yaml'));
    await settle();
    expect(await title('mine')).toBeUndefined();
    expect(await title('new')).toBe('new');
  });

  it('the scenario of the catalogue is back when the file that overrides it is gone', async () => {
    const { title, at, settle } = await watched({
      'slow.yaml': scenario('slow', FAILS, 'title: Own\n'),
    });
    expect(await title('slow')).toBe('Own');
    await rm(at('slow.yaml'));
    await settle();
    expect(await title('slow')).toBe('PENDING for 10 minutes, then DONE');
  });

  it('a broken edit keeps the former text, until it is mended', async () => {
    const { sandbox, client, title, at, change, settle } = await watched({
      'mine.yaml': scenario('mine', FAILS, 'title: former\n'),
    });
    await writeFile(at('mine.yaml'), 'scenario: mine\nlife: [{ state: DONEE }]\n');
    await settle();
    expect(await title('mine')).toBe('former');
    sandbox.next('mine');
    const { json } = await client.create(disability());
    expect((await client.poll(json.data.id)).json.data.status).toBe('FAILED');
    await change('mine', '[{ state: DONE }]', 'mended');
    sandbox.next('mine');
    const mended = await client.create(disability());
    expect((await client.poll(mended.json.data.id)).json.data.status).toBe('DONE');
  });

  it('a broken edit keeps the former text of what overrides the catalogue, too', async () => {
    const { title, at, settle } = await watched({
      'slow.yaml': scenario('slow', FAILS, 'title: former\n'),
    });
    await writeFile(at('slow.yaml'), 'scenario: slow\nlife: [{ state: DONEE }]\n');
    await settle();
    expect(await title('slow')).toBe('former');
  });

  it('tells what it has read, and every mistake with its place', async () => {
    const folder = await folderWith({ 'mine.yaml': scenario('mine') });
    const notices: string[] = [];
    const server = await startServer(
      { port: 0, scenarios: folder, watch: true },
      { onNotice: (text) => notices.push(text.replace(folder, 'DIR')) },
    );
    onTestFinished(() => server.close());
    const count = (await titles(server.url)).size;
    const mistake =
      'DIR/mine.yaml:2:7: a life has at least one step (for example "- state: DONE") [SCENARIO_EMPTY]';
    const kept = `scenarios read again: ${count}; files with mistakes keep their former text`;
    const told = (notice: string) => async () => notices.includes(notice);
    await write(join(folder, 'mine.yaml'), 'scenario: mine\nlife: []\n', told(kept));
    expect(notices.slice(0, 2)).toEqual([mistake, kept]);
    const good = `scenarios read again: ${count}`;
    await write(join(folder, 'mine.yaml'), scenario('mine'), told(good));
  });
});

describe('a sandbox that does not watch', () => {
  it('keeps to the files as they were at its start', async () => {
    const { folder, sandbox } = await openWith({
      'mine.yaml': scenario('mine', WAITS, 'title: A\n'),
    });
    const { sandbox: witness } = await openSandbox({ scenarios: folder, watch: true });
    await write(
      join(folder, 'mine.yaml'),
      scenario('mine', FAILS, 'title: B\n'),
      async () => (await titles(witness.url)).get('mine') === 'B',
    );
    expect((await titles(sandbox.url)).get('mine')).toBe('A');
  });
});
