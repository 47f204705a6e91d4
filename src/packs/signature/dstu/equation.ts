import { BASE, decompress, ORDER, sumOf } from './curve.js';
import { bitsOf, element, M, multiply, ONE, ZERO } from './field.js';

/** Bytes of each half of a signature on PB-257, and of a compressed point. */
const HALF = 32;
const POINT = 33;

/** One bit less than the order has: what r keeps of a field element (DSTU 4145-2002). */
const R_BITS = 255;

/**
 * The verification of DSTU 4145-2002 on the curve PB-257: R = s P + r Q, and r is h x_R, cut off.
 * Numbers are little-endian, as in containers and certificates.
 * @param key the compressed point Q, 33 bytes
 * @param hash of what was signed
 * @param signature r and s, 32 bytes each
 */
export function isSignature(key: Uint8Array, hash: Uint8Array, signature: Uint8Array): boolean {
  if (key.length !== POINT || signature.length !== 2 * HALF) return false;
  const r = numberOf(signature.subarray(0, HALF));
  const s = numberOf(signature.subarray(HALF));
  if (r <= 0n || s <= 0n || r >= ORDER || s >= ORDER) return false;
  const point = decompress(numberOf(key));
  if (!point) return false;
  const sum = sumOf(s, BASE, r, point);
  if (!sum) return false;
  const product = multiply(hashElement(hash), sum.x);
  return BigInt.asUintN(R_BITS, bitsOf(product)) === r;
}

/** The lowest bits of the hash; zero counts as one. */
function hashElement(hash: Uint8Array) {
  const h = element(BigInt.asUintN(M, numberOf(hash)));
  return h === ZERO ? ONE : h;
}

function numberOf(littleEndian: Uint8Array): bigint {
  return BigInt(`0x0${Buffer.from(littleEndian).reverse().toString('hex')}`);
}
