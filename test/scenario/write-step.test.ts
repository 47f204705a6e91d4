import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { parseScenario } from '../../src/formats/scenario/parse.js';
import { writeStep } from '../../src/formats/scenario/write-step.js';
import type { Life } from '../../src/scenario/play.js';
import { compositionsVocabulary } from '../support/vocabulary.js';

const FOLDER = 'scenarios/compositions';
const words = await compositionsVocabulary();

/** Lines are those of a file. */
const withoutLines = (life: Life) => life.map((step) => ({ ...step, line: 0 }));

describe('a step that is written', () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
  const scenarios = files
    .map((name) => parseScenario(name, readFileSync(join(FOLDER, name), 'utf8'), words))
    .filter(({ life }) => life.length > 0);

  it.each(scenarios)('is read as it was: $name', ({ life, operations, result, offContract }) => {
    const text = stringify({
      scenario: 'again',
      ...(operations ? { operations } : {}),
      result,
      off_contract: offContract,
      life: life.map((step) => writeStep(step, words, offContract)),
    });
    const again = parseScenario('again.yaml', text, words);
    expect(withoutLines(again.life)).toEqual(withoutLines(life));
  });

  it('says no more than it must', () => {
    const text = 'scenario: a\nlife:\n  - { state: FAILED, error: { code: 1137 } }\n';
    const [step] = parseScenario('a.yaml', text, words).life;
    expect(step && writeStep(step, words)).toEqual({ state: 'FAILED', error: { code: '1137' } });
  });
});
