import { at, isObject, type Json, put } from './json.js';
import { isMomentForm, MOMENT_PLACES, spellMoment } from './places.js';

/** What the names in a template stand for; dotted names reach into objects. */
type Scope = Json;
export interface Template {
  (scope: Scope): unknown;
  /** What it was compiled from; `unfill.ts` reads it. */
  readonly source: unknown;
}

/**
 * Compiles a JSON value with `{name}` places into a function of a scope.
 * A string that is one place alone becomes the value itself, of any type; when that is undefined, the
 * key or list item is left out. `{{` and `}}` are braces.
 */
export function compileTemplate(value: unknown): Template {
  return Object.assign(compile(value), { source: value });
}

type Fill = (scope: Scope) => unknown;

function compile(value: unknown): Fill {
  if (typeof value === 'string') return compileString(value);
  if (Array.isArray(value)) {
    const items = value.map(compile);
    return (scope) => items.map((item) => item(scope)).filter((item) => item !== undefined);
  }
  if (isObject(value)) {
    const fields = Object.entries(value).map(([key, v]) => [key, compile(v)] as const);
    return (scope) => {
      const filled: Json = {};
      for (const [key, field] of fields) {
        const content = field(scope);
        if (content !== undefined) put(filled, key, content);
      }
      return filled;
    };
  }
  return () => value;
}

/** The names that a template uses, to check them before anything is answered. */
export function namesIn(value: unknown): string[] {
  if (typeof value === 'string') {
    return pieces(value).flatMap((piece) => ('name' in piece ? [piece.name] : []));
  }
  if (Array.isArray(value)) return value.flatMap(namesIn);
  return isObject(value) ? Object.values(value).flatMap(namesIn) : [];
}

/** A part of a string in a template: a text as it is, or a place. */
export type Piece = { text: string } | { name: string };

/** Names of headers, parameters and fields may have hyphens: `{header.X-Request-Id}`. */
const PLACE = String.raw`\{(?:[A-Za-z_][\w.]*|(?:path|query|header|body)(?:\.[\w-]+)+)\}`;
const PARTS = new RegExp(String.raw`(\{\{|\}\}|${PLACE})`);
const WHOLE = new RegExp(`^${PLACE}$`);

export function pieces(text: string): Piece[] {
  return text
    .split(PARTS)
    .filter((part) => part !== '')
    .map((part) => {
      if (part === '{{') return { text: '{' };
      if (part === '}}') return { text: '}' };
      return WHOLE.test(part) ? { name: part.slice(1, -1) } : { text: part };
    });
}

/**
 * Does a text lead somewhere, so that what stands in its places has to be percent-encoded (RFC 3986 §2.1)? It begins
 * with `{origin}` or `{api}`, a slash, or a scheme.
 */
export function isAddress([first]: readonly Piece[]): boolean {
  if (!first) return false;
  if ('name' in first) return first.name === 'origin' || first.name === 'api';
  return /^(\/|https?:\/\/)/.test(first.text);
}

/** Places whose values are whole segments of an address, or values of its query. */
export function isSegment(name: string): boolean {
  return name === 'job' || /^(path|query|header)\./.test(name);
}

function encode(value: unknown): string {
  // Half a surrogate pair has no encoding.
  return encodeURIComponent(String(value ?? '').replace(/\p{Surrogate}/gu, '\ufffd'));
}

export function compileString(text: string): Fill {
  const parts = pieces(text);
  const [first] = parts;
  if (parts.length === 1 && first && 'name' in first) return reader(first.name);
  if (parts.every((p) => 'text' in p)) {
    const whole = parts.map((p) => ('text' in p ? p.text : '')).join('');
    return () => whole;
  }
  const encodes = isAddress(parts);
  const readers = parts.map((p) => {
    if ('text' in p) return () => p.text;
    const read = reader(p.name);
    if (!encodes || !isSegment(p.name)) return read;
    return (scope: Scope) => encode(read(scope));
  });
  return (scope) => readers.map((read) => String(read(scope) ?? '')).join('');
}

function reader(name: string): Fill {
  const dot = name.indexOf('.');
  if (dot === -1) return (scope) => scope[name];
  const head = name.slice(0, dot);
  const rest = name.slice(dot + 1);
  if (head === 'header') return (scope) => own(scope.header, rest.toLowerCase());
  if (name === 'progress.fraction') return (scope) => scope.progressFraction;
  if (MOMENT_PLACES.includes(head) && isMomentForm(rest)) {
    return (scope) => {
      const moment = scope[head];
      return moment === undefined ? undefined : spellMoment(head, rest, Date.parse(String(moment)));
    };
  }
  if (name === 'error.status') return (scope) => statusOf(at(scope.error, 'code'));
  // The same in another measure, or another form, is a place of its own.
  if (name === 'retryAfter.ms' || name === 'links.absolute') return (scope) => scope[name];
  return (scope) => at(scope[head], rest);
}

/** A code that is digits is a number. */
function statusOf(code: unknown): unknown {
  return typeof code === 'string' && /^\d{1,15}$/.test(code) ? Number(code) : code;
}

function own(of: unknown, key: string): unknown {
  return isObject(of) && Object.hasOwn(of, key) ? of[key] : undefined;
}
