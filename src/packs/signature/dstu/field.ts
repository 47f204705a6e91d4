/**
 * GF(2^257) in a polynomial basis, modulo x^257 + x^12 + 1. An element is a BigInt that holds each coefficient in
 * nine bits, three octal digits, of which the lowest counts: then the product of two numbers is the product of
 * two polynomials with coefficients of at most 257, and their parities are the product that is wanted.
 */
export type Element = bigint;

/** The degree of the field. */
export const M = 257;
const K = 12;

/** Bits of a coefficient: 257 < 2^9. */
const WIDTH = 9;
const DIGITS = WIDTH / 3;
const TOP = BigInt(M * WIDTH);
const MIDDLE = BigInt(K * WIDTH);
const LOW = (1n << TOP) - 1n;
const PARITIES = spread((1n << BigInt(2 * M)) - 1n);

export const ZERO: Element = 0n;
export const ONE: Element = 1n;

/** From a number whose bit i is the coefficient of x^i, below 2^257. */
export function element(bits: bigint): Element {
  return spread(bits);
}

/** The number whose bits are the coefficients. */
export function bitsOf(a: Element): bigint {
  const digits = a.toString(8);
  let bits = '0b0';
  for (let i = 0; i < digits.length; i += DIGITS) bits += digits[i];
  return BigInt(bits);
}

/** The sum, which is the difference. */
export function add(a: Element, b: Element): Element {
  return a ^ b;
}

export function multiply(a: Element, b: Element): Element {
  let product = (a * b) & PARITIES;
  while (product > LOW) {
    const over = product >> TOP;
    product = (product & LOW) ^ over ^ (over << MIDDLE);
  }
  return product;
}

export function square(a: Element): Element {
  return multiply(a, a);
}

/** a^(2^257 - 2): a^(2^256 - 1) by doubling the exponent's ones eight times (Itoh and Tsujii), squared. */
export function invert(a: Element): Element {
  let power = a;
  for (let ones = 1; ones < M - 1; ones *= 2) {
    power = multiply(squared(power, ones), power);
  }
  return square(power);
}

/** a + a^2 + a^4 + … + a^(2^256): zero or one. */
export function trace(a: Element): Element {
  return sum(a, 1, M - 1);
}

/** a + a^4 + a^16 + … + a^(2^256): solves z^2 + z = a where the trace of a is zero (m is odd). */
export function halfTrace(a: Element): Element {
  return sum(a, 2, (M - 1) / 2);
}

function sum(a: Element, squarings: number, times: number): Element {
  let [total, power] = [a, a];
  for (let i = 0; i < times; i += 1) {
    power = squared(power, squarings);
    total = add(total, power);
  }
  return total;
}

function squared(a: Element, times: number): Element {
  let power = a;
  for (let i = 0; i < times; i += 1) power = square(power);
  return power;
}

function spread(bits: bigint): bigint {
  return BigInt(`0o${bits.toString(2).replace(/./g, '00$&')}`);
}
