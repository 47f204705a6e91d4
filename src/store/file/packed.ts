import { promisify } from 'node:util';
import { deflateRaw, inflateRawSync } from 'node:zlib';
import type { Between } from './keys.js';

const deflate = promisify(deflateRaw);

/** Values of these keys are facts, which are alike: packed they take a tenth, and so does all that LevelDB does with them. */
export function isPacked(key: string): boolean {
  return key.startsWith('f/') || key.startsWith('w/');
}

export function arePacked({ gt, gte }: Between): boolean {
  return isPacked(gte ?? gt ?? '');
}

/** Away from the event loop. */
export function pack(value: Buffer | string): Promise<Buffer> {
  return deflate(typeof value === 'string' ? Buffer.from(value) : value, { level: 1 });
}

export function unpack(value: Buffer): string {
  return inflateRawSync(value).toString();
}
