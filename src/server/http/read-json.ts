/** Deeper bodies are no document of any API, and recursion over them ends in a full stack. */
const MAX_DEPTH = 100;

/** A body's value, or why it has none; `rule` names what it breaks. */
export type JsonRead = { value: unknown } | { problem: string; rule: 'depth' | 'json' };

export function readJson(text: string): JsonRead {
  if (nesting(text) > MAX_DEPTH) {
    return { problem: `the body is nested deeper than ${MAX_DEPTH} levels`, rule: 'depth' };
  }
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { problem: `the body is not JSON: ${(error as Error).message}`, rule: 'json' };
  }
}

/** One pass: a pattern over strings would take quadratic time for one that never ends. */
function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i];
    if (quoted) {
      if (char === '\\') i += 1;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{' || char === '[') {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (char === '}' || char === ']') depth -= 1;
  }
  return deepest;
}
