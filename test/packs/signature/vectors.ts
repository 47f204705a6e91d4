import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** Made by Bouncy Castle, see vectors/Make.java; one a line. */
export function vectors<T>(name: 'digests' | 'equations' | 'containers'): T[] {
  const text = readFileSync(new URL(`vectors/${name}.jsonl`, import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** A compressed point, a hash, r and s: little-endian, as hexadecimal digits. */
export interface Equation {
  key: string;
  hash: string;
  signature: string;
}

export interface ContainerVector {
  about: string;
  /** Bytes of the content. */
  length: number;
  digests: ('gost' | 'kupyna')[];
  gzip: string;
}

export const CONTAINERS = vectors<ContainerVector>('containers');

export function bytesOf({ gzip }: ContainerVector): Buffer {
  return gunzipSync(Buffer.from(gzip, 'base64'));
}

/** Of the vectors, with signed attributes and without. */
export function contentOf(length: number): Buffer {
  return Buffer.from(Array.from({ length }, (_, i) => (7 * i + length) & 0xff));
}

/** Numbers below `below` that are the same each time (Park and Miller). */
export function repeatable(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 0x7fffffff;
    return state % below;
  };
}
