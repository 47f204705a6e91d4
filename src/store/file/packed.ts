import { promisify } from 'node:util';
import { deflateRaw, deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Between } from './keys.js';

const deflate = promisify(deflateRaw);

/** Values of these keys are facts, which are alike: packed they take a tenth, and so does all that LevelDB does with them. */
export function isPacked(key: string): boolean {
  return key.startsWith('f/') || key.startsWith('w/');
}

export function arePacked({ gt, gte }: Between): boolean {
  return isPacked(gte ?? gt ?? '');
}

/** Half the usual window: facts of polls take 0.8 of the time so, and those of scheduled jobs no more room. */
const QUICKLY = { level: 1, windowBits: 14, memLevel: 9 };

/**
 * What is longer is packed away from the event loop, in bytes. To give it away and take it back costs the loop as much as
 * to pack so much itself does: 200 to 300 µs.
 */
const LONG = 64 * 1024;

/** Facts of a session are mostly few: they are packed at once. */
export function pack(value: Buffer | string): Buffer | Promise<Buffer> {
  return value.length < LONG ? deflateRawSync(value, QUICKLY) : deflate(value, QUICKLY);
}

export function unpack(value: Buffer): string {
  return inflateRawSync(value).toString();
}
