/**
 * GOST 34.311-95 with the substitution table that keys of DSTU 4145 have by default (DKE no. 1).
 * The same function without its Ukrainian name and with another table is GOST R 34.11-94 (RFC 5831).
 */

/** 8 rows of 16 nibbles; the first row replaces the lowest nibble of a word. */
export const DKE_1 =
  'a9d6eb45f13c708280c4967b231f5eadf658eba4c037291d38d96bf025ca4e17' +
  'f8e9720dc615b43a28975f0bc1dea36438b564ea2c179fd0123e6db8fac57904';

/** Bytes of a block, of the state and of the digest. */
const BLOCK = 32;
const ROUNDS = 32;

type Tables = [Int32Array, Int32Array, Int32Array, Int32Array];

/** Substitution and rotation by 11 of a whole byte of a word, for each of its four bytes; made when first used. */
let tables: Tables | undefined;

/** RFC 5831, C_3; C_2 and C_4 are zero. As words, the lowest first. */
const C3 = Int32Array.of(
  0xff00ff00,
  0xff00ff00,
  0x00ff00ff,
  0x00ff00ff,
  0x00ffff00,
  0xff0000ff,
  0x000000ff,
  0xff00ffff,
);

/** @returns 32 bytes */
export function gost34311(bytes: Uint8Array): Buffer {
  const step = makeStep();
  const state = new Uint8Array(BLOCK);
  const sum = new Uint8Array(BLOCK);
  for (let at = 0; at < bytes.length; at += BLOCK) {
    const block = new Uint8Array(BLOCK);
    block.set(bytes.subarray(at, at + BLOCK));
    step(state, block);
    add(sum, block);
  }
  const length = Buffer.alloc(BLOCK);
  length.writeBigUInt64LE(BigInt(bytes.length) * 8n);
  step(state, length);
  step(state, sum);
  return Buffer.from(state);
}

/** RFC 5831: the sum of the blocks, modulo 2^256. */
function add(sum: Uint8Array, block: Uint8Array): void {
  let carry = 0;
  for (let i = 0; i < BLOCK; i += 1) {
    carry += (sum[i] as number) + (block[i] as number);
    sum[i] = carry;
    carry >>>= 8;
  }
}

/** The step function χ (RFC 5831), which changes the state; what it works on is kept from call to call. */
function makeStep(): (state: Uint8Array, block: Uint8Array) => void {
  const [u, v, key, encrypted] = [words(), words(), words(), new Uint8Array(BLOCK)];
  tables ??= [0, 1, 2, 3].map(tableOf) as Tables;
  const encrypt = encrypter(tables);
  return (state, block) => {
    read(state, u);
    read(block, v);
    for (let part = 0; part < 4; part += 1) {
      if (part > 0) {
        shift(u);
        if (part === 2) for (let i = 0; i < 8; i += 1) u[i] = (u[i] as number) ^ (C3[i] as number);
        shift(v);
        shift(v);
      }
      permute(u, v, key);
      encrypt(state, part * 8, key, encrypted);
    }
    mix(state, block, encrypted);
  };
}

const words = () => new Int32Array(BLOCK / 4);

function read(from: Uint8Array, to: Int32Array): void {
  for (let i = 0; i < to.length; i += 1) to[i] = wordAt(from, 4 * i);
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24)
  );
}

/** RFC 5831, A: (y1 ^ y2) || y4 || y3 || y2, y1 being the lowest 64 bits. */
function shift(y: Int32Array): void {
  const low = (y[0] as number) ^ (y[2] as number);
  const high = (y[1] as number) ^ (y[3] as number);
  y.copyWithin(0, 2);
  y[6] = low;
  y[7] = high;
}

/** RFC 5831, P of u ^ v: byte 8i + k comes to 4k + i. */
function permute(u: Int32Array, v: Int32Array, key: Int32Array): void {
  for (let k = 0; k < 8; k += 1) {
    const [half, place] = [k >> 2, 8 * (k & 3)];
    let word = 0;
    for (let i = 0; i < 4; i += 1) {
      const from = (u[2 * i + half] as number) ^ (v[2 * i + half] as number);
      word |= ((from >>> place) & 0xff) << (8 * i);
    }
    key[k] = word;
  }
}

/** GOST 28147-89 of 64 bits (RFC 5830): the key's words thrice forwards, once backwards. */
function encrypter([t0, t1, t2, t3]: Tables) {
  return (from: Uint8Array, at: number, key: Int32Array, to: Uint8Array): void => {
    let a = wordAt(from, at);
    let b = wordAt(from, at + 4);
    for (let round = 0; round < ROUNDS; round += 1) {
      const n = (a + (key[round < 24 ? round & 7 : 31 - round] as number)) | 0;
      const f =
        (t0[n & 0xff] as number) ^
        (t1[(n >>> 8) & 0xff] as number) ^
        (t2[(n >>> 16) & 0xff] as number) ^
        (t3[n >>> 24] as number);
      const next = b ^ f;
      b = a;
      a = next;
    }
    for (let i = 0; i < 4; i += 1) {
      to[at + i] = b >>> (8 * i);
      to[at + 4 + i] = a >>> (8 * i);
    }
  };
}

/** RFC 5831: ψ^61 (state ^ ψ (block ^ ψ^12 (encrypted))). */
function mix(state: Uint8Array, block: Uint8Array, encrypted: Uint8Array): void {
  const y = new Uint16Array(16 + 12 + 1 + 61);
  for (let i = 0; i < 16; i += 1) y[i] = pairAt(encrypted, i);
  let at = psi(y, 0, 12);
  for (let i = 0; i < 16; i += 1) y[at + i] = (y[at + i] as number) ^ pairAt(block, i);
  at = psi(y, at, 1);
  for (let i = 0; i < 16; i += 1) y[at + i] = (y[at + i] as number) ^ pairAt(state, i);
  at = psi(y, at, 61);
  for (let i = 0; i < 16; i += 1) {
    state[2 * i] = y[at + i] as number;
    state[2 * i + 1] = (y[at + i] as number) >>> 8;
  }
}

function pairAt(bytes: Uint8Array, i: number): number {
  return (bytes[2 * i] as number) | ((bytes[2 * i + 1] as number) << 8);
}

/** ψ: 16 words of 16 bits move down by one, and a sum of six of them comes on top. @returns where they begin now */
function psi(y: Uint16Array, from: number, times: number): number {
  for (let i = from; i < from + times; i += 1) {
    y[i + 16] =
      (y[i] as number) ^
      (y[i + 1] as number) ^
      (y[i + 2] as number) ^
      (y[i + 3] as number) ^
      (y[i + 12] as number) ^
      (y[i + 15] as number);
  }
  return from + times;
}

function tableOf(byte: number): Int32Array {
  const row = (n: number) => DKE_1.slice(16 * n, 16 * n + 16);
  const [low, high] = [row(2 * byte), row(2 * byte + 1)];
  return Int32Array.from({ length: 256 }, (_, value) => {
    const replaced = Number.parseInt(`${high[value >>> 4]}${low[value & 0xf]}`, 16) << (8 * byte);
    return (replaced << 11) | (replaced >>> 21);
  });
}
