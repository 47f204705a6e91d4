import { isRed, standingOfCause } from './describe.js';
import { toJsonCauses } from './json-causes.js';
import { toJsonVerdict } from './json-verdict.js';
import type { Report } from './report.js';

/** Everything, for programs: what there is to change, and the verdicts that it was found in. */
export function jsonReport(report: Report): string {
  const { title, chapters, baseline, made } = report;
  const held = !chapters.some(isRed);
  const causes = toJsonCauses(chapters).map((cause) => {
    const standing = standingOfCause(cause, report);
    return standing === undefined ? cause : { ...cause, standing };
  });
  const shown = chapters.map((one) => ({ ...one, verdict: toJsonVerdict(one.verdict) }));
  return `${JSON.stringify({ title, held, ...(made ? { made } : {}), ...(baseline ? { baseline } : {}), causes, chapters: shown }, null, 2)}\n`;
}
