import { describe, expect, it } from 'vitest';
import { placeIn } from '../../src/contract/check-binding.js';
import { parseBindings } from '../../src/formats/binding/parse.js';
import { loadLenient } from '../../src/load/load-setup.js';
import { FileError, formatProblem } from '../../src/problem.js';
import { BINDING, mediaFolder } from '../support/two-kinds.js';

/** What is said of a binding: `line:column code`, and the message. */
function mistakes(text: string): string[] {
  try {
    parseBindings('binding.yaml', text);
    return [];
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return error.problems.map(formatProblem);
  }
}

/** The text with one line changed, and the number of that line. */
function changed(from: string, to: string): { text: string; line: number } {
  expect(BINDING.split(from)).toHaveLength(2);
  const text = BINDING.replace(from, to);
  return { text, line: BINDING.slice(0, BINDING.indexOf(from)).split('\n').length };
}

describe('kinds of a binding', () => {
  it('take what they do not say from the top', () => {
    const [exports, imports] = parseBindings('binding.yaml', BINDING);
    expect([exports.kind, imports?.kind]).toEqual(['exports', 'imports']);
    expect([exports.name, imports?.name]).toEqual(['media', 'media']);
    expect(imports?.prefixes).toEqual(['', '/v1']);
    expect([...(imports?.states.keys() ?? [])]).toEqual(['waiting', 'over', 'broken']);
    expect(imports?.failure).toBe('LOST');
    expect(new Set([exports.digest, imports?.digest]).size).toBe(2);
  });

  it('say something else than the top', () => {
    const { text } = changed(
      '    schedules: [createImport]',
      '    schedules: [createImport]\n    eta: hint\n    prefixes: [/v2]',
    );
    const [exports, imports] = parseBindings('binding.yaml', text);
    expect([exports.eta, imports?.eta]).toEqual(['promise', 'hint']);
    expect([exports.prefixes, imports?.prefixes]).toEqual([['', '/v1'], ['/v2']]);
  });

  it.each([
    ['      over: { <<: *job, outcome: done,', '      over: { <<: *job, outcome: dun,', 'BINDING_UNKNOWN_OUTCOME'],
    ['    report: { operation: getImport, job: importId }', '    raport: { operation: getImport, job: importId }', 'BINDING_UNKNOWN_KEY'],
    ['      over: { <<: *job, outcome: done, data: { importId: "{job}"', '      over: { <<: *job, outcome: done, data: { importId: "{jop}"', 'BINDING_UNKNOWN_PLACE'],
    ['  imports:', '  im/ports:', 'BINDING_WRONG_VALUE'],
    ['failure: LOST', 'failure: LOS', 'BINDING_UNKNOWN_ERROR'],
  ])('have their mistakes told at their lines: %s', (from, to, code) => {
    const { text, line } = changed(from, to);
    const told = mistakes(text);
    expect(told.filter((each) => each.includes(code))).toEqual([
      expect.stringMatching(new RegExp(`^binding\\.yaml:${line}:\\d+: `)),
    ]);
  }); // biome-ignore format: a table

  it('miss what each of them needs', () => {
    const { text } = changed('    report: { operation: getImport, job: importId }\n', '');
    expect(mistakes(text)).toEqual([
      expect.stringMatching(
        /^binding\.yaml:\d+:5: the key "report" is missing .*BINDING_MISSING_KEY/,
      ),
    ]);
    expect(mistakes('binding: media\nkinds: {}\n')).toEqual([
      expect.stringContaining('`kinds` names none'),
    ]);
  });

  it('keep the places of their keys, however deep', async () => {
    const [, imports] = parseBindings('binding.yaml', BINDING);
    if (!imports) throw new Error('there is no second kind');
    const lineOf = (text: string) => BINDING.slice(0, BINDING.indexOf(text)).split('\n').length;
    expect(placeIn(imports, 'report.operation').line).toBe(
      lineOf('    report: { operation: getImport'),
    );
    expect(placeIn(imports, 'states.over.data.state').line).toBe(lineOf('      over:'));
    expect(placeIn(imports, 'errors.LOST').line).toBe(lineOf('errors:'));
    expect(placeIn(imports, 'states.over.bare').line).toBe(lineOf('    bare: true'));
  });

  it('may not both have one operation', async () => {
    const { text } = changed('schedules: [createImport]', 'schedules: [createExport]');
    const pack = await mediaFolder({ 'binding.yaml': text });
    await expect(loadLenient({ pack })).rejects.toThrow(
      /createExport is named by the kind exports already, as schedules\.createExport .*\[BINDING_OPERATION_TWICE\]/,
    );
  });

  it('are of a contract that is read once, whatever it lacks', async () => {
    const { text, line } = changed('operation: getImport, job', 'operation: getImports, job');
    const pack = await mediaFolder({ 'binding.yaml': text });
    const error = await loadLenient({ pack }).catch((e: FileError) => e);
    expect(error).toBeInstanceOf(FileError);
    const { problems } = error as FileError;
    expect(problems.map(({ code, line: at }) => [code, at])).toEqual([
      ['BINDING_UNKNOWN_OPERATION', line],
    ]);
  });
});

describe('scenarios of several kinds', () => {
  const problemsWith = async (files: Record<string, string>) =>
    (await loadLenient({ pack: await mediaFolder(files) })).problems;

  it('are without mistake where one of the kinds knows them', async () => {
    expect(await problemsWith({})).toEqual([]);
  });

  it('are mistakes where none does, with the reasons of the nearest', async () => {
    const text = 'scenario: odd\nlife: [{ state: waiting, for: 1 poll }, { state: ovr }]\n';
    const problems = await problemsWith({ 'scenarios/odd.yaml': text });
    expect(
      problems.map(({ code, line, column, message }) => [code, line, column, message]),
    ).toEqual([
      [
        'SCENARIO_UNKNOWN_STATE',
        2,
        50,
        expect.stringMatching(/unknown state "ovr".*, if this is a scenario of imports$/),
      ],
    ]);
  });

  it('are told as they are where the text itself is wrong', async () => {
    const [problem, ...others] = await problemsWith({ 'scenarios/odd.yaml': 'scenario: [\n' });
    expect(problem?.code).toBe('FILE_NOT_YAML');
    expect(others).toEqual([]);
  });

  it('count for the kind alone whose folder they lie in', async () => {
    const text = 'scenario: mine\nlife: [{ state: running, for: 1 poll }, { state: done }]\n';
    const problems = await problemsWith({ 'scenarios/imports/mine.yaml': text });
    expect(problems.map(({ code }) => code)).toEqual([
      'SCENARIO_UNKNOWN_STATE',
      'SCENARIO_UNKNOWN_STATE',
    ]);
  });
});

describe('a binding of one kind', () => {
  it('reads as it did', () => {
    const [only, ...others] = parseBindings('binding.yaml', 'binding: none\nschedules: []\n');
    expect(others).toEqual([]);
    expect([only.kind, only.name]).toEqual([undefined, 'none']);
  });
});
