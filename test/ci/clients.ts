import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A client in another language than this one's: the example, and the same with its eta ignored. */
export interface Client {
  example: string;
  /** Where a project of that language has it. */
  file: string;
  /** What heeds the eta, and what stands in its place in a client that does not. */
  heeds: readonly [string, string];
}

export const PYTHON: Client = {
  example: 'examples/python/poller.py',
  file: 'tests/poll.py',
  heeds: ['return max(moment, ', 'return max(0, '],
};
export const PHP: Client = {
  example: 'examples/php/poller.php',
  file: 'tests/poll.php',
  heeds: ["return max($moment ? (float) $moment->format('U.u') : 0, ", 'return max(0, '],
};
export const JAVA: Client = {
  example: 'examples/java/Poller.java',
  file: 'tests/Poller.java',
  heeds: ['return eta == null ? ', 'return true ? '],
};

/** Puts a client into a project's folder. */
export function putClient(
  workspace: string,
  { example, file, heeds }: Client,
  good: boolean,
): void {
  const text = readFileSync(example, 'utf8');
  const [right, wrong] = heeds;
  if (text.split(right).length !== 2) throw new Error(`${example} no longer has: ${right}`);
  mkdirSync(dirname(join(workspace, file)), { recursive: true });
  writeFileSync(join(workspace, file), good ? text : text.replace(right, wrong));
}
