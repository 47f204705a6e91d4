import { closest, distance } from 'fastest-levenshtein';
import type { ErrorCode } from './error-codes.js';
import { SandboxError } from './sandbox-error.js';

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
export class FileError extends SandboxError {
  override name = 'FileError';

  constructor(readonly problems: readonly Problem[]) {
    super('FILE_HAS_MISTAKES', problems.map(formatProblem).join('\n'));
  }
}

/** `file:line:column: message (hint) [CODE]`, the form that editors and CI turn into a link. */
export function formatProblem(problem: Problem): string {
  return tellProblem(problem, (text) => text);
}

/** The same. @param say puts what people read into their language */
export function tellProblem(problem: Problem, say: (text: string) => string): string {
  const { code, file, line, column, message, hint, severity } = problem;
  const at = line > 0 ? `${file}:${line}:${column}` : file;
  const said = severity === 'warning' ? `${say('warning')}: ${say(message)}` : say(message);
  return `${at}: ${said}${hint ? ` (${say(hint)})` : ''} [${code}]`;
}

/** Those that keep a file from being used. */
export function hindrances(problems: readonly Problem[]): Problem[] {
  return problems.filter(({ usable }) => !usable);
}

/** "did you mean X?" when one of the known names is near enough, else the list of all of them. */
export function nearest(name: string, known: readonly string[]): string {
  if (known.length === 0) return 'there is none to choose from';
  const wrong = name.toLowerCase();
  // Two texts differ by the difference of their lengths at least: a name of 16 KiB is near none.
  const likely = known.filter((k) => Math.abs(k.length - name.length) <= allowedDistance(k));
  if (likely.length > 0) {
    const best = closest(wrong, likely.map((k) => k.toLowerCase()) as string[]);
    const candidate = likely.find((k) => k.toLowerCase() === best) as string;
    if (distance(wrong, best) <= allowedDistance(candidate)) return `did you mean ${candidate}?`;
  }
  const shown = known.slice(0, 12).join(', ');
  return known.length > 12 ? `known: ${shown} and ${known.length - 12} more` : `known: ${shown}`;
}

/** So many letters of a name may be wrong. */
function allowedDistance(name: string): number {
  return Math.max(2, Math.floor(name.length / 3));
}
