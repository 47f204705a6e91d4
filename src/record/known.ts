/** The oldest are forgotten for it: a recording that goes on for days must end somewhere. */
const MOST = 20_000;
/** Short values, short numbers and constants stand in too many texts by chance. */
const COMMON = /^(.{0,2}|\d{0,4}|[A-Z][A-Z0-9_]*)$/s;

const WORD = /[\p{L}\p{N}]+/gu;
const FIRST_WORD = /[\p{L}\p{N}]+/u;
const OF_WORD = /[\p{L}\p{N}]/u;

/** What values with the same first word have in common: what stands before it, and how long they are. */
interface Shape {
  at: number;
  length: number;
  values: number;
}

/** Where a known value stands in a text. */
export interface Place {
  from: number;
  to: number;
}

/**
 * Values that fields have given away, so that they are found in every other text too, in whatever case. They are looked
 * up by their first word: what a text costs goes by its length, however many there are.
 */
export class Known {
  readonly #masked = new Map<string, string>();
  readonly #shapes = new Map<string, Shape[]>();
  /** Values without letters and digits: few are, and each is looked for. */
  readonly #wordless = new Set<string>();

  add(value: string, masked: string): void {
    const text = lowered(value.trim());
    if (COMMON.test(value.trim()) || this.#masked.has(text)) return;
    this.#masked.set(text, masked);
    this.#index(text);
    if (this.#masked.size > MOST) this.#forget(this.#masked.keys().next().value as string);
  }

  get(value: string): string | undefined {
    return this.#masked.get(lowered(value));
  }

  /** Where whole values stand, in their order; of those that begin at one place the longest first. They may overlap. */
  places(text: string): Place[] {
    if (this.#masked.size === 0) return [];
    const lower = lowered(text);
    const places: Place[] = [];
    for (const { 0: word, index } of lower.matchAll(WORD)) {
      for (const { at, length } of this.#shapes.get(word) ?? []) {
        const from = index - at;
        const to = from + length;
        const isKnown = from >= 0 && this.#masked.has(lower.slice(from, to));
        if (isKnown && isWhole(lower, from, to)) places.push({ from, to });
      }
    }
    for (const value of this.#wordless) {
      for (let from = lower.indexOf(value); from >= 0; from = lower.indexOf(value, from + 1)) {
        const to = from + value.length;
        if (isWhole(lower, from, to)) places.push({ from, to });
      }
    }
    return places.sort((a, b) => a.from - b.from || b.to - a.to);
  }

  #index(text: string): void {
    const { word, at } = firstWord(text);
    if (word === '') {
      this.#wordless.add(text);
      return;
    }
    const shapes = this.#shapes.get(word) ?? [];
    const same = shapes.find((shape) => shape.at === at && shape.length === text.length);
    if (same) same.values += 1;
    else {
      shapes.push({ at, length: text.length, values: 1 });
      shapes.sort((a, b) => b.length - a.length);
    }
    this.#shapes.set(word, shapes);
  }

  #forget(text: string): void {
    this.#masked.delete(text);
    this.#wordless.delete(text);
    const { word, at } = firstWord(text);
    const shapes = this.#shapes.get(word) ?? [];
    const same = shapes.find((shape) => shape.at === at && shape.length === text.length);
    if (same) same.values -= 1;
    const rest = shapes.filter(({ values }) => values > 0);
    if (rest.length > 0) this.#shapes.set(word, rest);
    else this.#shapes.delete(word);
  }
}

/** In lower case, as long as it was: of `İ` would come two letters, and places would not be those of the text. */
function lowered(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  const same = (letter: string, lower: string) => (lower.length === letter.length ? lower : letter);
  return Array.from(text, (letter) => same(letter, letter.toLowerCase())).join('');
}

/** A value without letters and digits has none. */
function firstWord(text: string): { word: string; at: number } {
  const found = FIRST_WORD.exec(text);
  return { word: found?.[0] ?? '', at: found?.index ?? 0 };
}

/** `ann` does not stand in `joanna`. */
function isWhole(text: string, from: number, to: number): boolean {
  return !OF_WORD.test(text[from - 1] ?? '') && !OF_WORD.test(text[to] ?? '');
}
