import * as fs from 'node:fs';
import { promisify } from 'node:util';

const { O_CREAT, O_RDWR, O_DSYNC } = fs.constants;

const open = promisify(fs.open);
const close = promisify(fs.close);
const ftruncate = promisify(fs.ftruncate);

/** Linux writes and waits for the disk in one call, which costs less than two; others need a call for each. */
const AS_ONE = process.platform === 'linux' ? (O_DSYNC ?? 0) : 0;

/** So much room there must be before a disk that was full counts as one that is not. */
const ROOM = Buffer.alloc(64 * 1024);

/**
 * A file of calls that are written ahead. Once all of them are elsewhere it is written again from its beginning: room
 * that it has already needs no work of the file system.
 */
export class AheadFile {
  /** The numbers of the first call and the last; 0: it has none. */
  first = 0;
  last = 0;
  /** Behind its calls. */
  end = 0;
  #failed = false;

  private constructor(
    private readonly descriptor: number,
    private readonly sync: boolean,
  ) {}

  /** @param strict whether what it has written is on the disk; else the kernel has it */
  static async open(path: string, strict: boolean): Promise<AheadFile> {
    const descriptor = await open(path, O_RDWR | O_CREAT | (strict ? AS_ONE : 0), 0o644);
    return new AheadFile(descriptor, strict && AS_ONE === 0);
  }

  /**
   * Writes a call behind the others.
   * @throws Error when it is not there; none is written behind it until what there may be of it is cut off
   */
  async write(number: number, bytes: Buffer, from: number, to: number): Promise<void> {
    if (this.#failed) await this.#mend();
    try {
      await this.#put(bytes, from, to);
    } catch (error) {
      this.#failed = true;
      await this.cut().catch(() => {});
      throw error;
    }
    if (this.end === 0) this.first = number;
    this.last = number;
    this.end += to - from;
  }

  /** Its calls are elsewhere: it begins anew. */
  beginAnew(): void {
    this.first = this.last = this.end = 0;
  }

  /** Cuts off what stands behind its calls. */
  async cut(): Promise<void> {
    await ftruncate(this.descriptor, this.end);
  }

  async close(): Promise<void> {
    await close(this.descriptor);
  }

  /** There has to be some room, or a short call would find a place where a longer one has not. */
  async #mend(): Promise<void> {
    await this.cut();
    try {
      await this.#put(ROOM, 0, ROOM.length);
      this.#failed = false;
    } finally {
      await this.cut();
    }
  }

  #put(bytes: Buffer, from: number, to: number): Promise<void> {
    const { descriptor, end } = this;
    const isSynced = this.sync;
    return new Promise((done, fail) => {
      const go = (at: number): void => {
        fs.write(descriptor, bytes, at, to - at, end + at - from, (error, written) => {
          if (error) fail(error);
          else if (at + written < to) go(at + written);
          else if (isSynced) fs.fdatasync(descriptor, (error) => (error ? fail(error) : done()));
          else done();
        });
      };
      go(from);
    });
  }
}
