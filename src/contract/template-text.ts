import { isObject, type Json } from './json.js';
import { compileString, pieces, type Template } from './template.js';

/** A text of JSON in the place of the value that it tells. */
export class JsonText {
  constructor(readonly text: string) {}

  toJSON(): unknown {
    return JSON.parse(this.text);
  }
}

type Write = (scope: Json) => string | undefined;

const known = new WeakMap<Template, Write>();

/**
 * The JSON text of what a template makes, without making it: what stands still is written once, and each answer fills
 * in the places alone. Undefined where it makes nothing.
 * @example textOfTemplate(compileTemplate({ id: '{job}' }), { job: '7' }) // '{"id":"7"}'
 */
export function textOfTemplate(template: Template, scope: Json): string | undefined {
  let write = known.get(template);
  if (!write) {
    write = compile(template);
    known.set(template, write);
  }
  return write(scope);
}

function compile(template: Template): Write {
  const parts = partsOf(template.source);
  return (scope) => {
    let text = '';
    for (const part of parts) {
      if (typeof part === 'string') text += part;
      else {
        const told = part.write(scope);
        if (told !== undefined) text += part.before + told;
        else if (part.isFirst) return JSON.stringify(template(scope));
      }
    }
    return text;
  };
}

/** Does a template show a value nowhere but as a whole, so that a {@link JsonText} can take its place? */
export function showsWhole(source: unknown, name: string): boolean {
  if (typeof source === 'string') {
    const parts = pieces(source);
    const isOf = (part: (typeof parts)[number]) =>
      'name' in part && (part.name === name || part.name.startsWith(`${name}.`));
    return !parts.some(isOf) || source === `{${name}}`;
  }
  if (typeof source !== 'object' || source === null) return true;
  return Object.values(source).every((inner) => showsWhole(inner, name));
}

/** A value that each answer has its own of. Without one it is left out, and what stands before it. */
interface Hole {
  before: string;
  write: Write;
  /** No comma stands before it: without it, that of the next would be wrong. */
  isFirst: boolean;
}

/** Texts as they stand, and places, in turn. */
function partsOf(source: unknown): (string | Hole)[] {
  const parts: (string | Hole)[] = [];
  const add = (text: string) => {
    const last = parts.length - 1;
    if (typeof parts[last] === 'string') parts[last] += text;
    else parts.push(text);
  };
  const walk = (value: unknown, before: string, isFirst: boolean) => {
    if (typeof value === 'string' && pieces(value).some((piece) => 'name' in piece)) {
      const fill = compileString(value);
      parts.push({ before, write: (scope) => jsonOf(fill(scope)), isFirst });
      return;
    }
    const isList = Array.isArray(value);
    if (!isList && !isObject(value)) {
      add(before + JSON.stringify(typeof value === 'string' ? compileString(value)({}) : value));
      return;
    }
    add(before + (isList ? '[' : '{'));
    Object.entries(value).forEach(([key, inner], i) => {
      const comma = i === 0 ? '' : ',';
      walk(inner, isList ? comma : `${comma}${JSON.stringify(key)}:`, i === 0);
    });
    add(isList ? ']' : '}');
  };
  walk(source, '', true);
  return parts;
}

/** RFC 8259 §7: characters that stand in a string of JSON as they are. */
const PLAIN = /^[ !#-[\]-~]*$/;

function jsonOf(value: unknown): string | undefined {
  if (typeof value === 'string' && PLAIN.test(value)) return `"${value}"`;
  if (value instanceof JsonText) return value.text;
  return JSON.stringify(value);
}
