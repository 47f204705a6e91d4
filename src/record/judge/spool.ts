import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../../sandbox-error.js';

/** Where a text lies: from a byte on, so many bytes; or it is there itself, where no room was left on the disk. */
export type Place = readonly [from: number, length: number] | string;

/** A block of AES, whose counter no two texts share. */
const BLOCK = 16;

/**
 * Texts out of memory: in a file that has no name any more and is gone with the process, encrypted with a key that
 * is nowhere else. What a recorder has to keep for its verdict is unmasked.
 */
export class Spool {
  readonly #key = randomBytes(32);
  readonly #file: number;
  readonly #path: string;
  #end = 0;
  #isFull = false;
  #isNamed = true;

  /** @throws UsageError where no temporary file can be made */
  constructor() {
    this.#path = join(tmpdir(), `esoz-sandbox-${randomBytes(8).toString('hex')}`);
    try {
      this.#file = openSync(this.#path, 'wx+', 0o600);
    } catch (error) {
      const what = `cannot write to ${tmpdir()} (${(error as NodeJS.ErrnoException).code})`;
      const hint = 'name a folder for temporary files in TMPDIR';
      throw new UsageError('USAGE_CANNOT_WRITE', what, hint);
    }
    this.#unlink();
  }

  put(text: string): Place {
    if (this.#isFull) return text;
    const from = this.#end;
    const cipher = createCipheriv('aes-256-ctr', this.#key, counterAt(from));
    const bytes = cipher.update(text, 'utf8');
    try {
      for (let done = 0; done < bytes.length; ) {
        done += writeSync(this.#file, bytes, done, bytes.length - done, from + done);
      }
    } catch {
      this.#isFull = true;
      return text;
    }
    this.#end = from + Math.ceil(bytes.length / BLOCK) * BLOCK;
    return [from, bytes.length];
  }

  get(place: Place): string {
    if (typeof place === 'string') return place;
    const [from, length] = place;
    const bytes = Buffer.alloc(length);
    for (let done = 0; done < length; ) {
      const read = readSync(this.#file, bytes, done, length - done, from + done);
      if (read === 0) throw new Error(`${this.#path} has been cut`);
      done += read;
    }
    const decipher = createDecipheriv('aes-256-ctr', this.#key, counterAt(from));
    return decipher.update(bytes).toString('utf8');
  }

  close(): void {
    closeSync(this.#file);
    if (this.#isNamed) this.#unlink();
  }

  /** A system that keeps the name of an open file lets it go when that is closed. */
  #unlink(): void {
    try {
      unlinkSync(this.#path);
      this.#isNamed = false;
    } catch {
      // It is tried again.
    }
  }
}

function counterAt(from: number): Buffer {
  const counter = Buffer.alloc(BLOCK);
  counter.writeBigUInt64BE(BigInt(from / BLOCK), 8);
  return counter;
}
