import { compareReports, isWorse } from '../report/compare.js';
import { comparisonMarkdown, comparisonText } from '../report/tell-comparison.js';
import { t } from '../texts/spoken.js';
import { VERDICT_EXIT } from './exec/exit-code.js';
import { readReport } from './read-report.js';

/** Tells what has become better or worse. @returns the exit code @throws FileError */
export async function compare(
  before: string,
  after: string,
  { format }: { format: 'text' | 'markdown' | 'json' },
): Promise<number> {
  const [was, is] = await Promise.all([readReport(before), readReport(after)]);
  const found = compareReports(was, is);
  const told = {
    text: () => comparisonText(found),
    markdown: () => comparisonMarkdown(found, t(is.title)),
    json: () => `${JSON.stringify({ worse: isWorse(found), comparison: found }, null, 2)}\n`,
  };
  process.stdout.write(told[format]());
  return isWorse(found) ? VERDICT_EXIT.finding : VERDICT_EXIT.held;
}
