import { SBOXES } from './kupyna-sboxes.js';

/**
 * DSTU 7564:2014 (Kupyna) with a digest of 256 bits. Oliynykov and others, A New Standard of Ukraine: The Kupyna Hash
 * Function, https://eprint.iacr.org/2015/885
 */

/** Columns of the state, of 8 bytes each; and rounds of a permutation. */
const COLUMNS = 8;
const ROUNDS = 10;
const BLOCK = 8 * COLUMNS;
const DIGEST = 32;

/** The first row of the circulant matrix of MixColumns. */
const MATRIX = [1, 1, 5, 1, 8, 6, 7, 4];
/** x^8 + x^4 + x^3 + x^2 + 1. */
const POLYNOMIAL = 0x11d;

/**
 * What a byte of row `r` makes of a column, substituted and multiplied: two words, the low one at 512 r + 2 value.
 * Made when first used.
 */
let table: Int32Array | undefined;

/** @returns 32 bytes */
export function kupyna256(bytes: Uint8Array): Buffer {
  table ??= makeTable();
  const permute = permutation(table);
  const state = new Int32Array(2 * COLUMNS);
  state[0] = BLOCK;
  const message = padded(bytes);
  const [plus, xor] = [new Int32Array(2 * COLUMNS), new Int32Array(2 * COLUMNS)];
  for (let at = 0; at < message.length; at += BLOCK) {
    for (let i = 0; i < state.length; i += 1) {
      plus[i] = message.readInt32LE(at + 4 * i);
      xor[i] = (plus[i] as number) ^ (state[i] as number);
    }
    permute(xor, addXor);
    permute(plus, addPlus);
    for (let i = 0; i < state.length; i += 1) {
      state[i] = (state[i] as number) ^ (xor[i] as number) ^ (plus[i] as number);
    }
  }
  xor.set(state);
  permute(xor, addXor);
  const digest = Buffer.alloc(BLOCK);
  for (let i = 0; i < state.length; i += 1) {
    digest.writeInt32LE((state[i] as number) ^ (xor[i] as number), 4 * i);
  }
  return digest.subarray(BLOCK - DIGEST);
}

/** A one, zeros, and the length in bits as 96 bits. */
function padded(bytes: Uint8Array): Buffer {
  const whole = Buffer.alloc(Math.ceil((bytes.length + 13) / BLOCK) * BLOCK);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  whole.writeBigUInt64LE(BigInt(bytes.length) * 8n, whole.length - 12);
  return whole;
}

type AddConstant = (state: Int32Array, round: number) => void;

/** A permutation: constants are added, then bytes replaced, rows shifted and columns mixed, which one table does. */
function permutation(mixed: Int32Array) {
  const before = new Int32Array(2 * COLUMNS);
  return (state: Int32Array, addConstant: AddConstant): void => {
    for (let round = 0; round < ROUNDS; round += 1) {
      addConstant(state, round);
      before.set(state);
      for (let column = 0; column < COLUMNS; column += 1) {
        let [low, high] = [0, 0];
        for (let row = 0; row < 8; row += 1) {
          const from = 2 * ((column - row) & 7) + (row >> 2);
          const byte = ((before[from] as number) >>> (8 * (row & 3))) & 0xff;
          const at = 512 * row + 2 * byte;
          low ^= mixed[at] as number;
          high ^= mixed[at + 1] as number;
        }
        state[2 * column] = low;
        state[2 * column + 1] = high;
      }
    }
  };
}

/** Of T⊕: 16 times the column, and the round, in the column's first byte. */
function addXor(state: Int32Array, round: number): void {
  for (let column = 0; column < COLUMNS; column += 1) {
    state[2 * column] = (state[2 * column] as number) ^ ((column << 4) ^ round);
  }
}

/** Of T+: the column as a number, modulo 2^64, plus f3 f0 f0 f0 f0 f0 f0 and a byte of column and round. */
function addPlus(state: Int32Array, round: number): void {
  for (let column = 0; column < COLUMNS; column += 1) {
    const last = ((COLUMNS - 1 - column) << 4) ^ round;
    const low = ((state[2 * column] as number) >>> 0) + 0xf0f0f0f3;
    const carry = low > 0xffffffff ? 1 : 0;
    state[2 * column] = low;
    state[2 * column + 1] = (state[2 * column + 1] as number) + (0x00f0f0f0 | (last << 24)) + carry;
  }
}

function makeTable(): Int32Array {
  const made = new Int32Array(8 * 512);
  for (let row = 0; row < 8; row += 1) {
    const sbox = SBOXES[row % 4] as Buffer;
    for (let value = 0; value < 256; value += 1) {
      for (let to = 0; to < 8; to += 1) {
        const product = multiply(sbox[value] as number, MATRIX[(row - to) & 7] as number);
        const at = 512 * row + 2 * value + (to >> 2);
        made[at] = (made[at] as number) | (product << (8 * (to & 3)));
      }
    }
  }
  return made;
}

/** In GF(2^8). */
function multiply(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ (b & (1 << bit) ? a : 0);
    if (product & 0x100) product ^= POLYNOMIAL;
  }
  return product;
}
