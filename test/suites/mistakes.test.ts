import { describe, expect, it } from 'vitest';
import { parseSuite } from '../../src/formats/suite/parse.js';
import { loadBare } from '../../src/load/load-setup.js';
import { processWords } from '../../src/load/process-words.js';
import { FileError } from '../../src/problem.js';

const apis = await loadBare({ pack: 'compositions' });
const SCENARIOS = ['done-after-eta', 'failed-1172', 'eta-moves'];

const SUITE = `suite: mine
scenarios: [done-after-eta, failed-1172]
settings: { ERLN_ANSWER: ERROR }
otherwise: eta-moves
steps:
  - step: create
    title: It is created
    operations: [createComposition]
    scenarios: [failed-1172]
    when: { body: { type.coding.0.code: NEWBORN } }
    expect: { job: done }
  - step: look
    title: It may be looked at
    operations: [getComposition]
    optional: true
  - step: sign
    title: It is signed
    operations: [signComposition]
    after: create
    expect:
      status: [200, 201]
      path: { compositionId: "{create.resource}" }
      signed: "{create.answer}"
  - step: read
    title: It is read
    operations: [getComposition, getCompositionByEncounter]
    expect: { answer: { "relatesTo.*.code": appends, "section.**": 1, status: [FINAL, AMENDED] } }
`;

/** `7:5 CODE`, and the first word of the hint that names something. */
function mistakesIn(text: string): string[] {
  try {
    parseSuite(
      'mine.yaml',
      text,
      SCENARIOS,
      { tolerances: new Map() },
      processWords(apis, 'mine.yaml'),
    );
    return [];
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return error.problems.map(
      ({ line, column, code, hint = '' }) =>
        `${line}:${column} ${code}${/did you mean (\S+)\?/.exec(hint)?.[1] ? ` ${/did you mean (\S+)\?/.exec(hint)?.[1]}` : ''}`,
    );
  }
}

describe('a suite by process', () => {
  it('is read where it names what there is', () => {
    expect(mistakesIn(SUITE)).toEqual([]);
  });

  it.each([
    ['[createComposition]', '[createCompositon]', '8:18 SUITE_UNKNOWN_OPERATION createComposition'],
    [
      'scenarios: [failed-1172]\n    when',
      'scenarios: [failed-1127]\n    when',
      '9:17 SUITE_UNKNOWN_SCENARIO failed-1172',
    ],
    ['otherwise: eta-moves', 'otherwise: eta-move', '4:12 SUITE_UNKNOWN_SCENARIO eta-moves'],
    ['ERLN_ANSWER:', 'ERLN_ANSWERS:', '3:13 SUITE_UNKNOWN_SETTING ERLN_ANSWER'],
    [
      'body: { type.coding.0.code',
      'body: { typ.coding.0.code',
      '10:21 SUITE_UNKNOWN_FIELD type.coding.0.code',
    ],
    ['step: look', 'step: create', '12:11 SUITE_STEP_TWICE'],
    ['after: create', 'after: creat', '19:12 SUITE_UNKNOWN_STEP create'],
    ['{create.resource}', '{read.resource}', '22:30 SUITE_UNKNOWN_STEP'],
    ['{create.resource}', '{create.ressource}', '22:30 SUITE_UNKNOWN_PLACE resource'],
    ['{create.resource}', '{look.resource}', '22:30 SUITE_UNKNOWN_PLACE'],
    ['{create.resource}', '{create}', '22:30 SUITE_UNKNOWN_PLACE'],
    ['path: { compositionId', 'path: { compositionsId', '22:15 SUITE_UNKNOWN_FIELD compositionId'],
    ['expect: { job: done }', 'expect: { job: DONE }', '11:20 SUITE_WRONG_VALUE done'],
    ['optional: true', 'expect: { job: done }', '15:20 SUITE_WRONG_VALUE'],
    ['status: [200, 201]', 'status: good', '21:15 SUITE_WRONG_VALUE'],
    ['step: look', 'step: Look at it', '12:11 SUITE_WRONG_VALUE'],
    ['    title: It is signed\n', '', '16:5 SUITE_MISSING_KEY'],
    ['    after: create', '    afther: create', '19:5 SUITE_UNKNOWN_KEY after'],
    ['operations: [signComposition]', 'operations: []', '18:17 SUITE_EMPTY'],
  ])('%s in the place of %s is told at %s', (right, wrong, told) => {
    expect(SUITE).toContain(right);
    const [found] = mistakesIn(SUITE.replace(right, wrong));
    expect(found).toBe(told);
  });
});
