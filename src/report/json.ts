import type { Report } from './report.js';

/** Everything, for programs. A report of one session is its verdict alone. */
export function jsonReport({ title, chapters }: Report): string {
  const held = chapters.every(({ verdict }) => verdict.held);
  return `${JSON.stringify({ title, held, chapters }, null, 2)}\n`;
}
