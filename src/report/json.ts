import { isRed } from './describe.js';
import { toJsonVerdict } from './json-verdict.js';
import type { Report } from './report.js';

/** Everything, for programs. A report of one session is its verdict alone. */
export function jsonReport({ title, chapters }: Report): string {
  const held = !chapters.some(isRed);
  const shown = chapters.map((one) => ({ ...one, verdict: toJsonVerdict(one.verdict) }));
  return `${JSON.stringify({ title, held, chapters: shown }, null, 2)}\n`;
}
