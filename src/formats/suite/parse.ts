import { nearest } from '../../problem.js';
import type { Suite } from '../../scenario/suite.js';
import type { Vocabulary } from '../../scenario/vocabulary.js';
import { checkShape } from '../check-shape.js';
import { readTolerances } from '../check-tolerances.js';
import type { FormatDocument, Path } from '../document.js';
import { openDocument } from '../open-document.js';
import { millis } from '../scenario/lengths.js';
import { buildSteps } from './build-steps.js';
import { checkSteps } from './check-steps.js';
import type { ProcessWords } from './process-words.js';
import { SuiteFile } from './suite-file.js';

/**
 * Reads a suite file.
 * @param scenarios names that it may list
 * @param steps what its steps may name, where it may have any
 * @throws FileError with every mistake in the file, each with its line and column
 */
export function parseSuite(
  file: string,
  text: string,
  scenarios: readonly string[],
  words: Pick<Vocabulary, 'tolerances'>,
  steps?: ProcessWords,
): Suite {
  const document = openDocument(file, text, 'SUITE');
  const found = checkShape(document, SuiteFile, 'SUITE') as SuiteFile;
  checkNames(document, found, scenarios);
  if (steps) checkSteps(document, found, steps);
  const tolerances = readTolerances(document, found.tolerances, words, 'SUITE');
  const problems = document.end();
  return {
    name: String(found.suite),
    title: String(found.title ?? ''),
    about: String(found.about ?? ''),
    file,
    scenarios: found.scenarios.map(String),
    pace: found.pace,
    timeout: millis(found.timeout),
    timeoutEndless: millis(found.timeout_endless ?? found.timeout),
    tolerances,
    problems,
    ...(found.steps && steps ? { steps: buildSteps(found.steps, steps) } : {}),
    ...(found.otherwise === undefined ? {} : { otherwise: String(found.otherwise) }),
    ...(found.settings ? { settings: found.settings as Suite['settings'] } : {}),
  };
}

function checkNames(
  document: FormatDocument,
  { scenarios, otherwise }: SuiteFile,
  known: readonly string[],
): void {
  const checkName = (path: Path, name: string) => {
    if (known.includes(name)) return;
    const message = `unknown scenario "${name}"`;
    document.wrong(path, 'SUITE_UNKNOWN_SCENARIO', message, nearest(name, known));
  };
  if (otherwise !== undefined) checkName(['otherwise'], String(otherwise));
  if (scenarios?.length === 0) {
    const hint = 'list the names of scenarios: esoz-sandbox scenarios shows them';
    document.wrong(['scenarios'], 'SUITE_EMPTY', 'the suite lists no scenario', hint);
  }
  const names = new Set<string>();
  scenarios?.forEach((name, i) => {
    if (name === undefined) return;
    const said = String(name);
    checkName(['scenarios', i], said);
    if (names.has(said)) {
      const message = `"${said}" is listed twice`;
      document.wrong(['scenarios', i], 'SUITE_SCENARIO_TWICE', message, 'leave one of them out');
    }
    names.add(said);
  });
}
