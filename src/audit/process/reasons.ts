import { isObject, parseJson } from '../../contract/json.js';

/** Keys under which services say why something has failed. */
const KEYS = /^(message|description|error|errormessage|reason|detail|title)$/i;

/** The texts of an answer that say why something has failed, in their order. */
export function reasonsIn(body: string): string[] {
  const found: string[] = [];
  collect(parseJson(body), false, found);
  return [...new Set(found)];
}

/** The first of them. */
export function tellsReason(body: string): string | undefined {
  return reasonsIn(body)[0];
}

function collect(value: unknown, called: boolean, found: string[]): void {
  if (typeof value === 'string') {
    if (called && value.trim() !== '') found.push(value);
  } else if (Array.isArray(value)) for (const item of value) collect(item, called, found);
  else if (isObject(value)) {
    for (const [key, inner] of Object.entries(value)) collect(inner, KEYS.test(key), found);
  }
}
