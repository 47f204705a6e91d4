import { FileError, type Problem, tellProblem } from '../problem.js';
import { SandboxError } from '../sandbox-error.js';
import { t } from '../texts/spoken.js';

/** Exit codes of what a person can mend: files with mistakes, a command line that cannot be. */
export const EXIT = { problems: 1, usage: 3 } as const;

/**
 * Tells a person what is wrong, on stderr; an error's code stands at its end, for scripts and for
 * `docs/errors.md`. False: this is no error of theirs, and nothing is said.
 */
export function tellError(error: unknown): error is SandboxError {
  // Each of a file's mistakes is told by itself.
  if (error instanceof FileError)
    process.stderr.write(`${error.problems.map(sayProblem).join('\n')}\n`);
  else if (error instanceof SandboxError) process.stderr.write(`${sayError(error)}\n`);
  else return false;
  return true;
}

/** The message of an error in the language that is spoken, its code behind it. */
export function sayError({ message, hint, code }: SandboxError): string {
  const ending = `; ${hint}`;
  if (hint === undefined || !message.endsWith(ending)) return `${t(message)} [${code}]`;
  return `${t(message.slice(0, -ending.length))}; ${t(hint)} [${code}]`;
}

/** A mistake in a file, as {@link tellProblem} has it, in the language that is spoken. */
export function sayProblem(problem: Problem): string {
  return tellProblem(problem, t);
}

/**
 * A line of what a server tells: a phrase, or a mistake in a file, `file:line:column: message (hint) [CODE]`, whose
 * parts are phrases.
 */
export function sayNotice(text: string): string {
  return text.split('\n').map(sayLine).join('\n');
}

function sayLine(line: string): string {
  const [, place, warning, message, hint, code] = PROBLEM.exec(line) ?? [];
  if (place === undefined || message === undefined) return t(line);
  const said = `${warning ? `${t('warning')}: ` : ''}${t(message)}`;
  return `${place}: ${said}${hint === undefined ? '' : ` (${t(hint)})`} [${code}]`;
}

const PROBLEM = /^(\S+?): (warning: )?(.+?)(?: \((.+)\))? \[([A-Z][A-Z_]+)\]$/;

/** For commands of which 1 says something else: a file that cannot be used is a wrong usage. */
export function usageIfFileFails<T>(work: Promise<T>): Promise<T | typeof EXIT.usage> {
  return work.catch((error) => {
    if (!(error instanceof FileError)) throw error;
    tellError(error);
    return EXIT.usage;
  });
}
