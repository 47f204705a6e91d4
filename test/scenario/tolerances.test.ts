import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { checkShape } from '../../src/formats/check-shape.js';
import { readTolerances } from '../../src/formats/check-tolerances.js';
import { FormatDocument } from '../../src/formats/document.js';
import { TolerancesFile } from '../../src/formats/tolerances-file.js';
import { formatProblem } from '../../src/problem.js';
import type { Vocabulary } from '../../src/scenario/vocabulary.js';
import { readYaml } from '../../src/yaml.js';

const tolerances: Vocabulary['tolerances'] = new Map([
  ['waits', 'duration'],
  ['counts', 'count'],
  ['insists', 'none'],
]);

/** What is read of a file that has the key, and every mistake in it. */
function read(text: string) {
  const document = new FormatDocument(readYaml('own.yaml', text));
  const format = z.strictObject({ tolerances: TolerancesFile.optional() });
  const given = checkShape(document, format, 'SCENARIO') as z.input<typeof format>;
  const found = readTolerances(document, given.tolerances, { tolerances }, 'SCENARIO');
  return { found, problems: document.problems.map(formatProblem) };
}

describe('tolerances', () => {
  it.each([
    ['waits: 1.5s', { waits: 1500 }],
    ['waits: 0s', { waits: 0 }],
    ['counts: 0', { counts: 0 }],
    ['counts: 5', { counts: 5 }],
    ['waits: off, counts: off, insists: off', { waits: 'off', counts: 'off', insists: 'off' }],
    ["insists: 'off'", { insists: 'off' }],
    ['', {}],
  ])('can be { %s }', (text, found) => {
    expect(read(`tolerances: { ${text} }`)).toEqual({ found, problems: [] });
  });

  it('may be left out', () => {
    expect(read('{}')).toEqual({ found: {}, problems: [] });
  });

  const DURATION = 'write a number and a unit: 500ms, 3s, 10min, 2h, 1d; or off';
  it.each([
    ['wait: 1s', 'unknown rule "wait" (did you mean waits?)'],
    ['waits: soon', `"waits: soon" is not a duration (${DURATION})`],
    ['waits: -1s', `"waits: -1s" is not a duration (${DURATION})`],
    ['waits: 5', `"waits: 5" is not a duration (${DURATION})`],
    ['waits:', `"waits" must be a text (${DURATION})`],
    ['counts: 1.5', '"counts" must be a whole number (from 0 or more; or off)'],
    ['counts: -1', '"counts" must be a whole number (from 0 or more; or off)'],
    ["counts: '5'", '"counts" must be a whole number (from 0 or more; or off)'],
    ['counts: 5s', '"counts" must be a whole number (from 0 or more; or off)'],
    ['counts: [1]', '"counts" must be a whole number (from 0 or more; or off)'],
    [
      'insists: 1s',
      'the rule "insists" does not give way (write off to switch the rule off, or leave it out)',
    ],
  ])('cannot be { %s }', (text, problem) => {
    const code = text.startsWith('wait:') ? 'SCENARIO_UNKNOWN_RULE' : 'SCENARIO_WRONG_TOLERANCE';
    const { found, problems } = read(`tolerances:\n  ${text}`);
    expect(found).toEqual({});
    expect(problems.map((p) => p.replace(/^own\.yaml:2:\d+: /, ''))).toEqual([
      `${problem} [${code}]`,
    ]);
  });

  it('are a mapping, whose values may be aliases', () => {
    expect(read('tolerances: off').problems).toEqual([
      'own.yaml:1:13: "tolerances" must be a mapping (of rules and how far each gives way: { eta-respected: 1s }) [SCENARIO_WRONG_TYPE]',
    ]);
    expect(read('tolerances: { waits: &w off, counts: *w }').found).toEqual({
      waits: 'off',
      counts: 'off',
    });
  });
});
