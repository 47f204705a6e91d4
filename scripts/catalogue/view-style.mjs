import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './sources.mjs';

/** Looks of the components that a report shows, in the order of their paths. */
const SHEETS = ['src/view/report/report.css', 'src/view/timeline/timeline.css'];

/** A report is one file: it has the looks of what it shows in itself. */
export function viewStyle() {
  const css = SHEETS.map((sheet) => readFileSync(join(root, sheet), 'utf8')).join('\n');
  return [JSON.stringify({ css: css.replace(/\/\*.*?\*\//gs, '').replace(/\s+/g, ' ') }, null, 2)];
}
