import { nearest, type Problem } from '../../problem.js';
import { checkShape } from '../check-shape.js';
import type { FormatDocument } from '../document.js';
import { openDocument } from '../open-document.js';
import { BaselineFile } from './baseline-file.js';
import { fingerprintOf, type KnownCause, OF_SCENARIO } from './known-cause.js';

export interface Baseline {
  /** The suite or profile that it was written for. */
  name: string;
  causes: readonly KnownCause[];
  problems: readonly Problem[];
}

/**
 * Reads a baseline.
 * @param known ids of causes, names of rules
 * @throws FileError with every mistake in the file, each with its line and column
 */
export function parseBaseline(
  file: string,
  text: string,
  known: { causes: readonly string[]; rules: readonly string[] },
): Baseline {
  const document = openDocument(file, text, 'BASELINE');
  const found = checkShape(document, BaselineFile, 'BASELINE') as BaselineFile;
  checkCauses(document, found, known);
  const problems = document.end();
  const causes = found.causes.map(
    ({ scenarios, ...texts }) =>
      ({
        ...Object.fromEntries(Object.entries(texts).map(([key, value]) => [key, String(value)])),
        scenarios: scenarios.map(String),
      }) as unknown as KnownCause,
  );
  return { name: String(found.baseline), causes, problems };
}

function checkCauses(
  document: FormatDocument,
  { causes = [] }: BaselineFile,
  known: { causes: readonly string[]; rules: readonly string[] },
): void {
  const seen = new Set<string>();
  const ids = [...known.causes, ...known.rules, ...OF_SCENARIO];
  causes.forEach((entry, i) => {
    const cause = entry?.cause === undefined ? undefined : String(entry.cause);
    if (cause === undefined || document.isFaultyWithin(['causes', i, 'scenarios'])) return;
    // A file of another version may know more; what nobody finds is told as mended.
    if (!ids.includes(cause)) {
      const message = `unknown cause "${cause}"`;
      const weight = { severity: 'warning', usable: true } as const;
      const path = ['causes', i, 'cause'];
      document.wrong(path, 'BASELINE_UNKNOWN_CAUSE', message, nearest(cause, ids), weight);
    }
    if (entry.scenarios.length === 0) {
      const hint = 'name the scenarios in which it shows';
      document.wrong(['causes', i, 'scenarios'], 'BASELINE_EMPTY', 'the list is empty', hint);
      return;
    }
    const print = fingerprintOf(entry as KnownCause);
    if (seen.has(print)) {
      const hint = 'leave one of the two out, and list the scenarios of both';
      document.wrong(['causes', i], 'BASELINE_TWICE', `"${print}" stands here twice`, hint);
    }
    seen.add(print);
  });
}
