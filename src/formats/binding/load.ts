import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { asset } from '../../assets.js';
import type { Binding } from '../../contract/binding.js';
import { readFileText } from '../../file-text.js';
import { FileError } from '../../problem.js';
import { type BindingSource, type Bindings, buildBindings } from './build.js';

/** Reads a binding file that has one kind of jobs, or the first of several. @throws FileError */
export async function loadBinding(file: string): Promise<Binding> {
  return (await loadBindings(file))[0];
}

/** Reads a binding file: a binding for each kind of jobs. @throws FileError that lists everything that is wrong in it */
export async function loadBindings(file: string): Promise<Bindings> {
  const text = await readText(file);
  const digest = digestOf(text);
  const known = (await readPreparedBindings())[digest];
  if (known) return buildBindings(file, digest, known, []);
  const { parseBindings } = await import('./parse.js');
  return parseBindings(file, text);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFileText(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const message = `the binding cannot be read (${code})`;
    const hint = 'name the file with --binding; it says which operations schedule jobs';
    throw new FileError([{ code: 'FILE_UNREADABLE', file, line: 0, column: 0, message, hint }]);
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const PREPARED = asset('dist', 'documents', 'bindings.json');

/**
 * Bindings that come with the package are checked when it is built, and kept under the hash of their text: YAML
 * and the library of the declarations would cost as much as the start of Node itself.
 */
function readPreparedBindings(): Promise<Readonly<Record<string, BindingSource[]>>> {
  reading ??= readPreparedNow().finally(() => {
    reading = undefined;
  });
  return reading;
}

/** Several bindings that are loaded at a time read it once. */
let reading: ReturnType<typeof readPreparedNow> | undefined;

async function readPreparedNow(): Promise<Readonly<Record<string, BindingSource[]>>> {
  try {
    return JSON.parse(await readFile(PREPARED, 'utf8')) as Record<string, BindingSource[]>;
  } catch {
    return {};
  }
}

/** Run by the build. One with anything to be said of it is left out, so that it is said at each start. */
export async function prepareBindings(files: readonly string[]): Promise<void> {
  const { readBinding } = await import('./parse.js');
  const prepared: Record<string, BindingSource[]> = {};
  for (const file of files) {
    const text = await readText(file);
    const { sources, problems } = readBinding(file, text);
    if (problems.length === 0) prepared[digestOf(text)] = sources;
  }
  await writeFile(PREPARED, JSON.stringify(prepared));
}
