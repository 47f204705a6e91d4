/** A key of an object: where it begins, and its value. */
interface JsonEntry {
  start: number;
  value: JsonNode;
}

/** The text is JSON no further than here. */
export class NoJson extends Error {}

const QUOTE = 34;
const BACKSLASH = 92;

/**
 * A value in a JSON text: where it begins, and what is inside of it, looked for when it is asked for. A document of
 * megabytes is then read as far as the few places in it that somebody wants to know.
 */
export class JsonNode {
  #keys: Map<string, JsonEntry> | undefined;
  #items: JsonNode[] | undefined;

  readonly #text: string;

  constructor(
    text: string,
    readonly start: number,
  ) {
    this.#text = text;
  }

  /** Of an object. @throws NoJson */
  get keys(): ReadonlyMap<string, JsonEntry> {
    if (!this.#keys) this.#read();
    return this.#keys as Map<string, JsonEntry>;
  }

  /** Of a list. @throws NoJson */
  get items(): readonly JsonNode[] {
    if (!this.#items) this.#read();
    return this.#items as JsonNode[];
  }

  #read(): void {
    const text = this.#text;
    const { start } = this;
    const keys = new Map<string, JsonEntry>();
    const items: JsonNode[] = [];
    const close = { '{': '}', '[': ']' }[text.charAt(start)];
    for (let at = behindBlank(text, start + 1); close !== undefined; ) {
      if (text[at] === close) break;
      let name: string | undefined;
      const begin = at;
      if (close === '}') {
        const end = behindString(text, at);
        name = JSON.parse(text.slice(at, end)) as string;
        at = behindBlank(text, end);
        if (text[at] !== ':') throw new NoJson();
        at = behindBlank(text, at + 1);
      }
      const value = new JsonNode(text, at);
      if (name === undefined) items.push(value);
      else keys.set(name, { start: begin, value });
      at = behindBlank(text, behindValue(text, at));
      if (text[at] === ',') at = behindBlank(text, at + 1);
      else if (text[at] !== close) throw new NoJson();
    }
    this.#keys = keys;
    this.#items = items;
  }
}

/** The value of a whole text, which may still be found to be no JSON; undefined: it is seen at once. */
export function jsonIn(text: string): JsonNode | undefined {
  const start = behindBlank(text, 0);
  return /[{[]/.test(text.charAt(start)) ? new JsonNode(text, start) : undefined;
}

function behindBlank(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code === 32 || (code > 8 && code < 14); ) {
    at += 1;
    code = text.charCodeAt(at);
  }
  return at;
}

function behindString(text: string, start: number): number {
  if (text.charCodeAt(start) !== QUOTE) throw new NoJson();
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return end + 1;
  }
  throw new NoJson();
}

function behindValue(text: string, start: number): number {
  if (text.charCodeAt(start) === QUOTE) return behindString(text, start);
  if (!/[{[]/.test(text.charAt(start))) return behindWord(text, start);
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = behindString(text, at) - 1;
    else if (code === 123 || code === 91) depth += 1;
    else if (code === 125 || code === 93) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  throw new NoJson();
}

/** A number, true, false, null. */
function behindWord(text: string, start: number): number {
  const word = /(?:true|false|null|-?\d[\d.eE+-]*)/y;
  word.lastIndex = start;
  const found = word.exec(text);
  if (!found) throw new NoJson();
  return start + found[0].length;
}
