import { readFile } from 'node:fs/promises';
import pc from 'picocolors';
import { filesNamed } from '../load/files-named.js';
import { loadApis } from '../load/load-setup.js';
import type { ServedFiles } from '../load/pack-description.js';
import { FileError } from '../problem.js';
import { type ReadHar, readHar } from '../record/judge/har.js';
import { judgeSeen } from '../record/judge/judge-seen.js';
import { describeSilence, wasSilent } from '../report/describe.js';
import type { Report } from '../report/report.js';
import { UsageError } from '../sandbox-error.js';
import { t } from '../texts/spoken.js';
import { type BaselineFlags, prepareBaseline, settleBaseline } from './exec/baseline.js';
import { exitCodeOf, VERDICT_EXIT } from './exec/exit-code.js';
import { prepareReporting, tellReport } from './exec/reporting.js';
import { readToleranceOptions } from './exec/settings.js';

export interface JudgeOptions extends ServedFiles, BaselineFlags {
  har?: string;
  /** Hosts of the API. */
  apiHost: string[];
  whileRunning?: true;
  report: string[];
  tolerance: string[];
  ci: boolean;
}

/** Judges the traffic of a HAR. @returns the exit code @throws UsageError, FileError */
export async function judgeHar(named: readonly string[], options: JudgeOptions): Promise<number> {
  const { har: file, apiHost } = options;
  if (file === undefined) {
    const hint = 'name the file: esoz-sandbox judge --har FILE';
    throw new UsageError('USAGE_WRONG_OPTION', 'there is nothing to judge', hint);
  }
  const reporting = await prepareReporting(options);
  const tolerances = readToleranceOptions(options.tolerance);
  const known = await prepareBaseline(options);
  const apis = await loadApis(filesNamed(named, options));
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const message = `cannot be read (${error.code})`;
    const hint = 'check the path';
    throw new FileError([{ code: 'FILE_UNREADABLE', file, line: 0, column: 0, message, hint }]);
  });
  const found = readHar(file, text, apis, apiHost.length > 0 ? apiHost : undefined);
  for (const line of tellHar(found)) process.stderr.write(`${pc.dim(line)}\n`);
  const run = options.whileRunning ? 'running' : 'over';
  const verdict = judgeSeen({ name: file, apis, seen: found.seen, tolerances, run });
  const report: Report = { title: file, chapters: [{ name: file, verdict }] };
  if (!wasSilent(verdict)) await settleBaseline(report, known, true);
  await tellReport(report, reporting, () => undefined);
  if (wasSilent(verdict)) {
    process.stderr.write(`${describeSilence(verdict)}\n`);
    return VERDICT_EXIT.command;
  }
  return exitCodeOf(report, options);
}

/** What was read, and what nobody can say from such a file. */
function tellHar({ hosts, others, bodiless, unanswered, seen }: ReadHar): string[] {
  const left = [...others].map(([host, count]) => `${host} (${count})`);
  return [
    t`${seen.length} exchanges with ${hosts.join(', ') || '–'}`,
    ...(left.length > 0 ? [t`left out, as they are of other hosts: ${left.join(', ')}`] : []),
    ...(bodiless > 0
      ? [
          t`left out, as the file has no body of their answers: ${bodiless} about jobs; export it with content`,
        ]
      : []),
    ...(unanswered > 0
      ? [
          t`${unanswered} without an answer: a HAR does not tell whether the connection broke or the client left`,
        ]
      : []),
    t('times are those of who wrote the file, in whole milliseconds at best'),
  ];
}
