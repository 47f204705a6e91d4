import { writeFile } from 'node:fs/promises';
import { KINDS } from '../../audit/causes.js';
import { EVERY_RULE } from '../../audit/rules/index.js';
import { readFileText } from '../../file-text.js';
import type { KnownCause } from '../../formats/baseline/known-cause.js';
import { FileError } from '../../problem.js';
import { applyBaseline, lacksKnown, renewed, standingOf } from '../../report/baseline.js';
import type { Chapter, Report } from '../../report/report.js';
import { UsageError } from '../../sandbox-error.js';
import { t } from '../../texts/spoken.js';
import { sayProblem } from '../print-error.js';

export interface BaselineFlags {
  /** A file of what is known. */
  baseline?: string;
  /** Write it anew. */
  writeBaseline?: boolean;
  /** What is mended and still stands there does not make the run red. */
  allowMended?: boolean;
}

/** What is known of a client before it is played. */
export interface KnownBefore {
  file: string;
  causes: readonly KnownCause[];
  write: boolean;
  allowMended: boolean;
}

/** @throws UsageError, FileError */
export async function prepareBaseline(flags: BaselineFlags): Promise<KnownBefore | undefined> {
  const { baseline: file, writeBaseline: write = false, allowMended = false } = flags;
  if (file === undefined) {
    if (!write && !allowMended) return undefined;
    const what = `--${write ? 'write-baseline' : 'allow-mended'} goes with --baseline`;
    throw new UsageError('USAGE_OPTION_CONFLICT', what, 'name the file: --baseline FILE');
  }
  const text = await readFileText(file).catch((error: NodeJS.ErrnoException) => {
    if (write && error.code === 'ENOENT') return undefined;
    const message = `cannot be read (${error.code})`;
    const hint = 'write it with --write-baseline';
    throw new FileError([{ code: 'FILE_UNREADABLE', file, line: 0, column: 0, message, hint }]);
  });
  if (text === undefined) return { file, causes: [], write, allowMended };
  const { parseBaseline } = await import('../../formats/baseline/parse.js');
  const { causes, problems } = parseBaseline(file, text, knownWords());
  for (const problem of problems) process.stderr.write(`${sayProblem(problem)}\n`);
  return { file, causes, write, allowMended };
}

/** What a baseline may name. */
export function knownWords() {
  return { causes: KINDS.map(({ id }) => id), rules: EVERY_RULE.map(({ name }) => name) };
}

/** Notes how a chapter stands beside what is known. */
export function holdToBaseline(
  chapter: Chapter,
  before: KnownBefore | undefined,
  anyExit = false,
): void {
  if (before && !before.write) chapter.standing = standingOf(chapter, before.causes, anyExit);
}

/** Would this chapter alone have something taken out of the file? */
export function seemsMended(
  chapter: Chapter,
  before: KnownBefore | undefined,
  anyExit = false,
): boolean {
  return before !== undefined && lacksKnown(chapter, before.causes, anyExit);
}

/** Notes it of the whole run, and writes the file anew if that is wanted. @throws UsageError */
export async function settleBaseline(
  report: Report,
  before: KnownBefore | undefined,
  anyExit = false,
): Promise<void> {
  if (!before) return;
  const { file, causes, write } = before;
  const { chapters, title } = report;
  const standing = applyBaseline(chapters, before, anyExit);
  if (!write) {
    report.baseline = standing;
    return;
  }
  const { writeBaseline } = await import('../../formats/baseline/write.js');
  const now = renewed(causes, standing, chapters, anyExit);
  await writeFile(file, writeBaseline(title, now)).catch((error: NodeJS.ErrnoException) => {
    const what = `--baseline: cannot write ${file} (${error.code})`;
    const hint = 'name a file in a folder that you may write to';
    throw new UsageError('USAGE_CANNOT_WRITE', what, hint);
  });
  process.stdout.write(`${t`baseline ${file}`}: ${t`${now.length} known`}\n`);
  report.baseline = applyBaseline(chapters, { file, causes: now }, anyExit);
}
