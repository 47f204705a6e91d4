import { closest, distance } from 'fastest-levenshtein';
import type { ErrorCode } from './error-codes.js';

/**
 * One thing that is wrong in a file which a person wrote.
 * `line` and `column` count from 1; both are 0 when the whole file is meant.
 */
export interface Problem {
  code: ErrorCode;
  /** `warning`: worth a look, and no mistake; left out it is an error. */
  severity?: 'error' | 'warning';
  /** The file is used all the same: earlier versions took it without a word. */
  usable?: boolean;
  file: string;
  line: number;
  column: number;
  message: string;
  /** What to do next. */
  hint?: string;
}

/** A file that cannot be used, with everything that is wrong in it. */
export class FileError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
    this.name = 'FileError';
  }
}

/** `file:line:column: message (hint)`, the form that editors and CI turn into a link. */
export function formatProblem({ file, line, column, message, hint, severity }: Problem): string {
  const at = line > 0 ? `${file}:${line}:${column}` : file;
  const said = severity === 'warning' ? `warning: ${message}` : message;
  return hint ? `${at}: ${said} (${hint})` : `${at}: ${said}`;
}

/** Those that keep a file from being used. */
export function hindrances(problems: readonly Problem[]): Problem[] {
  return problems.filter(({ usable }) => !usable);
}

/** "did you mean X?" when one of the known names is near enough, else the list of all of them. */
export function nearest(name: string, known: readonly string[]): string {
  if (known.length === 0) return 'there is none to choose from';
  const best = closest(name.toLowerCase(), known.map((k) => k.toLowerCase()) as string[]);
  const index = known.findIndex((k) => k.toLowerCase() === best);
  const candidate = known[index] as string;
  const near = distance(name.toLowerCase(), best) <= Math.max(2, Math.floor(candidate.length / 3));
  if (near) return `did you mean ${candidate}?`;
  const shown = known.slice(0, 12).join(', ');
  return known.length > 12 ? `known: ${shown} and ${known.length - 12} more` : `known: ${shown}`;
}
