import { allFindings } from './describe.js';
import type { Report } from './report.js';

const COMMANDS = { error: 'error', warning: 'warning', note: 'notice' } as const;

/**
 * Workflow commands of GitHub Actions, one a line: each finding becomes an annotation of the run.
 * GitHub shows ten of each kind a step; the summary holds the rest.
 * @see https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export function githubAnnotations(report: Report): string {
  return allFindings(report)
    .map(({ chapter, finding: { rule, severity, message, advice } }) => {
      const title = property(`${rule} (${chapter.name})`);
      return `::${COMMANDS[severity]} title=${title}::${data(`${message}\n${advice}`)}\n`;
    })
    .join('');
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
