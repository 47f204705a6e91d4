import { isObject, type Json } from '../contract/json.js';
import { type Derive, makeDerive } from './derive.js';
import { isMessage, type Kind, kindOf } from './kinds.js';
import { Known } from './known.js';
import {
  isBase64,
  looksRandom,
  makeFinder,
  type Pattern,
  patternOf,
  replaceFound,
} from './patterns.js';

/** Takes persons and credentials out of what is written down. */
export interface Masker {
  /**
   * A JSON value.
   * @param messages texts under `error`, `message` and their like are for people who look for mistakes:
   * they stay, without what identifies anybody
   */
  json(value: unknown, messages: boolean): unknown;
  text(text: string): string;
  /** An identifier, whatever its form. */
  id(value: string): string;
  /** The value of a query parameter. */
  value(name: string, value: string): string;
  /** A credential; the name of its scheme stays (`Bearer`). */
  secret(name: string, value: string): string;
}

export interface MaskSettings {
  /** Random, of one run: without it nothing can be traced back. */
  key: Uint8Array;
  /** Names of further fields and headers to mask. */
  mask: readonly string[];
  /** Names of fields and headers to leave as they are. */
  keep: readonly string[];
}

/** Deeper values are left out: nobody reads them, and each level costs a call. */
const MAX_DEPTH = 100;
const CYRILLIC = /\p{Script=Cyrillic}/u;
const DAY = /^\d{4}-\d{2}-\d{2}/;
const SCHEME = /^(bearer|basic|digest|negotiate) +/i;

/** Where a walk through a value is. */
interface Level {
  depth: number;
  messages: boolean;
}

/** Keeps everything as it is. */
export const NO_MASK: Masker = {
  json: (value) => value,
  text: (text) => text,
  id: (value) => value,
  value: (_, value) => value,
  secret: (_, value) => value,
};

export function makeMasker({ key, mask, keep }: MaskSettings): Masker {
  const lower = (names: readonly string[]) => new Set(names.map((name) => name.toLowerCase()));
  return new FieldMasker(makeDerive(key), lower(mask), lower(keep));
}

class FieldMasker implements Masker {
  readonly #known = new Known();

  constructor(
    readonly derive: Derive,
    readonly masked: ReadonlySet<string>,
    readonly kept: ReadonlySet<string>,
  ) {}

  json(value: unknown, messages: boolean): unknown {
    this.#learn(value, '', 0);
    return this.#walk(value, '', undefined, { depth: 0, messages });
  }

  text(text: string): string {
    if (isBase64(text)) return this.#base64(text);
    return replaceFound(text, this.#known.places(text), (found, pattern) =>
      this.#found(found, pattern),
    );
  }

  id(value: string): string {
    if (this.text(value) !== value) return this.text(value);
    const masked = this.derive.alike(value);
    this.#known.add(value, masked);
    return masked;
  }

  value(name: string, value: string): string {
    if (this.kept.has(name.toLowerCase())) return value;
    return this.#leaf(value, name, this.#kind(name), true);
  }

  secret(name: string, value: string): string {
    if (this.kept.has(name.toLowerCase())) return value;
    const scheme = SCHEME.exec(value)?.[0] ?? '';
    return scheme + this.#learnt(value.slice(scheme.length), 'secret');
  }

  #kind(field: string): Kind | undefined {
    return this.masked.has(field.toLowerCase()) ? 'secret' : kindOf(field);
  }

  /** Looks for what is to be found in texts before the first of them is written. */
  #learn(value: unknown, field: string, depth: number): void {
    if (depth > MAX_DEPTH || this.kept.has(field.toLowerCase())) return;
    if (Array.isArray(value)) for (const item of value) this.#learn(item, field, depth + 1);
    else if (isObject(value)) {
      for (const [key, inner] of Object.entries(value)) this.#learn(inner, key, depth + 1);
    } else if (typeof value === 'string') {
      const kind = this.#kind(field);
      if (kind !== undefined && kind !== 'id' && kind !== 'text') this.#learnt(value, kind);
    }
  }

  #walk(value: unknown, field: string, told: Kind | undefined, level: Level): unknown {
    if (this.kept.has(field.toLowerCase())) return value;
    const kind = this.#kind(field) ?? told;
    const { depth, messages } = level;
    const deeper = { depth: depth + 1, messages };
    if (depth > MAX_DEPTH) return 'left out: too deep';
    if (Array.isArray(value)) return value.map((v) => this.#walk(v, field, told, deeper));
    if (isObject(value)) return this.#object(value, field, deeper);
    if (typeof value === 'string') return this.#leaf(value, field, kind, messages);
    return typeof value === 'number' ? this.#number(value, kind) : value;
  }

  #object(value: Json, field: string, level: Level): Json {
    // `{code: BIRTH_DATE, value: 1985-03-17}`: what a field holds can be told by its neighbour.
    const born = Object.values(value).some((v) => typeof v === 'string' && /birth/i.test(v));
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => {
        const day = born && typeof inner === 'string' && DAY.test(inner);
        // A message may lie deeper: `error: {message}`, `errors: [text]`.
        const name = kindOf(key) === undefined && isMessage(field) && !isMessage(key) ? field : key;
        const told = day ? 'birth' : undefined;
        const masked = this.kept.has(key.toLowerCase())
          ? inner
          : this.#walk(inner, this.masked.has(key.toLowerCase()) ? key : name, told, level);
        return [this.text(key), masked];
      }),
    );
  }

  #leaf(value: string, field: string, kind: Kind | undefined, messages: boolean): string {
    if (value === '') return value;
    if (kind === 'id') return this.id(value);
    if (kind !== undefined) return this.#learnt(value, kind);
    const plain = !CYRILLIC.test(value) || (messages && isMessage(field));
    return plain ? this.text(value) : this.#learnt(value, 'text');
  }

  /** Masks by the field, and remembers the value: it may stand in another text. */
  #learnt(value: string, kind: Kind): string {
    const masked = this.#known.get(value.trim()) ?? this.#made(value, kind);
    if (kind !== 'text' || (CYRILLIC.test(value) && value.length < 200)) {
      this.#known.add(value, masked);
    }
    return masked;
  }

  #made(value: string, kind: Kind): string {
    if (isBase64(value)) return this.#base64(value);
    if (kind === 'id') return this.id(value);
    if (kind === 'number') return this.derive.alike(value);
    if (kind === 'birth' && DAY.test(value)) return value.replace(DAY, this.derive.day(value));
    return this.derive.word(kind === 'birth' ? 'text' : kind, value);
  }

  #number(value: number, kind: Kind | undefined): number {
    const digits = String(value);
    const told = kind !== undefined && kind !== 'text' && digits.length > 4;
    if (!/^\d+$/.test(digits) || !(told || digits.length >= 8)) return value;
    return Number(`9${this.derive.alike(digits).slice(1)}`);
  }

  #found(found: string, pattern: Pattern | 'known'): string {
    if (pattern === 'known') return this.#known.get(found) ?? this.derive.word('text', found);
    if (pattern === 'uuid') return this.derive.uuid(found);
    if (pattern === 'email') return `${this.derive.word('mail', found)}@example.com`;
    if (pattern === 'jwt') return this.derive.word('secret', found);
    if (pattern !== 'token' && pattern !== 'base64') return this.derive.alike(found);
    // A long word or a path: look for what stands within it.
    if (!looksRandom(found) || PLAIN.test(found)) return found.replace(WITHIN, this.#inner);
    return this.derive.word('secret', found);
  }

  readonly #inner = (found: string, ...rest: unknown[]): string => {
    const pattern = patternOf(rest.at(-1) as Record<string, string | undefined>);
    return pattern === 'token' || pattern === 'base64' ? found : this.#found(found, pattern);
  };

  #base64(text: string): string {
    return Buffer.from(this.derive.word('masked', text)).toString('base64');
  }
}

const WITHIN = makeFinder();
const PLAIN = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;
