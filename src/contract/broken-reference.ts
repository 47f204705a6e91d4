import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { FileError, formatProblem, nearest } from '../problem.js';
import { isObject, type Json } from './json.js';
import { follow } from './pointer.js';

/** A reference that leads to no file, to nothing in it, or into the network. */
export interface BrokenReference {
  remote?: boolean;
  /** The file that it stands in, and its text. */
  file: string;
  text: string;
  path: readonly string[];
  message: string;
  hint: string;
}

type Read = (file: string, text: string) => Promise<unknown>;

/**
 * The first reference that cannot be followed, of a document and of the files that it leads to. To be looked for
 * when putting them together has failed: it reads them all once more.
 * @param read a file's text as a value
 */
export async function findBrokenReference(
  document: string,
  read: Read,
): Promise<BrokenReference | undefined> {
  const files = new Files(read);
  for (const file of files.coming(document)) {
    const { text, value } = await files.open(file);
    for (const { ref, path } of referencesIn(value)) {
      const wrong = await files.wrongWith(ref, file);
      if (wrong) return { file, text, path, ...wrong };
    }
  }
  return undefined;
}

type Wrong = Pick<BrokenReference, 'remote' | 'message' | 'hint'>;

/** The files of a document, each read once. */
class Files {
  readonly #values = new Map<string, unknown>();
  readonly #coming: string[] = [];

  constructor(readonly read: Read) {}

  /** The first, and those that are found on the way. */
  *coming(first: string): Generator<string> {
    this.#coming.push(first);
    for (let next = this.#coming.shift(); next !== undefined; next = this.#coming.shift())
      yield next;
  }

  async open(file: string): Promise<{ text: string; value: unknown }> {
    const text = await readFile(file, 'utf8');
    const value = this.#values.get(file) ?? (await this.read(file, text));
    this.#values.set(file, value);
    return { text, value };
  }

  async wrongWith(ref: string, from: string): Promise<Wrong | undefined> {
    const [address = '', fragment = ''] = ref.split('#', 2);
    const said = JSON.stringify(ref);
    const target = targetOf(address, from);
    if (target === undefined) {
      const message = `the $ref ${said} leads to the network, which is not used`;
      return { remote: true, message, hint: '' };
    }
    const name = relative(process.cwd(), target);
    const failed = await this.#take(target);
    if (failed instanceof FileError) {
      const [first] = failed.problems;
      const message = `the $ref ${said} leads to a file that has a mistake`;
      return { message, hint: first ? `correct ${formatProblem(first)}` : failed.message };
    }
    if (failed) {
      const why = (failed as NodeJS.ErrnoException).code ?? failed.message;
      const message = `the $ref ${said} leads to a file that cannot be read (${why})`;
      return { message, hint: `correct the path, or put the file there: ${name}` };
    }
    const value = this.#values.get(target);
    if (!fragment.startsWith('/') || (isObject(value) && follow(value, `#${fragment}`))) {
      return undefined;
    }
    const message = `the $ref ${said} leads nowhere: ${name} has no ${fragment}`;
    return { message, hint: nearestTo(value, fragment) };
  }

  /** @returns why it cannot be read */
  async #take(file: string): Promise<Error | undefined> {
    if (this.#values.has(file)) return undefined;
    try {
      await this.open(file);
      this.#coming.push(file);
      return undefined;
    } catch (error) {
      return error as Error;
    }
  }
}

/** Undefined for what is no file, and so somewhere in the network. */
function targetOf(address: string, from: string): string | undefined {
  if (address === '') return from;
  const base = pathToFileURL(from).href;
  if (!URL.canParse(address, base)) return undefined;
  const url = new URL(address, base);
  return url.protocol === 'file:' ? fileURLToPath(url) : undefined;
}

function nearestTo(value: unknown, fragment: string): string {
  const at = fragment.lastIndexOf('/');
  const siblings = isObject(value) ? follow(value, `#${fragment.slice(0, at)}`)?.value : undefined;
  const names = isObject(siblings) ? Object.keys(siblings) : [];
  return names.length > 0
    ? nearest(fragment.slice(at + 1), names)
    : 'correct its path, or add what it names';
}

function* referencesIn(
  value: unknown,
  path: readonly string[] = [],
): Generator<{ ref: string; path: readonly string[] }> {
  if (typeof value !== 'object' || value === null) return;
  const { $ref } = value as Json;
  if (typeof $ref === 'string') yield { ref: $ref, path: [...path, '$ref'] };
  for (const [key, inner] of Object.entries(value)) yield* referencesIn(inner, [...path, key]);
}
