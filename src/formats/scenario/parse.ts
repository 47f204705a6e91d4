import { nearest, type Problem } from '../../problem.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { Vocabulary } from '../../scenario/vocabulary.js';
import { checkShape } from '../check-shape.js';
import { readTolerances } from '../check-tolerances.js';
import type { FormatDocument } from '../document.js';
import { openDocument } from '../open-document.js';
import { buildScenario } from './build.js';
import { checkLife } from './check-life.js';
import { checkPlaces } from './check-places.js';
import { checkWhen } from './check-when.js';
import { ScenarioFile } from './scenario-file.js';
import { checkScenarioWebhooks } from './webhooks-file.js';

/**
 * Reads a scenario file.
 * @param file name for messages
 * @param words what the scenario may name
 * @returns the scenario, and what is found wrong in it although it can be played
 * @throws FileError with every mistake in the file, each with its line and column
 */
export function readScenario(
  file: string,
  text: string,
  words: Vocabulary,
): { scenario: Scenario; problems: Problem[] } {
  const document = openDocument(file, text, 'SCENARIO');
  const found = inOwnNames(checkShape(document, ScenarioFile, 'SCENARIO') as ScenarioFile, words);
  checkOperations(document, found, words);
  checkWhen(document, found, words);
  checkLife(document, found, words);
  checkPlaces(document, found, words);
  checkExpect(document, found);
  checkScenarioWebhooks(document, found.webhooks, words);
  const tolerances = readTolerances(document, found.tolerances, words, 'SCENARIO');
  const problems = document.end();
  return { scenario: buildScenario(document, found, words, tolerances), problems };
}

/** Operations by the names that count. */
function inOwnNames(file: ScenarioFile, { aliases }: Vocabulary): ScenarioFile {
  if (!aliases?.size || !file.operations) return file;
  return { ...file, operations: file.operations.map((id) => aliases.get(String(id)) ?? id) };
}

/** The same for those who want the scenario alone. */
export function parseScenario(file: string, text: string, words: Vocabulary): Scenario {
  return readScenario(file, text, words).scenario;
}

function checkOperations(document: FormatDocument, file: ScenarioFile, words: Vocabulary): void {
  const { operations } = file;
  if (operations?.length === 0) {
    const message = 'the list is empty, so the scenario is never played';
    const hint = 'leave it out to mean every operation that schedules a job';
    document.wrong(['operations'], 'SCENARIO_EMPTY', message, hint);
  }
  const { refuses = [] } = words;
  operations?.forEach((id, i) => {
    if (id === undefined || words.operations.includes(String(id))) return;
    if (refuses.includes(String(id))) {
      if (file.refuse !== undefined) return;
      const message = `${id} schedules no job that could live this`;
      const hint =
        'answer it with `refuse` in place of `life`, or name an operation that schedules';
      document.wrong(['operations', i], 'SCENARIO_UNKNOWN_OPERATION', message, hint);
      return;
    }
    const hint = nearest(String(id), [...words.operations, ...refuses]);
    const message = `unknown operation "${id}"`;
    document.wrong(['operations', i], 'SCENARIO_UNKNOWN_OPERATION', message, hint);
  });
}

function checkExpect(document: FormatDocument, { expect }: ScenarioFile): void {
  const { at_least: least, at_most: most } = expect?.polls ?? {};
  if (least === undefined || most === undefined || least <= most) return;
  const hint = `at_least is ${least}, at_most is ${most}`;
  const path = ['expect', 'polls', 'at_least'];
  document.wrong(path, 'SCENARIO_WRONG_VALUE', 'no number of polls is both', hint);
}
