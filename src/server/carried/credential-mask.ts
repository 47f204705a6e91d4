import { createHash } from 'node:crypto';
import { CREDENTIAL_NAME, isCredentialName } from '../../contract/credential-name.js';
import { literal } from '../../contract/literal.js';
import type { Secrets } from '../../contract/secrets.js';
import { StandIns } from './stand-ins.js';

/** Signs that credentials are made of as they go over the wire: a word of these is compared as a whole. */
const WORDS = /[\w.~+/-]+=*/g;
const WORD = /^[\w.~+/-]+=*$/;

/** Shorter ones stand in too many texts by chance: they get a stand-in where their name says what they are. */
const LEAST = 8;

/** What looks like a word of a language is none that could be looked for everywhere. */
const PLAIN = /^[A-Za-z_-]{1,15}$/;

/** So many that are no words are looked for in every text. */
const MOST_ODD = 500;

const IN_JSON = new RegExp(`"(${CREDENTIAL_NAME})"(\\s*:\\s*)"((?:[^"\\\\]|\\\\.)+)("?)`, 'gi');

/** `Digest username="…", response="…"`, `AWS4-HMAC-SHA256 Credential=…, Signature=…` (RFC 9110 §11.2). */
const PARAMETERS = /^[\w-]+\s*=\s*(?:"|[^=\s,]+,)/;
const TELLING =
  /\b(credential|keyid|id|username|oauth_\w+|nonce|cnonce|signature|response|mac|hash|token)(\s*=\s*"?)([^",\s]+)/gi;

/** Finds the credentials in what a session has gained, and puts stand-ins in their places, wherever they stand. */
export class CredentialMask {
  readonly #standIns = new StandIns();
  /** What every sandbox begins with: no secret of anybody. */
  readonly #public = new Set<string>();
  readonly #words = new Map<string, string>();
  readonly #odd = new Map<string, string>();
  readonly #inQuery: RegExp;

  constructor(private readonly secrets: Secrets) {
    const own = [...secrets.query].map(literal);
    this.#inQuery = new RegExp(
      `(^|[?&;])(${[...own, CREDENTIAL_NAME, 'code'].join('|')})=([^&\\s"'<>\\\\#]+)`,
      'gi',
    );
  }

  /** This is known to everybody, such as what a world begins with. */
  leave(value: string): void {
    this.#public.add(value);
  }

  /** This is a credential: it gets a stand-in wherever it stands. */
  note(credential: string): void {
    if (this.#public.has(credential) || credential.length < LEAST || PLAIN.test(credential)) return;
    this.#replace(credential, this.#standIns.of(credential));
  }

  /** What tells credentials apart that a header brings (`credentialsOf`): that of the stand-in takes its place. */
  noteDigest(name: string, value: string): void {
    this.#words.set(digestOf(value), digestOf(this.header(name, value)));
  }

  /** Whether something has a stand-in already. */
  knows(word: string): boolean {
    return this.#words.has(word);
  }

  /** The credentials that a text of a request or an answer names. */
  noteIn(text: string): void {
    if (text.includes('":') || text.includes('" :'))
      for (const [, , , value = ''] of text.matchAll(IN_JSON)) this.note(unescaped(value));
    if (text.includes('='))
      for (const [, , , value = ''] of text.matchAll(this.#inQuery)) this.note(decoded(value));
  }

  /** The same of a document: by the names of its keys, or by `name` and `value`. */
  noteWithin(value: unknown): void {
    if (typeof value !== 'object' || value === null) return;
    const { name, value: named } = value as { name?: unknown; value?: unknown };
    if (typeof name === 'string' && typeof named === 'string' && isCredentialName(name))
      this.note(named);
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner === 'string' && isCredentialName(key)) this.note(inner);
      else this.noteWithin(inner);
    }
  }

  isSecret(header: string): boolean {
    const name = header.toLowerCase();
    return isCredentialName(name) || this.secrets.headers.has(name);
  }

  /** Notes what a header brings. */
  noteHeader(name: string, value: string): void {
    if (/cookie/i.test(name)) {
      for (const [, , cookie = ''] of value.matchAll(COOKIES)) this.note(cookie);
      return;
    }
    const rest = restOf(value);
    if (PARAMETERS.test(rest)) {
      for (const [, , , part = ''] of rest.matchAll(TELLING)) this.note(part);
      return;
    }
    this.note(rest);
    if (/^basic /i.test(value)) {
      const [, password = ''] = /^[^:]*:(.*)$/s.exec(Buffer.from(rest, 'base64').toString()) ?? [];
      this.note(password);
    }
  }

  /** The value of a header that is a secret. */
  header(name: string, value: string): string {
    if (/cookie/i.test(name))
      return value.replace(COOKIES, (_, before, cookie) => before + this.#of(cookie));
    const rest = restOf(value);
    const before = value.slice(0, value.length - rest.length);
    if (!PARAMETERS.test(rest)) return before + this.#of(rest);
    return before + rest.replace(TELLING, (_, key, sign, part) => key + sign + this.#of(part));
  }

  /** A text with stand-ins. */
  text(text: string): string {
    let masked = text;
    for (const [credential, standIn] of this.#odd) masked = masked.replaceAll(credential, standIn);
    masked = masked.replace(WORDS, (word) => this.#words.get(word) ?? this.#parts(word));
    if (masked.includes('":') || masked.includes('" :')) {
      masked = masked.replace(IN_JSON, (_, name, colon, value, end) => {
        return `"${name}"${colon}"${escaped(this.#of(unescaped(value)))}${end}`;
      });
    }
    if (masked.includes('=')) {
      masked = masked.replace(this.#inQuery, (whole, before, name, value) => {
        const plain = decoded(value);
        const standIn = this.#of(plain);
        return standIn === plain ? whole : `${before}${name}=${encoded(standIn, value)}`;
      });
    }
    return masked;
  }

  /** Every text of a value. @param named whether keys of it may say that a credential follows */
  all<T>(value: T, named = false): T {
    if (typeof value === 'string') return this.text(value) as T;
    if (Array.isArray(value)) return value.map((one) => this.all(one, named)) as T;
    if (typeof value !== 'object' || value === null) return value;
    const masked = Object.entries(value).map(([key, inner]) => [
      this.text(key),
      named && typeof inner === 'string' && isCredentialName(key)
        ? this.#of(inner)
        : this.all(inner, named),
    ]);
    return Object.fromEntries(masked) as T;
  }

  #of(credential: string): string {
    return this.#public.has(credential) ? credential : this.#standIns.of(credential);
  }

  #replace(credential: string, standIn: string): void {
    if (credential === standIn) return;
    if (WORD.test(credential)) this.#words.set(credential, standIn);
    else if (this.#odd.size < MOST_ODD) {
      this.#odd.set(credential, standIn);
      this.#odd.set(escaped(credential), escaped(standIn));
      this.#odd.set(inUrl(credential), inUrl(standIn));
    }
  }

  /** Of a path, a list or the end of a sentence: each part may be one. */
  #parts(word: string): string {
    if (word.length < LEAST || !/[./~]/.test(word)) return word;
    return word.replace(/[^./~]+/g, (part) => this.#words.get(part) ?? part);
  }
}

const COOKIES = /((?:^|[;,]\s*)[^=;,\s]+=)([^;,\s]+)/g;

function restOf(value: string): string {
  const [, rest] = /^[A-Za-z][\w-]* +(.*)$/s.exec(value) ?? [];
  return rest ?? value;
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function unescaped(text: string): string {
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return text;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function encoded(standIn: string, before: string): string {
  return decoded(before) === before ? standIn : inUrl(standIn);
}

/** Half of a pair of surrogates has no place in a URL. */
function inUrl(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}
