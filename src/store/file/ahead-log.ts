import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Entry, entriesOf, HEADER, seal } from './ahead-entry.js';
import { AheadFile } from './ahead-file.js';
import type { Call } from './call.js';
import { unavailable } from './unavailable.js';

const NAMES = ['ahead-1.log', 'ahead-2.log'];

/** Calls stand in memory behind each other in pieces of this size, for as long as they are nowhere else. */
const PIECE = 1024 * 1024;

/** A call that was found. */
export interface FoundCall extends Entry {
  bytes: Buffer;
}

/**
 * Calls, written ahead into one of two files. While the facts of one are written elsewhere, calls go into the other;
 * it is written over once nothing of it is needed.
 */
export class AheadLog {
  #piece = Buffer.alloc(0);
  /** Where the piece has room. */
  #at = 0;
  #file: AheadFile;
  #other: AheadFile;

  private constructor([file, other]: [AheadFile, AheadFile]) {
    this.#file = file;
    this.#other = other;
  }

  /**
   * Opens the files of a folder, and cuts off what is torn or not needed.
   * @param from the first call that is nowhere else
   * @returns with the calls from there on, as far as none is missing
   */
  static async open(
    folder: string,
    strict: boolean,
    from: number,
  ): Promise<{ log: AheadLog; calls: FoundCall[] }> {
    const paths = NAMES.map((name) => join(folder, name));
    const [a, b] = await Promise.all(paths.map((path) => AheadFile.open(path, strict)));
    const files = await Promise.all(
      [a, b].map(async (file, i) => {
        const bytes = await readFile(paths[i] as string);
        return { file: file as AheadFile, bytes, entries: entriesOf(bytes) };
      }),
    );
    const inOrder = files.sort((a, b) => firstOf(a.entries) - firstOf(b.entries));
    const calls: FoundCall[] = [];
    for (const { file, bytes, entries } of inOrder) {
      // In a power cut that the store was not to outlive, calls before these may have been lost.
      const next = from + calls.length;
      const isNext = entries.some(({ number }) => number === next);
      for (const entry of isNext ? entries : []) {
        file.first ||= entry.number;
        file.last = entry.number;
        file.end = entry.to;
        if (entry.number >= next) calls.push({ ...entry, bytes });
      }
      await file.cut();
    }
    await settle(folder);
    const [first, second] = inOrder.map(({ file }) => file) as [AheadFile, AheadFile];
    // Calls go on behind the newest.
    return { log: new AheadLog(second.end > 0 ? [second, first] : [first, second]), calls };
  }

  /**
   * Writes a call.
   * @param behind the first call that is nowhere else
   * @returns how many bytes it has
   * @throws StoreUnavailable
   */
  async write(number: number, behind: number, call: Call): Promise<number> {
    const size = HEADER + call.measure();
    if (this.#at + size > this.#piece.length) {
      this.#piece = Buffer.allocUnsafeSlow(Math.max(PIECE, size));
      this.#at = 0;
    }
    const [bytes, from, to] = [this.#piece, this.#at, this.#at + size];
    call.write(bytes, from + HEADER);
    seal(bytes, from, to, number);
    const [file, other] = [this.#file, this.#other];
    if (file.first < behind && other.last < behind && file.end > 0) {
      other.beginAnew();
      [this.#file, this.#other] = [other, file];
    }
    try {
      await this.#file.write(number, bytes, from, to);
    } catch (error) {
      throw unavailable(error);
    }
    this.#at = to;
    return size;
  }

  /** @param isEmpty whether all calls are elsewhere */
  async close(isEmpty: boolean): Promise<void> {
    for (const file of [this.#file, this.#other]) {
      if (isEmpty) file.beginAnew();
      await file.cut().catch(() => {});
      await file.close();
    }
  }
}

const firstOf = (entries: readonly Entry[]): number => entries[0]?.number ?? 0;

/** A file that was made outlives a power cut once its folder is on the disk; some systems know no such thing. */
async function settle(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // As it is, then.
  }
}
