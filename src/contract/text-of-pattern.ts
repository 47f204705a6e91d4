/**
 * A text that a regular expression takes, the same at every call: the first character of each class, the first way of
 * each choice, as few repeats as it allows. Undefined for what only looks around.
 * @example textOfPattern('^AC[0-9a-f]{4}$') // 'AC0000'
 */
export function textOfPattern(pattern: string): string | undefined {
  const reader = new Reader(pattern);
  const text = reader.choice();
  return reader.failed || !reader.atEnd ? undefined : text;
}

/** What a class that is written by a letter stands for first. */
const BY_LETTER: Readonly<Record<string, string>> = {
  d: '0',
  w: 'a',
  s: ' ',
  D: 'a',
  W: '-',
  S: 'a',
};

/** Longer texts are of no use as a sample. */
const LONGEST = 4096;

class Reader {
  failed = false;
  #at = 0;

  constructor(private readonly pattern: string) {}

  get atEnd(): boolean {
    return this.#at >= this.pattern.length;
  }

  /** Ways with bars between them: the first one is taken, the others are read over. */
  choice(): string {
    const first = this.#sequence();
    while (this.#take('|')) this.#sequence();
    return first;
  }

  #sequence(): string {
    let text = '';
    while (!this.failed && !this.atEnd && !'|)'.includes(this.#peek())) {
      const part = this.#atom();
      text += part.repeat(Math.min(this.#repeats(), LONGEST));
      if (text.length > LONGEST) this.failed = true;
    }
    return text;
  }

  #atom(): string {
    const char = this.#next();
    if (char === '^' || char === '$') return '';
    if (char === '.') return 'a';
    if (char === '[') return this.#class();
    if (char === '(') return this.#group();
    if (char !== '\\') return char;
    const letter = this.#next();
    if (letter === 'b' || letter === 'B') return '';
    if (/[pPukx1-9]/.test(letter)) this.failed = true;
    return BY_LETTER[letter] ?? { n: '\n', t: '\t', r: '\r' }[letter] ?? letter;
  }

  #group(): string {
    if (this.#take('?')) {
      if (this.#take('<') && !/[=!]/.test(this.#peek())) this.#at = this.#find('>') + 1;
      else if (!this.#take(':')) this.failed = true;
    }
    const text = this.choice();
    if (!this.#take(')')) this.failed = true;
    return text;
  }

  #class(): string {
    const negated = this.#take('^');
    const end = this.#closing();
    const inside = this.pattern.slice(this.#at, end);
    this.#at = end + 1;
    if (negated) return ['a', '0', '-', ' '].find((one) => this.#isOutside(inside, one)) ?? '';
    if (inside.startsWith('\\')) return BY_LETTER[inside.charAt(1)] ?? inside.charAt(1);
    return inside.charAt(0);
  }

  #isOutside(inside: string, char: string): boolean {
    try {
      return new RegExp(`^[^${inside}]$`, 'u').test(char);
    } catch {
      return false;
    }
  }

  /** The bracket that ends a class; one behind a backslash belongs to it. */
  #closing(): number {
    for (let i = this.#at; i < this.pattern.length; i += 1) {
      if (this.pattern[i] === '\\') i += 1;
      else if (this.pattern[i] === ']') return i;
    }
    this.failed = true;
    return this.pattern.length;
  }

  /** The least number of times that the part before may stand. */
  #repeats(): number {
    let least = 1;
    if (this.#take('*') || this.#take('?')) least = 0;
    else if (this.#take('+')) least = 1;
    else {
      const [whole = '', count = ''] = /^\{(\d+)(,\d*)?\}/.exec(this.pattern.slice(this.#at)) ?? [];
      this.#at += whole.length;
      if (whole !== '') least = Number(count);
    }
    this.#take('?');
    return least;
  }

  #find(char: string): number {
    const found = this.pattern.indexOf(char, this.#at);
    if (found === -1) this.failed = true;
    return found === -1 ? this.pattern.length : found;
  }

  #peek(): string {
    return this.pattern.charAt(this.#at);
  }

  #next(): string {
    this.#at += 1;
    return this.pattern.charAt(this.#at - 1);
  }

  #take(char: string): boolean {
    if (this.#peek() !== char) return false;
    this.#at += 1;
    return true;
  }
}
