import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** A text that waits in little memory: a hundred thousand jobs keep their requests. */
export type Compressed = string & { readonly packed: true };

export interface Compressor {
  compress(text: string): Compressed;
  decompress(packed: Compressed): string;
}

/**
 * Texts are deflated and kept one byte a character, as one object each.
 * @param likely what texts will look like: a request like the contract's example shrinks to a tenth
 */
export function makeCompressor(likely: string): Compressor {
  // RFC 1951 §2: nothing further back than 32 KiB can be referred to.
  const dictionary = Buffer.from(likely).subarray(-32_768);
  const options = dictionary.length > 0 ? { level: 1, dictionary } : { level: 1 };
  return {
    compress: (text) => deflateRawSync(text, options).toString('latin1') as Compressed,
    decompress: (packed) => inflateRawSync(Buffer.from(packed, 'latin1'), options).toString('utf8'),
  };
}
