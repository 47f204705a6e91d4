import type { Expect } from '../scenario/scenario.js';

/**
 * What a scenario expects of its client's own command and does not hold, in a sentence each.
 * @param end `code` is undefined when a signal has ended the command
 */
export function checkCommand(
  { exit, output }: Pick<Expect, 'exit' | 'output'>,
  end: { code: number | undefined; output: string },
): string[] {
  const broken: string[] = [];
  const ended = end.code === undefined ? 'was killed' : `ended with ${end.code}`;
  if (exit === 0 && end.code !== 0) {
    broken.push(`the command ${ended}; it is expected to end with 0`);
  }
  if (exit === 'nonzero' && !end.code) {
    const why = 'another code than 0, which says that the job has not come to a good end';
    broken.push(`the command ${ended}; it is expected to end with ${why}`);
  }
  if (output !== undefined && !end.output.includes(output)) {
    broken.push(`the command did not print ${JSON.stringify(output)}, which it is expected to`);
  }
  return broken;
}
