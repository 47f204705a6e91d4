import { isMap } from 'yaml';
import { FileError, nearest, type Problem } from '../problem.js';
import { plain, readYaml } from '../yaml.js';
import type { Millis } from './duration.js';
import { Fields } from './fields.js';
import type { Tolerance } from './scenario.js';
import { readTolerances } from './tolerances.js';
import type { Vocabulary } from './vocabulary.js';

/** A suite file: scenarios that are played one after the other, and how much their rules give way. */
export interface Suite {
  name: string;
  title: string;
  /** Whom it is for, in one sentence; may be empty. */
  about: string;
  file: string;
  scenarios: readonly string[];
  /** How many times faster than real time it is meant to be played; undefined: as it is. */
  pace: number | undefined;
  /** How long the client's command may take for one scenario, in time of the machine. */
  timeout: Millis | undefined;
  tolerances: Readonly<Record<string, Tolerance>>;
}

const KEYS = ['suite', 'title', 'about', 'scenarios', 'pace', 'timeout', 'tolerances'];

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
  const yaml = readYaml(file, text);
  if (!isMap(yaml.root)) {
    throw new FileError([
      yaml.problem(yaml.root, 'a suite is a mapping', 'start it with `suite: NAME`'),
    ]);
  }
  const problems: Problem[] = [];
  const top = new Fields(yaml, problems, yaml.root, KEYS);
  const name = top.text('suite') ?? '';
  if (name === '') {
    top.wrong(top.node('suite'), 'the key "suite" is missing', 'start it with `suite: NAME`');
  }
  const suite: Suite = {
    name,
    title: top.text('title') ?? '',
    about: top.text('about') ?? '',
    file,
    scenarios: readNames(top, scenarios),
    pace: top.whole('pace', 1, 1000),
    timeout: top.duration('timeout'),
    tolerances: readTolerances(top, words),
  };
  if (problems.length > 0) {
    throw new FileError(problems.sort((a, b) => a.line - b.line || a.column - b.column));
  }
  return suite;
}

function readNames(top: Fields, known: readonly string[]): string[] {
  const nodes = top.list('scenarios');
  if (!nodes || nodes.length === 0) {
    const hint = 'list the names of scenarios: esoz-sandbox scenarios shows them';
    top.wrong(top.node('scenarios'), 'the suite lists no scenario', hint);
  }
  const names: string[] = [];
  for (const node of nodes ?? []) {
    const name = String(plain(node));
    if (!known.includes(name)) top.wrong(node, `unknown scenario "${name}"`, nearest(name, known));
    if (names.includes(name)) top.wrong(node, `"${name}" is listed twice`, 'leave one of them out');
    names.push(name);
  }
  return names;
}
