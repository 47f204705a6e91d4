import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline/promises';
import pc from 'picocolors';
import { type Contract, loadContract } from '../contract/contract.js';
import { type GuessedFiles, guessBinding } from '../guess/guess-binding.js';
import { readmeText } from '../guess/readme-text.js';
import { suiteText } from '../guess/scenario-texts.js';
import { FileError, nearest } from '../problem.js';
import { UsageError } from '../sandbox-error.js';
import { t } from '../texts/spoken.js';
import { namesBeside } from './names-beside.js';
import { isUntouched, signed } from './own-text.js';
import { placesIn } from './places-in.js';
import { inOwnLanguage } from './written-texts.js';

export interface InitOptions {
  /** Id of an operation of the jobs that are meant. */
  operation?: string;
  yes?: boolean;
  dryRun?: boolean;
}

interface NewFile {
  path: string;
  text: string;
}

/**
 * Writes binding, first scenarios and a page beside a document, as far as they can be guessed.
 * @throws FileError, UsageError; then nothing has been written
 */
export async function init(file: string, options: InitOptions): Promise<void> {
  const contract = await loadContract(file);
  checkOperation(contract, options.operation);
  const place = await placesIn(file);
  const guess = guessBinding(contract, basename(file), { operation: options.operation, place });
  if (options.operation !== undefined && guess.kinds.length === 0)
    throw noJobs(options.operation, file);
  const files = filesFor(file, contract, guess);
  if (options.dryRun) {
    for (const { path, text } of files) stdout.write(`${pc.bold(`--- ${shown(path)}`)}\n${text}\n`);
    return;
  }
  const wanted = await agreed(files, options.yes === true);
  for (const { path, text } of wanted) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  tell(file, guess, files, wanted);
}

function checkOperation({ operations }: Contract, id: string | undefined): void {
  if (id === undefined || operations.has(id)) return;
  const hint = nearest(id, [...operations.keys()]);
  throw new UsageError('USAGE_UNKNOWN_OPERATION', `the document has no operation "${id}"`, hint);
}

function noJobs(id: string, file: string): UsageError {
  const hint = `\`init ${file}\` without --operation writes a binding in which you can say what schedules and what reports`;
  return new UsageError('USAGE_NO_JOBS', `nothing about ${id} looks like a job`, hint);
}

function filesFor(file: string, contract: Contract, guess: GuessedFiles): NewFile[] {
  const { kinds } = guess;
  const names = namesBeside(file);
  const at = (...parts: string[]) => join(dirname(file), ...parts);
  const written = {
    ...names,
    document: basename(file),
    title: contract.title,
    kinds,
    questions: guess.questions,
  };
  const page = readmeText(written, t);
  const own = (text: string) => signed(inOwnLanguage(text), '#');
  const scenarios = kinds.flatMap((kind) =>
    kind.scenarios.map(({ name, text }) => ({
      path: at(names.scenarios, kind.name ?? '', `${name}.yaml`),
      text: own(text),
    })),
  );
  const suite = own(suiteText(kinds.flatMap((kind) => kind.scenarios)));
  return [
    { path: at(names.binding), text: own(guess.text) },
    ...scenarios,
    ...(scenarios.length > 0
      ? [{ path: at(names.suites, 'polling-basics.yaml'), text: suite }]
      : []),
    { path: at(names.page), text: signed(page, '<!--') },
  ];
}

/** Those that are to be written. @throws FileError, UsageError when what is there may not be overwritten */
async function agreed(files: readonly NewFile[], yes: boolean): Promise<NewFile[]> {
  const news: (NewFile & { before: string | undefined })[] = [];
  for (const file of files) {
    const before = await readFile(file.path, 'utf8').catch(() => undefined);
    if (before !== file.text) news.push({ ...file, before });
  }
  const there = news.filter(({ before }) => before !== undefined);
  if (yes) {
    const changed = there.filter(({ before = '' }) => !isUntouched(before));
    if (changed.length > 0) throw refuseChanged(changed);
    return news;
  }
  if (there.length === 0) return news;
  if (!stdin.isTTY) {
    const what = `${there.map(({ path }) => shown(path)).join(', ')} would be overwritten, and nobody can be asked`;
    const hint = '--yes overwrites what init itself has written and nobody has changed';
    throw new UsageError('USAGE_NOBODY_TO_ASK', what, hint);
  }
  const ask = createInterface({ input: stdin, output: stdout });
  const kept = new Set<string>();
  for (const { path, before = '' } of there) {
    const state = isUntouched(before) ? '' : t(', which has been changed by hand');
    const said = await ask.question(`${t`Overwrite ${shown(path)}${state}?`} [y/N] `);
    if (!/^(y(es)?|т(ак)?)$/i.test(said.trim())) kept.add(path);
  }
  ask.close();
  return news.filter(({ path }) => !kept.has(path));
}

function refuseChanged(files: readonly NewFile[]): FileError {
  const hint = 'move it away, or run init without --yes and answer for each file';
  return new FileError(
    files.map(({ path }) => ({
      code: 'FILE_CHANGED_BY_HAND' as const,
      file: shown(path),
      line: 0,
      column: 0,
      message: 'is not what init has written, and stays as it is',
      hint,
    })),
  );
}

function tell(
  file: string,
  { kinds, questions }: GuessedFiles,
  files: readonly NewFile[],
  written: readonly NewFile[],
): void {
  const say = (line = '') => stdout.write(`${line}\n`);
  for (const { name, jobs } of kinds) {
    const ids = jobs.schedules.map((each) => each.operation.id).join(', ');
    const kind = name === undefined ? '' : `${name}: `;
    say(`${kind}${t`${ids} schedules jobs, ${jobs.report.operation.id} reports them.`}`);
  }
  if (kinds.length === 0) say(t('Nothing looks like a job.'));
  say();
  for (const each of files) {
    const done = written.some(({ path }) => path === each.path)
      ? pc.green(t('written'))
      : pc.dim(t('as it was'));
    say(`  ${done}  ${shown(each.path)}`);
  }
  const asked = kinds.flatMap((kind) =>
    kind.questions.map((question) =>
      kind.name === undefined ? question : `${kind.name}: ${t(question)}`,
    ),
  );
  if (asked.length + questions.length > 0) say();
  for (const question of [...asked, ...questions]) say(`  ${pc.yellow('?')} ${t(question)}`);
  say();
  say(t`Next: esoz-sandbox ${kinds.length > 0 ? 'try' : 'serve'} ${file}`);
}

function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short === '' || short.startsWith('..') ? path : short;
}
