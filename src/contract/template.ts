import { at, isObject, type Json } from './json.js';

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
        if (content !== undefined) filled[key] = content;
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

export function pieces(text: string): Piece[] {
  return text
    .split(/(\{\{|\}\}|\{[A-Za-z_][\w.]*\})/)
    .filter((part) => part !== '')
    .map((part) => {
      if (part === '{{') return { text: '{' };
      if (part === '}}') return { text: '}' };
      const name = /^\{([A-Za-z_][\w.]*)\}$/.exec(part)?.[1];
      return name === undefined ? { text: part } : { name };
    });
}

function compileString(text: string): Fill {
  const parts = pieces(text);
  const [first] = parts;
  if (parts.length === 1 && first && 'name' in first) return reader(first.name);
  if (parts.every((p) => 'text' in p)) {
    const whole = parts.map((p) => ('text' in p ? p.text : '')).join('');
    return () => whole;
  }
  const readers = parts.map((p) => ('text' in p ? () => p.text : reader(p.name)));
  return (scope) => readers.map((read) => String(read(scope) ?? '')).join('');
}

function reader(name: string): Fill {
  const dot = name.indexOf('.');
  if (dot === -1) return (scope) => scope[name];
  const head = name.slice(0, dot);
  const rest = name.slice(dot + 1);
  // The same in another measure is a place of its own.
  if (name === 'retryAfter.ms') return (scope) => scope[name];
  return (scope) => at(scope[head], rest);
}
