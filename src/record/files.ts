import { access, appendFile, constants, mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Files of one folder, written one after the other; each as a whole or not at all. */
export class Files {
  #work: Promise<void> = Promise.resolve();
  #number: number;
  #failed = false;

  private constructor(
    readonly folder: string,
    highest: number,
    private readonly onFailure: (message: string) => void,
  ) {
    this.#number = highest;
  }

  /**
   * Numbers go on after those that are there, so that nobody's files are overwritten.
   * @param onFailure told once, when a file cannot be written any more
   * @throws NodeJS.ErrnoException when the folder cannot be made, read or written
   */
  static async open(folder: string, onFailure: (message: string) => void): Promise<Files> {
    await mkdir(folder, { recursive: true });
    const names = await readdir(folder, { recursive: true });
    await access(folder, constants.W_OK | constants.X_OK);
    const numbers = names.map((name) => Number(NUMBERED.exec(basename(name))?.[1] ?? 0));
    return new Files(folder, Math.max(0, ...numbers), onFailure);
  }

  /** The next free number, in three digits or more. */
  next(): string {
    this.#number += 1;
    return String(this.#number).padStart(3, '0');
  }

  /**
   * Writes a file as a whole, by way of a draft beside it: who stops the process at any moment leaves
   * the old one or the new one.
   * @param before the name that it had until now
   */
  write(name: string, text: string, before?: string): void {
    this.#then(async () => {
      const folder = dirname(join(this.folder, name));
      const draft = join(folder, `.${basename(name)}.draft`);
      // The folder itself was there; one that somebody has taken away is not made again.
      if (folder !== this.folder) await mkdir(folder).catch(ignoreExisting);
      await writeFile(draft, text);
      await rename(draft, join(this.folder, before ?? name));
      if (before !== undefined && before !== name) {
        await rename(join(this.folder, before), join(this.folder, name));
      }
    });
  }

  append(name: string, line: string): void {
    this.#then(() => appendFile(join(this.folder, name), `${line}\n`));
  }

  /** Resolves when all that was to be written is. */
  async flush(): Promise<void> {
    await this.#work;
  }

  get failed(): boolean {
    return this.#failed;
  }

  #then(work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch((error: NodeJS.ErrnoException) => {
      if (!this.#failed)
        this.onFailure(`cannot write to ${this.folder} (${error.code ?? error.message})`);
      this.#failed = true;
    });
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

const NUMBERED = /^(?:recorded|exchanges|check)-(\d{1,9})\b/;

/** What stands in a file's name comes from outside: nothing but letters, digits and dashes is left of it. */
export function clean(name: string): string {
  return (
    name
      .replace(/[^A-Za-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40) || 'unnamed'
  );
}
