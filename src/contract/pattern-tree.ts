/** What a regular expression takes, as far as texts can be made of it: nothing in it looks around or back. */
export type PatternTree =
  /** One of these characters. */
  | { kind: 'one'; of: readonly string[] }
  | { kind: 'row'; parts: readonly PatternTree[] }
  | { kind: 'choice'; ways: readonly PatternTree[] }
  /** `most` is infinite where the expression sets no end. */
  | { kind: 'repeat'; part: PatternTree; least: number; most: number };

/** Reads a regular expression; undefined for what only looks around or back, and for classes of Unicode. */
export function parsePattern(pattern: string): PatternTree | undefined {
  const reader = new Reader(pattern);
  const tree = reader.choice();
  return reader.failed || !reader.atEnd ? undefined : tree;
}

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const DIGITS = '0123456789';
/** ASCII that can be seen, beside letters and digits. */
const SIGNS = ` -_.~!"#$%&'()*+,/:;<=>?@[\\]^\`{|}`;

/** What stands for a class that is written by a letter. */
const BY_LETTER: Readonly<Record<string, string>> = {
  d: DIGITS,
  w: `${LOWER}${UPPER}${DIGITS}_`,
  s: ' ',
  D: `${LOWER}${UPPER}-`,
  W: '-',
  S: `${LOWER}${UPPER}${DIGITS}`,
};
/** What a dot takes, without what an address would have to encode. */
const ANY = `${LOWER}${UPPER}${DIGITS}`;
const CONTROLS: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

const NOTHING: PatternTree = { kind: 'row', parts: [] };

class Reader {
  failed = false;
  #at = 0;

  constructor(private readonly pattern: string) {}

  get atEnd(): boolean {
    return this.#at >= this.pattern.length;
  }

  /** Ways with bars between them. */
  choice(): PatternTree {
    const ways = [this.#row()];
    while (this.#take('|')) ways.push(this.#row());
    return ways.length === 1 ? (ways[0] as PatternTree) : { kind: 'choice', ways };
  }

  #row(): PatternTree {
    const parts: PatternTree[] = [];
    while (!this.failed && !this.atEnd && !'|)'.includes(this.#peek())) {
      const part = this.#atom();
      const { least, most } = this.#counts();
      parts.push(least === 1 && most === 1 ? part : { kind: 'repeat', part, least, most });
    }
    return { kind: 'row', parts };
  }

  #atom(): PatternTree {
    const char = this.#next();
    if (char === '^' || char === '$') return NOTHING;
    if (char === '.') return one(ANY);
    if (char === '[') return this.#class();
    if (char === '(') return this.#group();
    if (char !== '\\') return one(char);
    const letter = this.#next();
    if (letter === 'b' || letter === 'B') return NOTHING;
    if (/[pPukx1-9]/.test(letter)) this.failed = true;
    return one(escaped(letter));
  }

  #group(): PatternTree {
    if (this.#take('?')) {
      if (this.#take('<') && !/[=!]/.test(this.#peek())) this.#at = this.#find('>') + 1;
      else if (!this.#take(':')) this.failed = true;
    }
    const inside = this.choice();
    if (!this.#take(')')) this.failed = true;
    return inside;
  }

  #class(): PatternTree {
    const negated = this.#take('^');
    const end = this.#closing();
    const inside = this.pattern.slice(this.#at, end);
    this.#at = end + 1;
    const listed = negated ? listOutside(inside) : listOf(inside);
    if (listed.length === 0) this.failed = true;
    return { kind: 'one', of: listed };
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

  /** How often the part before may stand. */
  #counts(): { least: number; most: number } {
    const counts = this.#quantifier();
    // Lazy or not, it takes the same texts.
    this.#take('?');
    return counts;
  }

  #quantifier(): { least: number; most: number } {
    if (this.#take('*')) return { least: 0, most: Number.POSITIVE_INFINITY };
    if (this.#take('?')) return { least: 0, most: 1 };
    if (this.#take('+')) return { least: 1, most: Number.POSITIVE_INFINITY };
    const [whole, least = '1', comma, most = ''] =
      /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.pattern.slice(this.#at)) ?? [];
    if (whole === undefined) return { least: 1, most: 1 };
    this.#at += whole.length;
    if (comma === undefined) return { least: Number(least), most: Number(least) };
    return { least: Number(least), most: most === '' ? Number.POSITIVE_INFINITY : Number(most) };
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

function one(chars: string): PatternTree {
  return { kind: 'one', of: [...chars] };
}

/** What stands for a letter behind a backslash. */
function escaped(letter: string): string {
  return BY_LETTER[letter] ?? CONTROLS[letter] ?? letter;
}

/** More characters than an id needs; a class of Unicode has a hundred thousand. */
const MOST_LISTED = 200;
const ITEM = /\\.|[\s\S]/gu;
const IS_CLASS = /^\\[dwsDWS]$/;

/** The characters between the brackets of a class, in their order. */
function listOf(inside: string): string[] {
  const items = inside.match(ITEM) ?? [];
  const found = new Set<string>();
  for (let i = 0; i < items.length && found.size < MOST_LISTED; i += 1) {
    const item = items[i] as string;
    const end = items[i + 2];
    if (items[i + 1] === '-' && end !== undefined && !IS_CLASS.test(item)) {
      for (const char of between(item, end)) found.add(char);
      i += 2;
    } else
      for (const char of item.startsWith('\\') ? escaped(item.slice(1)) : item) found.add(char);
  }
  return [...found];
}

function between(first: string, last: string): string[] {
  const from = first.replace(/^\\/, '').codePointAt(0) ?? 0;
  const to = last.replace(/^\\/, '').codePointAt(0) ?? 0;
  const length = Math.min(Math.max(0, to - from + 1), MOST_LISTED);
  return Array.from({ length }, (_, i) => String.fromCodePoint(from + i));
}

/** Letters and digits that a class leaves out; signs, where it leaves none of these out. */
function listOutside(inside: string): string[] {
  const outside = (chars: string) => [...chars].filter((char) => isOutside(inside, char));
  const plain = outside(ANY);
  return plain.length > 0 ? plain : outside(SIGNS);
}

function isOutside(inside: string, char: string): boolean {
  try {
    return new RegExp(`^[^${inside}]$`, 'u').test(char);
  } catch {
    return false;
  }
}
