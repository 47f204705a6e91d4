import type { Expect } from '../scenario/scenario.js';

/** How a client's own command has ended: its exit code (null: a signal ended it) and what it has printed. */
export interface CommandEnd {
  code: number | null;
  output: string;
}

/**
 * What a scenario expects of the client's command and does not hold, a message each; empty: all of it holds.
 * Of one that somebody had to stop there is nothing to be said: do not ask.
 *
 * @example
 * checkCommand({ exit: 'nonzero' }, { code: 0, output: 'saved' });
 * // ['expect.exit: the command exited with 0, as if all had gone well; another code was expected']
 */
export function checkCommand({ exit, output }: Readonly<Expect>, end: CommandEnd): string[] {
  const messages: string[] = [];
  const how = end.code === null ? 'was ended by a signal' : `exited with ${end.code}`;
  if (exit === 0 && end.code !== 0) {
    messages.push(`expect.exit: the command ${how}; 0 was expected`);
  }
  if (exit === 'nonzero' && end.code === 0) {
    messages.push(
      `expect.exit: the command ${how}, as if all had gone well; another code was expected`,
    );
  }
  if (output !== undefined && !end.output.includes(output)) {
    messages.push(`expect.output: the command did not print "${output}"`);
  }
  return messages;
}
