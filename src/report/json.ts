import type { Cause, CauseFinding } from '../audit/cause.js';
import { causesOf } from '../audit/causes.js';
import { formatMoment } from '../time/format-moment.js';
import { isRed } from './describe.js';
import { toJsonVerdict } from './json-verdict.js';
import type { Chapter, Report } from './report.js';

/** Everything, for programs: what there is to change, and the verdicts that it was found in. */
export function jsonReport({ title, chapters }: Report): string {
  const held = !chapters.some(isRed);
  const causes = causesOf(chapters).map((cause) => showCause(cause, chapters));
  const shown = chapters.map((one) => ({ ...one, verdict: toJsonVerdict(one.verdict) }));
  return `${JSON.stringify({ title, held, causes, chapters: shown }, null, 2)}\n`;
}

/** Its findings are named here; in whole they stand in the chapters. */
function showCause(
  { evidence, findings, symptoms, ...cause }: Cause,
  chapters: readonly Chapter[],
) {
  const name = ({ chapter, finding: { rule, severity, message, job } }: CauseFinding) => ({
    chapter: chapters[chapter]?.name,
    rule,
    severity,
    message,
    ...(job === undefined ? {} : { job }),
  });
  const proofs = evidence.finding.evidence.map((one) => ({ ...one, at: formatMoment(one.at) }));
  return {
    ...cause,
    evidence: { ...name(evidence), evidence: proofs },
    findings: findings.map(name),
    symptoms: symptoms.map(name),
  };
}
