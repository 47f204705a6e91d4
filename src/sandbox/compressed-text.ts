import { deflateRawSync, inflateRawSync } from 'node:zlib';

/**
 * A text that waits, and costs little memory once it has waited: a hundred thousand jobs keep their
 * requests. Read it by the compressor that keeps it.
 */
export interface WaitingText {
  /** As it came; undefined once it is compressed. */
  plain: string | undefined;
  /** One byte a character; undefined before. */
  compressed: string | undefined;
}

export interface Compressor {
  /** Keeps a text: as it is while it is young, compressed when enough others have come after it. */
  keep(text: string): WaitingText;
  read(kept: WaitingText): string;
}

/** So many characters may wait as they came: most jobs end, and most exchanges are let go, before that. */
const MAX_PLAIN = 16 * 1024 * 1024;

/**
 * @param likely what texts will look like: a request like the contract's example shrinks to a tenth
 * @param maxPlain so many characters are kept as they came
 */
export function makeCompressor(likely: string | (() => string), maxPlain = MAX_PLAIN): Compressor {
  // RFC 1951 §2: nothing further back than 32 KiB can be referred to.
  let made: { level: number; dictionary?: Buffer } | undefined;
  const options = () => {
    if (made) return made;
    const dictionary = Buffer.from(typeof likely === 'string' ? likely : likely()).subarray(
      -32_768,
    );
    made = dictionary.length > 0 ? { level: 1, dictionary } : { level: 1 };
    return made;
  };
  /** Oldest first; those that nobody keeps any more are gone. */
  let young: { kept: WeakRef<WaitingText>; length: number }[] = [];
  let oldest = 0;
  let characters = 0;
  const compressOldest = () => {
    const entry = young[oldest];
    if (!entry) return;
    oldest += 1;
    characters -= entry.length;
    const kept = entry.kept.deref();
    if (kept?.plain !== undefined) {
      kept.compressed = deflateRawSync(kept.plain, options()).toString('latin1');
      kept.plain = undefined;
    }
    if (oldest > 1024 && oldest * 2 > young.length) {
      young = young.slice(oldest);
      oldest = 0;
    }
  };
  return {
    keep: (text) => {
      const kept: WaitingText = { plain: text, compressed: undefined };
      young.push({ kept: new WeakRef(kept), length: text.length });
      characters += text.length;
      while (characters > maxPlain) compressOldest();
      return kept;
    },
    read: ({ plain, compressed = '' }) =>
      plain ?? inflateRawSync(Buffer.from(compressed, 'latin1'), options()).toString('utf8'),
  };
}
