import { nearest } from '../../problem.js';
import { PLACE_NAMES, type StepPlace } from '../../scenario/process.js';
import type { FormatDocument, Path } from '../document.js';
import { isPart, testsOf, whensOf } from './build-steps.js';
import type { FieldPart, ProcessWords } from './process-words.js';
import type { ProcessStepFile } from './steps-file.js';
import type { SuiteFile } from './suite-file.js';

/** That steps name what there is: operations, fields, scenarios of the suite, and steps above them. */
export function checkSteps(document: FormatDocument, file: SuiteFile, words: ProcessWords): void {
  const steps = file.steps ?? [];
  if (file.steps?.length === 0) {
    const hint = 'list what a client does one after the other, or leave `steps` out';
    document.wrong(['steps'], 'SUITE_EMPTY', 'the process has no step', hint);
  }
  steps.forEach((step, i) => {
    if (!step) return;
    const above = steps.slice(0, i);
    checkName(document, step, i, above);
    const operations = checkOperations(document, step, i, words);
    checkAfter(document, step, i, above);
    checkScenarios(document, step, i, file);
    checkJob(document, step, i, operations, words);
    checkConditions(document, step, i, operations, words);
    checkPlaces(document, step, i, above);
  });
  checkSettings(document, file, words);
}

function checkName(
  document: FormatDocument,
  { step }: ProcessStepFile,
  i: number,
  above: readonly ProcessStepFile[],
): void {
  if (step === undefined || !above.some((one) => one?.step === step)) return;
  const hint = 'give each step a name of its own';
  document.wrong(
    ['steps', i, 'step'],
    'SUITE_STEP_TWICE',
    `"${step}" is the name of two steps`,
    hint,
  );
}

/** @returns those that there are */
function checkOperations(
  document: FormatDocument,
  { operations = [] }: ProcessStepFile,
  i: number,
  words: ProcessWords,
): string[] {
  const found = operations.map((said) =>
    said === undefined ? undefined : words.operationOf(String(said)),
  );
  const known = found.filter((name) => name !== undefined);
  if (operations.length === 0) {
    const hint = 'name the operations that show the step';
    document.wrong(['steps', i, 'operations'], 'SUITE_EMPTY', 'the list is empty', hint);
  }
  if (words.lenient && known.length > 0) return known;
  operations.forEach((said, n) => {
    if (said === undefined || found[n] !== undefined) return;
    const hint = nearest(String(said), words.operations());
    const message = `unknown operation "${said}"`;
    document.wrong(['steps', i, 'operations', n], 'SUITE_UNKNOWN_OPERATION', message, hint);
  });
  return known;
}

function checkAfter(
  document: FormatDocument,
  { after }: ProcessStepFile,
  i: number,
  above: readonly ProcessStepFile[],
): void {
  if (after === undefined) return;
  tellUnknownStep(document, ['steps', i, 'after'], String(after), above);
}

function tellUnknownStep(
  document: FormatDocument,
  path: Path,
  name: string,
  above: readonly ProcessStepFile[],
): boolean {
  const names = above.flatMap((one) => one?.step ?? []);
  if (names.includes(name)) return false;
  const message = `no step above this one is called "${name}"`;
  const hint = names.length === 0 ? 'this is the first one' : nearest(name, names);
  document.wrong(path, 'SUITE_UNKNOWN_STEP', message, hint);
  return true;
}

function checkScenarios(
  document: FormatDocument,
  { scenarios }: ProcessStepFile,
  i: number,
  { scenarios: all = [] }: SuiteFile,
): void {
  const names = all.map(String);
  scenarios?.forEach((name, n) => {
    if (name === undefined || names.includes(String(name))) return;
    const message = `the suite does not list the scenario "${name}"`;
    const at = ['steps', i, 'scenarios', n];
    document.wrong(at, 'SUITE_UNKNOWN_SCENARIO', message, nearest(String(name), names));
  });
}

function checkJob(
  document: FormatDocument,
  { expect }: ProcessStepFile,
  i: number,
  operations: readonly string[],
  words: ProcessWords,
): void {
  if (expect?.job === undefined || operations.length === 0) return;
  const idle = operations.filter((name) => !words.schedules(name));
  if (idle.length < operations.length) return;
  const message = `${idle.join(', ')} schedules no job, so none of its jobs ends`;
  const hint = 'leave `job` out, or name an operation that schedules';
  document.wrong(['steps', i, 'expect', 'job'], 'SUITE_WRONG_VALUE', message, hint);
}

function checkConditions(
  document: FormatDocument,
  step: ProcessStepFile,
  i: number,
  operations: readonly string[],
  words: ProcessWords,
): void {
  const check = (path: Path, part: FieldPart, name: string) => {
    if (name !== '') checkField(document, ['steps', i, ...path], part, name, operations, words);
  };
  for (const { path, when } of whensOf(step)) {
    for (const part of ['body', 'path', 'query'] as const) {
      for (const name of Object.keys(when[part])) check([...path, part, name], part, name);
    }
  }
  for (const { path, test } of testsOf(step)) {
    const { part, at } = test;
    if (part !== 'headers' && part !== 'signed' && part !== 'end') check(path, part, at);
  }
}

const PARTS: Record<FieldPart, string> = {
  body: 'body',
  path: 'path',
  query: 'query',
  answer: 'answer',
};

function checkField(
  document: FormatDocument,
  path: Path,
  part: FieldPart,
  name: string,
  operations: readonly string[],
  words: ProcessWords,
): void {
  const fields = operations.flatMap((id) => words.fieldsOf(id, part) ?? []);
  if (fields.length === 0) return;
  // What stands for any entry is looked up as the first; what lies below anything, nobody can look up.
  const looked = name.split('.**', 1)[0]?.replaceAll('*', '0') ?? name;
  const plain = looked.replaceAll(/\.0(?=\.|$)/g, '');
  if (fields.some((one) => [looked, plain].some((each) => one.has(each) !== 'no'))) return;
  const names = [...new Set(fields.flatMap((one) => one.names()))];
  const message = `no ${PARTS[part]} of ${operations.join(' or ')} has the field "${name}"`;
  const hint = names.length === 0 ? undefined : nearest(name, names);
  if (document.has(path)) document.wrongKey(path, 'SUITE_UNKNOWN_FIELD', message, hint);
  else document.wrong(path, 'SUITE_UNKNOWN_FIELD', message, hint);
}

/** A place leads to a step above that nobody may leave out: else what it names would be there for some alone. */
function checkPlaces(
  document: FormatDocument,
  step: ProcessStepFile,
  i: number,
  above: readonly ProcessStepFile[],
): void {
  for (const { path, test } of testsOf(step)) {
    const { wanted } = test;
    const at = ['steps', i, ...path];
    if ('place' in wanted) checkPlace(document, at, wanted.place, above);
    else if (wanted.oneOf.some((value) => /^\{.*\}$/.test(String(value)))) {
      const hint = 'write {STEP.PART.FIELD}, by itself: "{read.answer.status}"';
      document.wrong(at, 'SUITE_UNKNOWN_PLACE', 'this is no place of a step', hint);
    }
  }
}

function checkPlace(
  document: FormatDocument,
  path: Path,
  { step, part }: StepPlace,
  above: readonly ProcessStepFile[],
): void {
  if (tellUnknownStep(document, path, step, above)) return;
  if (!isPart(part)) {
    const message = `a step has no "${part}"`;
    document.wrong(path, 'SUITE_UNKNOWN_PLACE', message, nearest(part, PLACE_NAMES));
  }
  if (!above.find((one) => one?.step === step)?.optional) return;
  const message = `the step "${step}" may be left out, and then there is nothing to hold this to`;
  const hint = 'name a step that is not optional';
  document.wrong(path, 'SUITE_UNKNOWN_PLACE', message, hint);
}

function checkSettings(
  document: FormatDocument,
  { settings = {} }: SuiteFile,
  { settings: known }: ProcessWords,
): void {
  for (const name of Object.keys(settings)) {
    if (known.includes(name)) continue;
    const hint = known.length === 0 ? 'the pack has none' : nearest(name, known);
    const message = `unknown setting "${name}"`;
    document.wrongKey(['settings', name], 'SUITE_UNKNOWN_SETTING', message, hint);
  }
}
