import { createHmac, randomBytes } from 'node:crypto';

/** The longest beginning of a credential that people get to see. */
const SHOWN = 4;

const SMALL = 'abcdefghijklmnopqrstuvwxyz';
const LARGE = SMALL.toUpperCase();
const DIGITS = '0123456789';
const HEX = '0123456789abcdef';
const CYRILLIC = 'абвгдежзийклмнопрстуфхцчшщьюяєіїґ';

/**
 * Stand-ins for credentials: as long as these, with the same first characters (those that the journal shows) and signs
 * of the same kinds, and the same one for the same credential. The rest comes of a key that nobody keeps.
 */
export class StandIns {
  readonly #key = randomBytes(32);
  readonly #byCredential = new Map<string, string>();
  readonly #made = new Set<string>();

  of(credential: string): string {
    const known = this.#byCredential.get(credential);
    if (known !== undefined) return known;
    // A stand-in stays what it is; a text of one sign has none.
    if (this.#made.has(credential) || !/[\p{L}\p{N}]/u.test(credential)) return credential;
    let standIn = credential;
    for (let round = 0; standIn === credential; round += 1) standIn = this.#make(credential, round);
    this.#byCredential.set(credential, standIn);
    this.#made.add(standIn);
    return standIn;
  }

  #make(credential: string, round: number): string {
    // Of a short one less is shown; where nothing behind it can change, its beginning does.
    const shown = round < 8 ? Math.min(SHOWN, Math.floor(credential.length / 2)) : 0;
    const isHex = /^[\da-f-]+$/.test(credential);
    const bytes = this.#bytes(credential, round);
    let made = credential.slice(0, shown);
    for (let i = shown; i < credential.length; i += 1) {
      made += like(credential[i] as string, bytes(), isHex);
    }
    return made;
  }

  /** As many bytes as are asked for. */
  #bytes(credential: string, round: number): () => number {
    let block = Buffer.alloc(0);
    let at = 0;
    let count = 0;
    return () => {
      if (at === block.length) {
        block = createHmac('sha256', this.#key).update(`${round}:${count}:${credential}`).digest();
        count += 1;
        at = 0;
      }
      at += 1;
      return block[at - 1] as number;
    };
  }
}

/** A sign of the same kind; punctuation stays. */
function like(sign: string, byte: number, isHex: boolean): string {
  const signs = kindOf(sign, isHex);
  return signs === undefined ? sign : (signs[byte % signs.length] as string);
}

function kindOf(sign: string, isHex: boolean): string | undefined {
  if (isHex) return sign === '-' ? undefined : HEX;
  for (const signs of [SMALL, LARGE, DIGITS]) if (signs.includes(sign)) return signs;
  return sign > '\u007f' ? CYRILLIC : undefined;
}
