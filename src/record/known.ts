import { makeFinder } from './patterns.js';

/** More of them would make each text slow to search. */
const MOST = 2000;
/** Short values, short numbers and constants stand in too many texts by chance. */
const COMMON = /^(.{0,2}|\d{0,4}|[A-Z][A-Z0-9_]*)$/s;

/** Values that fields have given away, so that they are found in every other text too. */
export class Known {
  readonly #byValue = new Map<string, string>();
  #finder: RegExp | undefined;

  add(value: string, masked: string): void {
    const key = value.trim().toLowerCase();
    if (COMMON.test(value.trim()) || this.#byValue.has(key)) return;
    this.#byValue.set(key, masked);
    if (this.#byValue.size > MOST)
      this.#byValue.delete(this.#byValue.keys().next().value as string);
    this.#finder = undefined;
  }

  get(value: string): string | undefined {
    return this.#byValue.get(value.toLowerCase());
  }

  /** Finds the values in whatever case, and all that gives itself away. */
  get finder(): RegExp {
    this.#finder ??= makeFinder([...this.#byValue.keys()]);
    return this.#finder;
  }
}
