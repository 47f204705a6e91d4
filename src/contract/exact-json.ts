import { randomUUID } from 'node:crypto';

/** A string of JSON, or a number. */
const TOKEN = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
/** Shorter whole numbers are exact: 2^53 has sixteen digits. */
const LONG = /\d{16}/;
const WHOLE = /^-?\d{16,}$/;
/** Stands in front of a number that has become a text for a while; nobody can guess it. */
const MARK = `${randomUUID()} `;

/** Does a text of JSON hold whole numbers that JavaScript would round? */
export function holdsBigNumbers(text: string): boolean {
  return LONG.test(text) && mark(text) !== text;
}

/**
 * The value of a text of JSON, with whole numbers beyond 2^53 as BigInt where a double would round them.
 * @param text that is JSON
 * @example readExact('{"id": 9007199254740993}') is { id: 9007199254740993n }
 */
export function readExact(text: string): unknown {
  return JSON.parse(mark(text), (_, value) =>
    typeof value === 'string' && value.startsWith(MARK) ? BigInt(value.slice(MARK.length)) : value,
  );
}

/**
 * The same, with such numbers as texts: what looks at single fields knows those, and compares them to the last digit.
 * @example readAsText('{"id": 9007199254740993}') is { id: '9007199254740993' }
 */
export function readAsText(text: string): unknown {
  if (!LONG.test(text)) return JSON.parse(text);
  return JSON.parse(mark(text), (_, value) =>
    typeof value === 'string' && value.startsWith(MARK) ? value.slice(MARK.length) : value,
  );
}

function mark(text: string): string {
  return text.replace(TOKEN, (token) => (isRounded(token) ? JSON.stringify(MARK + token) : token));
}

/** Would a double hold another number than this text says? */
export function isRounded(text: string): boolean {
  return WHOLE.test(text) && BigInt(Number(text)) !== BigInt(text);
}
