import { crc32 } from 'node:zlib';

/**
 * A call in a file that is written ahead: checksum of what follows (4 bytes), length of the call (4), its number (8),
 * then the call itself (`call-text.ts`). Numbers are little-endian.
 */
export const HEADER = 16;

export interface Entry {
  number: number;
  /** Where the call begins, and where it ends. */
  from: number;
  to: number;
}

/** Writes the header of a call that stands behind the place for it. */
export function seal(bytes: Buffer, from: number, to: number, number: number): void {
  bytes.writeUInt32LE(to - from - HEADER, from + 4);
  bytes.writeDoubleLE(number, from + 8);
  bytes.writeUInt32LE(crc32(bytes.subarray(from + 4, to)), from);
}

/** The calls of a file up to the first place that is torn, or was written before the calls in front of it. */
export function entriesOf(bytes: Buffer): Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; at + HEADER < bytes.length; ) {
    const length = bytes.readUInt32LE(at + 4);
    const number = bytes.readDoubleLE(at + 8);
    const to = at + HEADER + length;
    const last = entries.at(-1);
    if (length === 0 || to > bytes.length || (last && number !== last.number + 1)) break;
    if (crc32(bytes.subarray(at + 4, to)) !== bytes.readUInt32LE(at)) break;
    entries.push({ number, from: at + HEADER, to });
    at = to;
  }
  return entries;
}
