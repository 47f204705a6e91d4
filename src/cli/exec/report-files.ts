import { constants } from 'node:fs';
import { access, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { nearest } from '../../problem.js';
import { codeQualityReport } from '../../report/code-quality.js';
import { FORMS } from '../../report/forms.js';
import type { Report } from '../../report/report.js';
import { UsageError } from '../../server/load.js';

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
    throw new UsageError(
      `--report ${JSON.stringify(text)} is none; write FORM=FILE: junit=out.xml`,
    );
  }
  if (!KNOWN.includes(form)) {
    throw new UsageError(`--report ${text}: unknown form "${form}"; ${nearest(form, KNOWN)}`);
  }
  return { form, file };
}

/** Finds out before the work begins whether a report can be written after it. @throws UsageError */
export async function checkReportFiles(reports: readonly ReportFile[]): Promise<void> {
  for (const { form, file } of reports) {
    const there = await stat(file).catch(() => undefined);
    if (there?.isDirectory()) throw cannotWrite(form, file, 'EISDIR');
    const place = there ? file : await existing(dirname(resolve(file)));
    const folder = there ? there : await stat(place);
    if (!there && !folder.isDirectory()) throw cannotWrite(form, file, 'ENOTDIR');
    await access(place, constants.W_OK).catch((error: NodeJS.ErrnoException) => {
      throw cannotWrite(form, file, error.code ?? '');
    });
  }
}

/** Writes each file as a whole or not at all. @throws UsageError */
export async function writeReports(
  report: Report,
  reports: readonly ReportFile[],
  fileOf: (scenario: string) => string,
): Promise<void> {
  for (const { form, file } of reports) {
    const text =
      form === CODE_QUALITY
        ? codeQualityReport(report, fileOf)
        : FORMS[form as keyof typeof FORMS].write(report);
    const folder = dirname(resolve(file));
    const draft = join(folder, `.esoz-report-${process.pid}-${form}`);
    try {
      await mkdir(folder, { recursive: true });
      await writeFile(draft, text);
      await rename(draft, file);
    } catch (error) {
      await rm(draft, { force: true });
      throw cannotWrite(form, file, (error as NodeJS.ErrnoException).code ?? '');
    }
  }
}

/** The nearest folder above that is there: the others will be made. */
async function existing(folder: string): Promise<string> {
  const there = await stat(folder).catch(() => undefined);
  return there || dirname(folder) === folder ? folder : existing(dirname(folder));
}

function cannotWrite(form: string, file: string, code: string): UsageError {
  return new UsageError(
    `--report ${form}: cannot write ${file} (${code}); name a file in a folder that you may write to`,
  );
}
