import type { createColors } from 'picocolors';
import { printable } from '../view/printable.js';
import { tellBaseline } from './describe.js';
import type { Report } from './report.js';

/** The baseline in lines for a terminal. */
export function baselineLines(report: Report, paint: ReturnType<typeof createColors>): string[] {
  const [head, ...mended] = tellBaseline(report).map(printable);
  return head === undefined ? [] : [...mended.map((line) => paint.yellow(line)), paint.dim(head)];
}
