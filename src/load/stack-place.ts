import { fileURLToPath } from 'node:url';
import type { Problem } from '../problem.js';

/** `    at complete (file:///home/me/api/behaviour.js:12:5)` */
const FRAME = /\(?((?:file:\/\/)?[^\s()]+):(\d+):(\d+)\)?$/m;

/** Where an error was thrown, by its stack; undefined when it does not say. */
export function placeOf({
  stack = '',
}: Error): Pick<Problem, 'file' | 'line' | 'column'> | undefined {
  const [, name, line, column] = FRAME.exec(stack) ?? [];
  if (name === undefined || name.startsWith('node:')) return undefined;
  const file = name.startsWith('file:') ? fileURLToPath(name) : name;
  return { file, line: Number(line), column: Number(column) };
}
