import { constants } from 'node:fs';
import { access, mkdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { nearest } from '../../problem.js';
import { codeQualityReport } from '../../report/code-quality.js';
import { FORMS, type Form, writerOf } from '../../report/forms.js';
import type { Report } from '../../report/report.js';
import { UsageError } from '../../sandbox-error.js';
import { speaking } from '../../texts/spoken.js';

/** One `--report FORM=FILE`. */
export interface ReportFile {
  form: string;
  file: string;
}

const CODE_QUALITY = 'codequality';
const KNOWN = [...Object.keys(FORMS), CODE_QUALITY];

/** @throws UsageError */
export function readReportFile(text: string): ReportFile {
  const equals = text.indexOf('=');
  const form = text.slice(0, Math.max(0, equals));
  const file = text.slice(equals + 1);
  if (equals === -1 || file === '') {
    const what = `--report ${JSON.stringify(text)} is none`;
    throw new UsageError('USAGE_WRONG_OPTION', what, 'write FORM=FILE: junit=out.xml');
  }
  if (!KNOWN.includes(form)) {
    const what = `--report ${text}: unknown form "${form}"`;
    throw new UsageError('USAGE_WRONG_OPTION', what, nearest(form, KNOWN));
  }
  return { form, file };
}

/** Finds out before the work begins whether a report can be written after it. @throws UsageError */
export async function checkReportFiles(reports: readonly ReportFile[]): Promise<void> {
  for (const { form, file } of reports) {
    const there = await stat(file).catch(() => undefined);
    if (there?.isDirectory()) throw cannotWrite(form, file, 'EISDIR');
    const place = there ? file : await existing(dirname(resolve(file)));
    if (!there && !(await stat(place)).isDirectory()) throw cannotWrite(form, file, 'ENOTDIR');
    await access(place, constants.W_OK).catch((error: NodeJS.ErrnoException) => {
      throw cannotWrite(form, file, error.code ?? '');
    });
  }
}

/** Writes each file as a whole or not at all. @throws UsageError */
export async function writeReports(
  report: Report,
  reports: readonly ReportFile[],
  fileOf: (scenario: string) => string | undefined,
): Promise<void> {
  for (const { form, file } of reports) {
    const text =
      form === CODE_QUALITY
        ? speaking(undefined, () => codeQualityReport(report, fileOf))
        : (await writerOf(form as Form))(report);
    await writeWhole(file, text).catch((error: NodeJS.ErrnoException) => {
      throw cannotWrite(form, file, error.code ?? '');
    });
  }
}

/** By way of a draft beside it. A device or a pipe has no whole, and a link keeps leading where it leads. */
async function writeWhole(file: string, text: string): Promise<void> {
  const there = await stat(file).catch(() => undefined);
  if (there && !there.isFile()) {
    await writeFile(file, text);
    return;
  }
  const target = there ? await realpath(file) : resolve(file);
  const folder = dirname(target);
  const draft = join(folder, `.${basename(target)}.${process.pid}`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(draft, text);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** The nearest folder above that is there: the others will be made. */
async function existing(folder: string): Promise<string> {
  const there = await stat(folder).catch(() => undefined);
  return there || dirname(folder) === folder ? folder : existing(dirname(folder));
}

function cannotWrite(form: string, file: string, code: string): UsageError {
  const what = `--report ${form}: cannot write ${file} (${code})`;
  const hint = 'name a file in a folder that you may write to';
  return new UsageError('USAGE_CANNOT_WRITE', what, hint);
}
