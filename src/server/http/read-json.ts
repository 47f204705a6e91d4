/** Deeper bodies are no document of any API, and recursion over them ends in a full stack. */
const MAX_DEPTH = 100;

/** A body's value, or why it has none; `rule` names what it breaks. */
export type JsonRead =
  | { value: unknown; long: boolean }
  | { problem: string; rule: 'depth' | 'json' };

export function readJson(text: string): JsonRead {
  const { deepest, digits } = survey(text);
  if (deepest > MAX_DEPTH) {
    return { problem: `the body is nested deeper than ${MAX_DEPTH} levels`, rule: 'depth' };
  }
  try {
    return { value: JSON.parse(text), long: digits > EXACT };
  } catch (error) {
    return { problem: `the body is not JSON: ${(error as Error).message}`, rule: 'json' };
  }
}

/** So many digits a whole number may have that no double rounds: 2^53 has sixteen. */
const EXACT = 15;

/**
 * How deep a text of JSON goes, and how many digits stand in a row outside its strings. One pass: a pattern over
 * strings would take quadratic time for one that never ends.
 */
function survey(text: string): { deepest: number; digits: number } {
  let depth = 0;
  let deepest = 0;
  let digits = 0;
  let row = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code >= ZERO && code <= NINE) {
      row += 1;
      if (row > digits) digits = row;
      continue;
    }
    row = 0;
    if (code === QUOTE) i = endOfString(text, i);
    else if (code === BRACE || code === BRACKET) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (code === BRACE + 2 || code === BRACKET + 2) depth -= 1;
  }
  return { deepest, digits };
}

const [ZERO, NINE, QUOTE, BACKSLASH, BRACKET, BRACE] = [0x30, 0x39, 0x22, 0x5c, 0x5b, 0x7b];

/** Where the string that begins here ends; the text's end when it does not. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === BACKSLASH) escapes += 1;
    if (escapes % 2 === 0) return end;
  }
  return text.length;
}
