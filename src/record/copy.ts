import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { parseJson } from '../contract/json.js';
import { isJson, mediaTypeOf } from '../contract/media-type.js';
import { type Body, type HeaderLines, headerOf } from './seen.js';

/** Longer bodies are passed on whole and kept in part: many of them must not fill the memory. */
const MAX_COPY = 1024 * 1024;
/** A small body can unfold to any size. */
const MAX_DECOMPRESSED = 4 * MAX_COPY;

/** The beginning of a body that streams by. */
export class Copy {
  readonly #parts: Buffer[] = [];
  #kept = 0;
  #length = 0;

  add(part: Buffer): void {
    this.#length += part.length;
    const room = MAX_COPY - this.#kept;
    if (room <= 0) return;
    const piece = part.length > room ? Buffer.from(part.subarray(0, room)) : part;
    this.#parts.push(piece);
    this.#kept += piece.length;
  }

  body(headers: HeaderLines): Body {
    const mediaType = mediaTypeOf(headerOf(headers, 'content-type'));
    const length = this.#length;
    const bytes = Buffer.concat(this.#parts);
    const plain = decode(bytes, headerOf(headers, 'content-encoding'));
    const whole = plain !== undefined && this.#kept === length;
    if (!plain) return { text: '', json: undefined, mediaType, length, whole };
    const text = plain.toString('utf8');
    const json = whole && couldBeJson(mediaType) ? parseJson(text) : undefined;
    return { text, json, mediaType, length, whole };
  }
}

/** Undoes a content coding (RFC 9110 §8.4.1); undefined when that cannot be done. */
export function decode(bytes: Buffer, coding: string | undefined): Buffer | undefined {
  const options = { maxOutputLength: MAX_DECOMPRESSED };
  const name = (coding ?? 'identity').trim().toLowerCase();
  if (bytes.length === 0 || name === 'identity') return bytes;
  try {
    if (name === 'gzip' || name === 'x-gzip') return gunzipSync(bytes, options);
    if (name === 'br') return brotliDecompressSync(bytes, options);
    if (name === 'deflate') return inflate(bytes, options);
  } catch {
    return undefined;
  }
  return undefined;
}

/** RFC 9110 §8.4.1.2: some send the deflate data without the zlib frame around it. */
function inflate(bytes: Buffer, options: { maxOutputLength: number }): Buffer {
  try {
    return inflateSync(bytes, options);
  } catch {
    return inflateRawSync(bytes, options);
  }
}

/** A body without a type may be JSON; one of another type is not read as such. */
function couldBeJson(mediaType: string): boolean {
  return mediaType === '' || isJson(mediaType);
}
