import {
  add,
  bitsOf,
  type Element,
  element,
  halfTrace,
  invert,
  M,
  multiply,
  ONE,
  square,
  trace,
  ZERO,
} from './field.js';

/** DSTU 4145-2002, a recommended curve: y^2 + xy = x^3 + b over GF(2^257), `PB-257`; its a is zero. */
export const B = '01cef494720115657e18f938d7a7942394ff9425c1458c57861f9eea6adbe3be10';
const b = element(BigInt(`0x${B}`));

/** The order of the base point, a prime of 256 bits. */
export const ORDER = 0x800000000000000000000000000000006759213af182e987d3e17714907d470dn;

/** Neither is the point at infinity. */
export interface Point {
  x: Element;
  y: Element;
}

/** The base point, compressed and whole. */
export const BASE_POINT = '002a29ef207d0e9b6c55cd260b306c7e007ac491ca1b10c62334a9e8dcd8d20fb6';
export const BASE: Point = {
  x: element(0x02a29ef207d0e9b6c55cd260b306c7e007ac491ca1b10c62334a9e8dcd8d20fb7n),
  y: element(0x10686d41ff744d4449fccf6d8eea03102e6812c93a9d60b978b702cf156d814efn),
};

/** López and Dahab: x = X / Z, y = Y / Z^2; at infinity Z is zero. */
interface Projective {
  x: Element;
  y: Element;
  z: Element;
}

const INFINITY: Projective = { x: ONE, y: ZERO, z: ZERO };

/**
 * DSTU 4145-2002: a point as one element, the lowest bit of x giving way to the trace of y / x. That bit is
 * found again, because the trace of every x is that of the curve's a.
 * @returns undefined: there is no such point
 */
export function decompress(bits: bigint): Point | undefined {
  if (bits >> BigInt(M) !== 0n) return undefined;
  const wanted = bits & 1n;
  let x = element(bits - wanted);
  if (trace(x) !== ZERO) x = add(x, ONE);
  if (x === ZERO) return undefined;
  // With y = xz: z^2 + z = x + b / x^2.
  const right = add(x, multiply(b, square(invert(x))));
  if (trace(right) !== ZERO) return undefined;
  let z = halfTrace(right);
  if (bitsOf(trace(z)) !== wanted) z = add(z, ONE);
  return { x, y: multiply(x, z) };
}

/** s P + r Q; undefined at infinity. */
export function sumOf(s: bigint, p: Point, r: bigint, q: Point): Point | undefined {
  const both = addAffine({ ...p, z: ONE }, q);
  const sum = both.z === ZERO ? undefined : affine(both);
  let total = INFINITY;
  for (let i = bitLength(s > r ? s : r) - 1n; i >= 0n; i -= 1n) {
    total = double(total);
    const [inS, inR] = [(s >> i) & 1n, (r >> i) & 1n];
    if (inS && inR) total = sum ? addAffine(total, sum) : total;
    else if (inS) total = addAffine(total, p);
    else if (inR) total = addAffine(total, q);
  }
  return total.z === ZERO ? undefined : affine(total);
}

function affine({ x, y, z }: Projective): Point {
  const inverse = invert(z);
  return { x: multiply(x, inverse), y: multiply(y, square(inverse)) };
}

function double({ x, y, z }: Projective): Projective {
  const [x2, z2] = [square(x), square(z)];
  const bz4 = multiply(b, square(z2));
  const newZ = multiply(x2, z2);
  const newX = add(square(x2), bz4);
  return {
    x: newX,
    y: add(multiply(bz4, newZ), multiply(newX, add(square(y), bz4))),
    z: newZ,
  };
}

function addAffine(one: Projective, other: Point): Projective {
  if (one.z === ZERO) return { ...other, z: ONE };
  const a = add(one.y, multiply(other.y, square(one.z)));
  const d = add(one.x, multiply(other.x, one.z));
  // The same x: the same point, or its opposite.
  if (d === ZERO) return a === ZERO ? double(one) : INFINITY;
  const c = multiply(one.z, d);
  const e = multiply(a, c);
  const z = square(c);
  const x = add(add(square(a), e), multiply(square(d), c));
  const f = add(x, multiply(other.x, z));
  const g = multiply(add(other.x, other.y), square(z));
  return { x, y: add(multiply(add(e, z), f), g), z };
}

function bitLength(n: bigint): bigint {
  return BigInt(n.toString(2).length);
}
