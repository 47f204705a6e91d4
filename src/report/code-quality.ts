import { createHash } from 'node:crypto';
import { allFindings } from './describe.js';
import type { Report } from './report.js';

const SEVERITIES = { error: 'major', warning: 'minor', note: 'info' } as const;

/**
 * GitLab's Code Quality report: findings that a merge request shows as annotations. A finding's place
 * is the scenario file that has brought it to light, since the client's own code is not seen.
 * @param fileOf a file for a scenario's findings, relative to the repository; undefined: it has none, and
 * GitLab would show them nowhere
 * @see https://docs.gitlab.com/ci/testing/code_quality/
 */
export function codeQualityReport(
  report: Report,
  fileOf: (scenario: string) => string | undefined,
): string {
  const entries = allFindings(report).flatMap(({ chapter, finding }) => {
    const path = fileOf(chapter.name);
    if (path === undefined) return [];
    const { rule, severity, message, advice, operation } = finding;
    const identity = [chapter.name, rule, operation ?? ''].join('\n');
    return {
      description: `${rule} (${chapter.name}): ${message}. ${advice}`,
      check_name: rule,
      // The same finding of the next run must be known again, whatever its figures.
      fingerprint: createHash('sha256').update(identity).digest('hex'),
      severity: SEVERITIES[severity],
      location: { path, lines: { begin: 1 } },
    };
  });
  const known = new Map(entries.map((entry) => [entry.fingerprint, entry]));
  return `${JSON.stringify([...known.values()], null, 2)}\n`;
}
