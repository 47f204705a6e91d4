import { describe, expect, it } from 'vitest';
import { withHarmlessNames, withTrueNames } from '../../src/board/contract/harmless-names.js';
import type { Json } from '../../src/contract/json.js';
import { follow } from '../../src/contract/pointer.js';

/** Names that plain objects of JavaScript know, and the one that functions have. */
const NAMES = [...Object.getOwnPropertyNames(Object.prototype), 'prototype'];

/** An own property of any name, as JSON has it. */
const own = (name: string, value: unknown) => Object.fromEntries([[name, value]]);

/** Every key and every text of a value, at any depth. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsOf(inner)]);
}

const documentOf = (name: string) => ({
  openapi: '3.1.0',
  tags: [{ name }],
  paths: {
    [`/things/{${name}}/{id}`]: {
      get: {
        operationId: name,
        tags: [name],
        parameters: [
          { name, in: 'path', required: true, schema: { $ref: `#/components/schemas/${name}` } },
        ],
        responses: { 200: { description: `${name} of a thing`, headers: own(name, {}) } },
      },
    },
  },
  components: {
    schemas: own(name, {
      required: [name, 'id'],
      properties: own(name, { enum: [name, 7, null, true] }),
      example: own(name, [name]),
    }),
  },
});

describe.each(NAMES)('a document that names %s', (name) => {
  it('names it nowhere any more, as a key, as a value or in a reference', () => {
    const shown = withHarmlessNames(documentOf(name)) as Json;
    const parts = textsOf(shown).flatMap((text) => [text, ...text.split(/[/{}]/)]);
    expect(parts).not.toContain(name);
    expect(parts.some((part) => part.startsWith(name) && part.length === name.length + 2)).toBe(
      true,
    );
  });

  it('has references that lead to the same places', () => {
    const shown = withHarmlessNames(documentOf(name)) as Json;
    const [path = ''] = Object.keys(shown.paths as Json);
    const [parameter] = (shown.paths as Record<string, { get: Json }>)[path]?.get.parameters as [
      { name: string; schema: { $ref: string } },
    ];
    expect(path).toBe(`/things/{${parameter.name}}/{id}`);
    const schema = follow(shown, parameter.schema.$ref)?.value as Json;
    expect(Object.keys(schema)).toEqual(['required', 'properties', 'example']);
    expect(Object.keys(schema.properties as Json)).toEqual([(schema.required as string[])[0]]);
  });

  it('has its own names in whatever is sent', () => {
    const document = documentOf(name);
    const shown = withHarmlessNames(document);
    expect(withTrueNames(JSON.stringify(shown))).toBe(JSON.stringify(document));
    const address = (text: unknown) => `http://127.0.0.1/a/${encodeURIComponent(String(text))}?b=c`;
    expect(withTrueNames(address(withHarmlessNames(name)))).toBe(address(name));
  });
});

describe('any other document', () => {
  it.each([
    [{ a: [1, 'b', null, { c: true }] }],
    ['constructors'],
    ['/constructor/a'],
    ['#constructor'],
    [{ Constructor: 'tostring' }],
    [7],
    [null],
  ])('stays as it is: %j', (value) => {
    expect(withHarmlessNames(value)).toEqual(value);
  });

  it('has a sign of its own for half of a pair, which no address can hold', () => {
    const shown = withHarmlessNames({ 'a\ud800': ['\udc00', '\u{1F1FA}'] });
    expect(shown).toEqual({ 'a\ufffd': ['\ufffd', '\u{1F1FA}'] });
    expect(() => encodeURIComponent(JSON.stringify(shown))).not.toThrow();
  });

  it('stays as it was given: a copy is changed', () => {
    const document = documentOf('constructor');
    const before = JSON.stringify(document);
    withHarmlessNames(document);
    expect(JSON.stringify(document)).toBe(before);
  });
});
