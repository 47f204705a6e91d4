import { isObject, textOf } from '../contract/json.js';

/** All that stands at a path of a document; a list on the way means each of its items. */
export function valuesAt(value: unknown, [key, ...rest]: readonly string[]): unknown[] {
  if (Array.isArray(value)) {
    return value.flatMap((item) => valuesAt(item, key === undefined ? [] : [key, ...rest]));
  }
  if (key === undefined) return value === undefined || value === null ? [] : [value];
  return isObject(value) ? valuesAt(value[key], rest) : [];
}

/** A value says a word as a text, a code among codings, or the id of a reference; in any case. */
export function says(value: unknown, wanted: unknown): boolean {
  const word = textOf(wanted).toLowerCase();
  if (!isObject(value)) return textOf(value).toLowerCase() === word;
  const { identifier, coding, code } = value;
  if (isObject(identifier)) return says(identifier.value, word);
  if (Array.isArray(coding)) return coding.some((one) => says(one, word));
  return says(code, word);
}

/** Bounds are days or moments; one of a day holds until its end. */
export function isBounded(moment: string, from: boolean, bound: string): boolean {
  if (bound.length <= 10) {
    const day = moment.slice(0, 10);
    return from ? day >= bound : day <= bound;
  }
  return from ? Date.parse(moment) >= Date.parse(bound) : Date.parse(moment) <= Date.parse(bound);
}

export function isPast(moment: unknown, now: number): boolean {
  return Date.parse(textOf(moment)) <= now;
}
