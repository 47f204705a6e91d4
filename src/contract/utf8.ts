import { isUtf8 } from 'node:buffer';

/**
 * Where a text stops being UTF-8: the offset of the first byte that cannot stand there, or of the character that the
 * text's end cuts off; undefined when all of it is (RFC 3629 §4).
 */
export function firstBadByte(bytes: Uint8Array): number | undefined {
  if (isUtf8(bytes)) return undefined;
  let at = 0;
  while (at < bytes.length) {
    const length = lengthOf(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return undefined;
}

/** What may follow a first byte: how many bytes in all, and the limits of the second one. */
type Sequence = readonly [length: number, least: number, most: number];

/** RFC 3629 §4: nothing is written too long, no surrogates, nothing beyond U+10FFFF. */
function sequenceOf(first: number): Sequence {
  if (first < 0xc2 || first > 0xf4) return [0, 0, 0];
  if (first < 0xe0) return [2, 0x80, 0xbf];
  if (first < 0xf0) return [3, first === 0xe0 ? 0xa0 : 0x80, first === 0xed ? 0x9f : 0xbf];
  return [4, first === 0xf0 ? 0x90 : 0x80, first === 0xf4 ? 0x8f : 0xbf];
}

/** Bytes of the character that begins here; 0 when none does. */
function lengthOf(bytes: Uint8Array, at: number): number {
  const first = bytes[at] as number;
  if (first < 0x80) return 1;
  const [length, least, most] = sequenceOf(first);
  const second = bytes[at + 1] ?? 0;
  if (second < least || second > most) return 0;
  for (let i = 2; i < length; i += 1) if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

/** Bytes as text: UTF-8 where they are that, else a character for each byte, so that none is lost. */
export function textOf(bytes: Buffer): string {
  return bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1');
}
