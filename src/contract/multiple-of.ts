/** A decimal as whole digits and the power of ten that they are to be multiplied by: 19.99 is 1999 and -2. */
interface Decimal {
  digits: bigint;
  exponent: number;
}

/** Beyond this a number of JSON has no decimals that anybody means. */
const FURTHEST = 400;

/**
 * Is a number a multiple of another one, as decimals and not as the binary fractions near them?
 * JSON Schema 2020-12 §6.2.1.
 * @example isMultipleOf(19.99, 0.01) is true, although 19.99 / 0.01 is 1998.9999999999998
 */
export function isMultipleOf(value: number, step: number): boolean {
  if (Number.isSafeInteger(value) && Number.isSafeInteger(step)) return value % step === 0;
  if (!Number.isFinite(value) || !Number.isFinite(step) || step === 0) return false;
  const [a, b] = [decimalOf(value), decimalOf(step)];
  const least = Math.min(a.exponent, b.exponent);
  if (Math.max(a.exponent, b.exponent) - least > FURTHEST) return false;
  return scaled(a, least) % scaled(b, least) === 0n;
}

/** By the shortest text that means this number (ECMA-262, Number::toString): what was written, up to 17 digits. */
function decimalOf(value: number): Decimal {
  const [mantissa = '', power = '0'] = String(value).split('e');
  const [before = '', after = ''] = mantissa.split('.');
  return { digits: BigInt(before + after), exponent: Number(power) - after.length };
}

function scaled({ digits, exponent }: Decimal, least: number): bigint {
  return digits * 10n ** BigInt(exponent - least);
}
