import { reportUnexpected } from '../server/report-unexpected.js';

/** sysexits.h: an internal software error. */
const EXIT_SOFTWARE = 70;

let readerGone = false;

/**
 * What a command says goes nowhere once its reader has closed the pipe (`serve | head -1`): the command
 * goes on, for its work or its exit code does not depend on who reads.
 */
export function outliveReader(): void {
  process.stdout.on('error', () => {
    readerGone = true;
  });
  process.stderr.on('error', () => {});
}

/** For a command whose work is what it prints: it is over when nobody reads. */
export function endWithReader(): void {
  process.stdout.on('error', () => process.exit(0));
}

/** One line on stdout. */
export function say(text: string): void {
  if (!readerGone) process.stdout.write(`${text}\n`);
}

/** A fault of the sandbox itself that no request can be told of: nobody knows what it has left behind. */
export function endUnexpectedly(error: unknown): never {
  reportUnexpected(error);
  process.exit(EXIT_SOFTWARE);
}
