import { nearest } from '../../problem.js';
import type { Suite } from '../../scenario/suite.js';
import type { Vocabulary } from '../../scenario/vocabulary.js';
import { checkShape } from '../check-shape.js';
import { readTolerances } from '../check-tolerances.js';
import type { FormatDocument } from '../document.js';
import { openDocument } from '../open-document.js';
import { millis } from '../scenario/lengths.js';
import { SuiteFile } from './suite-file.js';

/**
 * Reads a suite file.
 * @param scenarios names that it may list
 * @throws FileError with every mistake in the file, each with its line and column
 */
export function parseSuite(
  file: string,
  text: string,
  scenarios: readonly string[],
  words: Pick<Vocabulary, 'tolerances'>,
): Suite {
  const document = openDocument(file, text, 'SUITE');
  const found = checkShape(document, SuiteFile, 'SUITE') as SuiteFile;
  checkNames(document, found, scenarios);
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
  };
}

function checkNames(
  document: FormatDocument,
  { scenarios }: SuiteFile,
  known: readonly string[],
): void {
  if (scenarios?.length === 0) {
    const hint = 'list the names of scenarios: esoz-sandbox scenarios shows them';
    document.wrong(['scenarios'], 'SUITE_EMPTY', 'the suite lists no scenario', hint);
  }
  const names = new Set<string>();
  scenarios?.forEach((name, i) => {
    if (name === undefined) return;
    const said = String(name);
    if (!known.includes(said)) {
      const message = `unknown scenario "${said}"`;
      document.wrong(['scenarios', i], 'SUITE_UNKNOWN_SCENARIO', message, nearest(said, known));
    }
    if (names.has(said)) {
      const message = `"${said}" is listed twice`;
      document.wrong(['scenarios', i], 'SUITE_SCENARIO_TWICE', message, 'leave one of them out');
    }
    names.add(said);
  });
}
