import { readFile } from 'node:fs/promises';
import pc from 'picocolors';
import { filesNamed } from '../load/files-named.js';
import { loadApis } from '../load/load-setup.js';
import type { ServedFiles } from '../load/pack-description.js';
import { FileError } from '../problem.js';
import { type ReadHar, readHar } from '../record/judge/har.js';
import { trafficOf } from '../record/judge/traffic.js';
import { describeSilence, wasSilent } from '../report/describe.js';
import { UsageError } from '../sandbox-error.js';
import { t } from '../texts/spoken.js';
import { tellReport } from './exec/reporting.js';
import { judgeTraffic, prepareTraffic, type TrafficFlags } from './traffic.js';

export interface JudgeOptions extends ServedFiles, TrafficFlags {
  har?: string;
  /** Hosts of the API. */
  apiHost: string[];
  ci: boolean;
}

/** Judges the traffic of a HAR. @returns the exit code @throws UsageError, FileError */
export async function judgeHar(named: readonly string[], options: JudgeOptions): Promise<number> {
  const { har: file, apiHost } = options;
  if (file === undefined) {
    const hint = 'name the file: esoz-sandbox judge --har FILE';
    throw new UsageError('USAGE_WRONG_OPTION', 'there is nothing to judge', hint);
  }
  const judging = await prepareTraffic(options, options.ci);
  const apis = await loadApis(filesNamed(named, options));
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const message = `cannot be read (${error.code})`;
    const hint = 'check the path';
    throw new FileError([{ code: 'FILE_UNREADABLE', file, line: 0, column: 0, message, hint }]);
  });
  const found = readHar(file, text, apis, apiHost.length > 0 ? apiHost : undefined);
  for (const line of tellHar(found)) process.stderr.write(`${pc.dim(line)}\n`);
  const traffic = trafficOf(found.seen, apis.length > 1);
  const given = { name: file, apis, traffic };
  const { report, verdict, code } = await judgeTraffic(file, given, judging);
  await tellReport(report, judging.reporting, () => undefined);
  if (wasSilent(verdict)) process.stderr.write(`${describeSilence(verdict)}\n`);
  return code;
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
