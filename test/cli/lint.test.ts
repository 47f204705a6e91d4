import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { run } from '../support/command.js';

const folders: string[] = [];
afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

async function folderOf(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lint-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

interface Found {
  code: string;
  severity: string;
  file: string;
  line: number;
  column: number;
  message: string;
  hint?: string;
}

/** `FILE:line:column CODE severity` of each problem, and the whole of them. */
async function lint(folder: string, ...args: string[]) {
  const { code, out } = await run('lint', folder, '--json', ...args);
  const document = JSON.parse(out) as { files: string[]; problems: Found[] };
  const places = document.problems.map(
    ({ file, line, column, code: found, severity }) =>
      `${file.replace(`${folder}/`, '')}:${line}:${column} ${found} ${severity}`,
  );
  return { code, places, ...document };
}

const DONE = 'life:\n  - state: DONE\n';
const when = (body: string, more = '') => `when: { body: { ${body} } }\n${more}${DONE}`;
/** The condition of failed-1172. */
const TAKEN = 'subject.value: 00000000-0000-4000-8000-000000001172';

describe('lint', () => {
  it('names a condition that a scenario of the catalogue has, with both places', async () => {
    const folder = await folderOf({ 'a.yaml': `scenario: own\n${when(TAKEN)}` });
    const { code, places, problems } = await lint(folder);
    expect(places).toEqual(['a.yaml:2:7 SCENARIO_SAME_WHEN warning']);
    expect(problems[0]?.message).toMatch(/"failed-1172".*failed-1172\.yaml:\d+:\d+/);
    expect(code).toBe(0);
  });

  it.each([
    ['the same', 'subject.value: X', 'subject.value: x'],
    ['spelt in another way', 'subject: { value: X }', 'subject.value: X'],
    ['narrower than an earlier one', 'subject.value: X', 'subject.value: X, type.text: Y'],
  ])('names two conditions of one folder of which the second is %s', async (_, first, second) => {
    const folder = await folderOf({
      'a.yaml': `scenario: a\n${when(first)}`,
      'b.yaml': `scenario: b\n${when(second)}`,
    });
    const { code, places, problems } = await lint(folder);
    expect(places).toEqual(['b.yaml:2:7 SCENARIO_SAME_WHEN error']);
    expect(problems[0]?.message).toContain('a.yaml:2:7');
    expect(code).toBe(1);
  });

  it('has nothing against one condition for two operations, or a narrower one that is tried first', async () => {
    const folder = await folderOf({
      'a.yaml': `scenario: a\noperations: [createComposition]\n${when('subject.value: X')}`,
      'b.yaml': `scenario: b\noperations: [cancelComposition]\nwhen: { resource: { subject.value: X } }\n${DONE}`,
      'c.yaml': `scenario: c\n${when('subject.value: Z, type.text: Y')}`,
      'd.yaml': `scenario: d\n${when('subject.value: Z')}`,
    });
    expect(await lint(folder)).toMatchObject({ code: 0, places: [] });
  });

  it.each([
    ['a body', when('subjekt.value: X'), '2:17', 'did you mean subject.value?'],
    ['an inner mapping', when('subject: { valeu: X }'), '2:28', 'did you mean subject.value?'],
    ['a list', when('event.first.period.end: X'), '2:17', undefined],
    [
      'the body of another operation',
      `operations: [signComposition]\n${when('subject.value: X')}`,
      '3:17',
      undefined,
    ],
    [
      'a path',
      `operations: [signComposition]\nwhen: { path: { compositionid: X } }\n${DONE}`,
      '3:17',
      'did you mean compositionId?',
    ],
  ])('names a field that no request has in %s', async (_, text, place, hint) => {
    const folder = await folderOf({ 'a.yaml': `scenario: own\n${text}` });
    const { code, places, problems } = await lint(folder);
    expect(places).toEqual([`a.yaml:${place} SCENARIO_UNKNOWN_FIELD error`]);
    if (hint !== undefined) expect(problems[0]?.hint).toBe(hint);
    expect(code).toBe(1);
  });

  it('only warns of a field where the contract leaves it open', async () => {
    const spec = 'test/fixtures/long-running';
    const text = `scenario: own\nwhen: { query: { kind: X } }\nlife:\n  - state: done\n`;
    const folder = await folderOf({ 'a.yaml': text });
    const { code, places } = await lint(folder, '--spec', `${spec}/openapi.yaml`);
    expect(places).toEqual(['a.yaml:2:18 SCENARIO_UNKNOWN_FIELD warning']);
    expect(code).toBe(0);
  });

  it('says of a life that is done after it has failed that nothing is made', async () => {
    const life = 'life:\n  - { state: FAILED, for: 1 poll }\n  - { state: DONE }\n';
    const folder = await folderOf({ 'a.yaml': `scenario: own\n${life}` });
    const { places, problems } = await lint(folder);
    expect(places).toEqual(['a.yaml:4:14 SCENARIO_NOTHING_MADE warning']);
    expect(problems[0]?.message).toMatch(/^nothing is made/);
  });

  it.each([
    ['{doneAt} before the end', '"{doneAt}"'],
    ['a part of a single value', '"{eta.date}"'],
    ['a {link} that the binding does not give', '"{link}"'],
    ['a path parameter of no operation', '"{path.patientId}"'],
    ['an unknown part of an error', '"{error.id}"'],
  ])('names what can never be filled in: %s', async (_, place) => {
    const text = `scenario: own
operations: [signComposition]
life:
  - { state: PENDING, for: 1 poll }
  - answer: { http: 200, body: { x: ${place} } }
    off_contract: true
`;
    const folder = await folderOf({ 'a.yaml': text });
    const { code, places } = await lint(folder);
    expect(places).toEqual(['a.yaml:5:37 SCENARIO_UNFILLED_PLACE error']);
    expect(code).toBe(1);
  });

  it('checks a binding that is named, and the one in use', async () => {
    const binding = await readFile('test/fixtures/long-running/binding.yaml', 'utf8');
    const folder = await folderOf({
      'binding.yaml': binding
        .replace('message: There', 'mesage: There')
        .replace('prefixes: [/v1]', 'prefixes: /v1'),
    });
    const { code, places } = await lint(`${folder}/binding.yaml`);
    expect(places.map((place) => place.replace(`${folder}/`, ''))).toEqual([
      expect.stringMatching(/binding\.yaml:3:11 BINDING_WRONG_TYPE error$/),
      expect.stringMatching(/binding\.yaml:27:16 BINDING_UNKNOWN_KEY error$/),
    ]);
    expect(code).toBe(1);
  });

  it('holds a binding to the contract that lies beside it, or that is named', async () => {
    const [binding, contract] = await Promise.all(
      ['binding.yaml', 'openapi.yaml'].map((name) =>
        readFile(`test/fixtures/long-running/${name}`, 'utf8'),
      ),
    );
    const operation = /operation: (\w+)/.exec(binding ?? '')?.[1] ?? '';
    const wrong = (binding ?? '').replace(`operation: ${operation}`, `operation: ${operation}s`);
    const nearest = `did you mean ${operation}?`;
    const beside = await folderOf({ 'binding.yaml': wrong, 'openapi.yaml': contract ?? '' });
    const { code, problems } = await lint(`${beside}/binding.yaml`);
    expect(problems).toMatchObject([{ code: 'BINDING_UNKNOWN_OPERATION', hint: nearest }]);
    expect(code).toBe(1);
    const alone = await folderOf({ 'binding.yaml': wrong, 'good.yaml': binding ?? '' });
    expect((await lint(`${alone}/binding.yaml`)).problems).toEqual([]);
    const spec = ['--spec', `${beside}/openapi.yaml`, '--binding', `${alone}/good.yaml`];
    const named = await lint(`${alone}/binding.yaml`, ...spec);
    expect(named.problems).toMatchObject([{ code: 'BINDING_UNKNOWN_OPERATION', hint: nearest }]);
    expect((await lint(`${alone}/good.yaml`, ...spec)).problems).toEqual([]);
  });

  it('says that a suite is not UTF-8, and which byte', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lint-'));
    folders.push(folder);
    const text = 'suite: own\n# \xef\xf0\xe8\nscenarios: [done-after-eta]\n';
    await writeFile(join(folder, 'own.yaml'), Buffer.from(text, 'latin1'));
    const { places } = await lint(`${folder}/own.yaml`);
    expect(places.map((place) => place.replace(`${folder}/`, ''))).toEqual([
      'own.yaml:2:3 FILE_NOT_UTF8 error',
    ]);
  });

  it('says that the scenario which a binding names is in no file', async () => {
    const binding = await readFile('spec/compositions/binding.yaml', 'utf8');
    const named = 'scenario: done-after-eta';
    expect(binding).toContain(named);
    const folder = await folderOf({
      'binding.yaml': binding.replace(named, 'scenario: done-after-etta'),
    });
    const own = await folderOf({ 'own.yaml': `scenario: own\n${DONE}` });
    const { code, problems } = await lint(own, '--binding', `${folder}/binding.yaml`);
    expect(problems).toMatchObject([
      { code: 'BINDING_UNKNOWN_SCENARIO', column: 1, hint: 'did you mean done-after-eta?' },
    ]);
    expect(code).toBe(1);
  });

  it('names the first byte that is not UTF-8, in a comment too', async () => {
    const folder = await folderOf({});
    const start = Buffer.from(`scenario: own\n${DONE}# `);
    // "так" in Windows-1251.
    await writeFile(
      join(folder, 'a.yaml'),
      Buffer.concat([start, Buffer.from([0xf2, 0xe0, 0xea])]),
    );
    const { code, places } = await lint(folder);
    expect(places).toEqual(['a.yaml:4:3 FILE_NOT_UTF8 error']);
    expect(code).toBe(1);
  });

  it('takes a U+FFFD that somebody has written for what it is', async () => {
    const own = await folderOf({ 'a.yaml': `scenario: own\ntitle: a \ufffd\n${DONE}` });
    expect(await lint(own)).toMatchObject({ code: 0, places: [] });
  });

  it('writes one document for machines, with what was looked at', async () => {
    const folder = await folderOf({
      'a.yaml': `scenario: own\ntittle: T\n${DONE}`,
      'b.yaml': `scenario: good\n${DONE}`,
    });
    const { files, problems } = await lint(folder);
    expect(files).toEqual([`${folder}/a.yaml`, `${folder}/b.yaml`]);
    expect(problems).toEqual([
      {
        code: 'SCENARIO_UNKNOWN_KEY',
        severity: 'error',
        file: `${folder}/a.yaml`,
        line: 2,
        column: 1,
        message: 'unknown key "tittle"',
        hint: 'did you mean title?',
      },
    ]);
  });
});
