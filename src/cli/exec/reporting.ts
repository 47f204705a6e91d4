import pc from 'picocolors';
import type { Report } from '../../report/report.js';
import { screenReport } from '../../report/screen.js';
import { type Environment, reportsOfCi, section, tellGitHub } from './ci.js';
import { checkReportFiles, type ReportFile, readReportFile, writeReports } from './report-files.js';

/** Where a report will go, besides the terminal. */
export interface Reporting {
  /** What a CI system has set; empty when that is not to be looked at. */
  env: Environment;
  reports: readonly ReportFile[];
}

/** Finds out, before the work begins, what is to be written and whether it can be. @throws UsageError */
export async function prepareReporting(options: {
  report: readonly string[];
  ci: boolean;
}): Promise<Reporting> {
  const asked = options.report.map(readReportFile);
  const env = options.ci ? process.env : {};
  const reports = [...asked, ...reportsOfCi(env, asked)];
  await checkReportFiles(reports);
  return { env, reports };
}

/** Tells people, the CI system and the files. @throws UsageError */
export async function tellReport(
  report: Report,
  { env, reports }: Reporting,
  fileOf: (scenario: string) => string | undefined,
): Promise<void> {
  const say = (text: string) => process.stdout.write(text);
  say(section(env, report.title, screenReport(report, pc.isColorSupported), Date.now()));
  tellGitHub(env, report, say);
  await writeReports(report, reports, fileOf);
}
