import { appendFileSync } from 'node:fs';
import { githubAnnotations } from '../../report/github.js';
import { markdownReport } from '../../report/markdown.js';
import type { Report } from '../../report/report.js';
import { t } from '../../texts/spoken.js';
import type { ReportFile } from './report-files.js';

/** GitHub refuses a step's summary above 1 MiB. */
const MAX_SUMMARY = 1024 * 1024;
const GITLAB_FILE = 'gl-code-quality-report.json';

/** Variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reports that a CI system picks up by itself. */
export function reportsOfCi(env: Environment, asked: readonly ReportFile[]): ReportFile[] {
  if (!env.GITLAB_CI || asked.some(({ form }) => form === 'codequality')) return [];
  return [{ form: 'codequality', file: GITLAB_FILE }];
}

/** Annotations and the step's summary on GitHub Actions; nothing elsewhere. */
export function tellGitHub(env: Environment, report: Report, say: (text: string) => void): void {
  if (!env.GITHUB_ACTIONS) return;
  say(githubAnnotations(report));
  const { GITHUB_STEP_SUMMARY: file } = env;
  if (!file) return;
  try {
    appendFileSync(file, cut(markdownReport(report)));
  } catch (error) {
    // A summary is an extra: what was found is told all the same.
    say(`::warning title=${t('step summary')}::${(error as Error).message}\n`);
  }
}

/**
 * A text as a section of the job's log that can be folded, on GitLab. GitHub would show it folded.
 * @see https://docs.gitlab.com/ci/jobs/job_logs/
 */
export function section(env: Environment, name: string, text: string, now: number): string {
  if (!env.GITLAB_CI) return text;
  const id = name.replaceAll(/[^A-Za-z0-9_.-]+/g, '_');
  const seconds = Math.floor(now / 1000);
  const open = `\u001b[0Ksection_start:${seconds}:${id}\r\u001b[0K${name}\n`;
  return `${open}${text}\u001b[0Ksection_end:${seconds}:${id}\r\u001b[0K\n`;
}

function cut(text: string): string {
  if (Buffer.byteLength(text) < MAX_SUMMARY) return text;
  const kept = Buffer.from(text)
    .subarray(0, MAX_SUMMARY - 100)
    .toString('utf8');
  return `${kept.slice(0, kept.lastIndexOf('\n'))}\n\n… ${t('cut: the report is longer than 1 MiB')}\n`;
}
