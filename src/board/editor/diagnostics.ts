import type { Diagnostic } from '@codemirror/lint';
import type { Text } from '@codemirror/state';
import type { LintProblem } from '../../sandbox/control/lint-view.js';
import { t } from '../text.js';
import { codeIn } from './code-in.js';

/** Mistakes as marks in the text. */
export function diagnosticsOf(doc: Text, problems: readonly LintProblem[]): Diagnostic[] {
  return problems.map(({ line, column, severity, message, hint }) => {
    const { from, to } = placeOf(doc, line, column);
    const told = hint === undefined ? t(message) : `${t(message)}: ${t(hint)}`;
    return { from, to, severity, message: told, renderMessage: () => codeIn(told) };
  });
}

/** The key or the value that begins there. */
function placeOf(doc: Text, line: number, column: number): { from: number; to: number } {
  const { from, to } = doc.line(Math.min(Math.max(1, line), doc.lines));
  const start = Math.min(from + Math.max(0, column - 1), to);
  const rest = doc.sliceString(start, to);
  const length = /^("[^"]*"|'[^']*'|[\w.-]+(?=:)|[^,}\]#]*[^,}\]#\s])/.exec(rest)?.[0].length;
  return { from: start, to: start + (length ?? rest.length) };
}
