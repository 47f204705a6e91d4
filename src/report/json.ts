import { isRed } from './describe.js';
import { toJsonCauses } from './json-causes.js';
import { toJsonVerdict } from './json-verdict.js';
import type { Report } from './report.js';

/** Everything, for programs: what there is to change, and the verdicts that it was found in. */
export function jsonReport({ title, chapters }: Report): string {
  const held = !chapters.some(isRed);
  const causes = toJsonCauses(chapters);
  const shown = chapters.map((one) => ({ ...one, verdict: toJsonVerdict(one.verdict) }));
  return `${JSON.stringify({ title, held, causes, chapters: shown }, null, 2)}\n`;
}
