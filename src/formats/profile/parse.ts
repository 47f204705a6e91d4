import { nearest, type Problem } from '../../problem.js';
import type { Tolerance } from '../../scenario/scenario.js';
import type { Vocabulary } from '../../scenario/vocabulary.js';
import type { Duration } from '../../time/moments.js';
import { checkShape } from '../check-shape.js';
import { readTolerance } from '../check-tolerances.js';
import type { FormatDocument } from '../document.js';
import { openDocument } from '../open-document.js';
import { millis } from '../scenario/lengths.js';
import { ProfileFile } from './profile-file.js';

/** Scenarios, rules and tolerances that stay as they were on a day. */
export interface Profile {
  name: string;
  title: string;
  about: string;
  date: string;
  hash: string;
  pack: string;
  pace: number | undefined;
  timeout: Duration | undefined;
  timeoutEndless: Duration | undefined;
  /** Rules that judge. */
  rules: readonly string[];
  /** How far they give way where a scenario does not say so. */
  tolerances: Readonly<Record<string, Tolerance>>;
  scenarios: readonly string[];
  problems: readonly Problem[];
}

/**
 * Reads the file of a profile.
 * @param given what its content comes to: the hash that it should bear
 * @param files names of the scenarios that lie beside it
 * @throws FileError with every mistake in the file, each with its line and column
 */
export function parseProfile(
  file: string,
  text: string,
  words: Pick<Vocabulary, 'tolerances'>,
  given: { hashOf: (value: Record<string, unknown>) => string; files: readonly string[] },
): Profile {
  const document = openDocument(file, text, 'PROFILE');
  const found = checkShape(document, ProfileFile, 'PROFILE') as ProfileFile;
  const tolerances = readRules(document, found, words);
  for (const [i, name] of (found.scenarios ?? []).entries()) {
    if (name === undefined || given.files.includes(String(name))) continue;
    const message = `there is no scenarios/${name}.yaml beside it`;
    const path = ['scenarios', i];
    document.wrong(path, 'PROFILE_UNKNOWN_SCENARIO', message, nearest(String(name), given.files));
  }
  if (document.problems.length === 0) {
    const { hash: told, ...content } = found;
    const hash = given.hashOf(content);
    if (hash !== told) {
      const message = `the content of the profile has the hash ${hash}`;
      const hint = 'take the content back, or freeze it anew under another name';
      document.wrong(['hash'], 'PROFILE_CHANGED', message, hint);
    }
  }
  const problems = document.end();
  return {
    name: String(found.profile),
    title: String(found.title ?? ''),
    about: String(found.about ?? ''),
    date: found.date,
    hash: found.hash,
    pack: String(found.pack),
    pace: found.pace,
    timeout: millis(found.timeout),
    timeoutEndless: millis(found.timeout_endless ?? found.timeout),
    rules: Object.keys(found.rules),
    tolerances,
    scenarios: found.scenarios.map(String),
    problems,
  };
}

function readRules(
  document: FormatDocument,
  { rules = {} }: ProfileFile,
  words: Pick<Vocabulary, 'tolerances'>,
): Record<string, Tolerance> {
  const found: Record<string, Tolerance> = {};
  for (const [name, value] of Object.entries(rules)) {
    const path = ['rules', name];
    const kind = words.tolerances.get(name);
    if (value === undefined) continue;
    if (kind === undefined) {
      const hint = nearest(name, [...words.tolerances.keys()]);
      document.wrongKey(path, 'PROFILE_UNKNOWN_RULE', `unknown rule "${name}"`, hint);
      continue;
    }
    if (value === 'on') continue;
    const tolerance = readTolerance(kind, value);
    if (tolerance !== undefined && tolerance !== 'off') found[name] = tolerance;
    else {
      const message = `"${name}: ${value}" is no tolerance of that rule`;
      const hint = 'write on, or a time or a number as the rule asks for; leave out what is off';
      document.wrong(path, 'PROFILE_WRONG_TOLERANCE', message, hint);
    }
  }
  return found;
}
