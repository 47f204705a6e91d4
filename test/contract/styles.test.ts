import { describe, expect, it } from 'vitest';
import { parameterReader } from '../../src/contract/read-parameters.js';
import { judge } from '../support/document.js';

const ARRAY = { type: 'array', items: { type: 'string' } };
const OBJECT = {
  type: 'object',
  properties: { R: { type: 'integer' }, G: { type: 'integer' }, B: { type: 'integer' } },
};
const STRING = { type: 'string' };
const COLORS = ['blue', 'black', 'brown'];
const RGB = { R: '100', G: '200', B: '150' };

/** Reads one parameter, `color`, out of a place of a request. */
function read(parameter: object, place: 'path' | 'query' | 'header' | 'cookie', text: string) {
  const path = place === 'path' ? '/things/{color}' : '/things';
  const { document, operation } = judge({
    path,
    operation: { parameters: [{ name: 'color', in: place, ...parameter }] },
  });
  const reader = parameterReader(document, operation);
  const found = reader?.({
    params: place === 'path' ? { color: decodeURIComponent(text) } : {},
    path: place === 'path' ? `/api/things/${text}` : path,
    search: place === 'query' ? `?${text}` : '',
    headers: place === 'header' ? { color: text } : place === 'cookie' ? { cookie: text } : {},
  });
  return found && (found.breaches[0]?.rule ?? found[place].color);
}

describe('the examples of OpenAPI 3.1.1, "Style Examples"', () => {
  it.each([
    ['matrix', false, STRING, ';color=blue', 'blue'],
    ['matrix', false, ARRAY, ';color=blue,black,brown', COLORS],
    ['matrix', false, OBJECT, ';color=R,100,G,200,B,150', RGB],
    ['matrix', true, ARRAY, ';color=blue;color=black;color=brown', COLORS],
    ['matrix', true, OBJECT, ';R=100;G=200;B=150', RGB],
    ['label', false, STRING, '.blue', 'blue'],
    ['label', false, ARRAY, '.blue,black,brown', COLORS],
    ['label', false, ARRAY, '.blue.black.brown', COLORS],
    ['label', false, OBJECT, '.R,100,G,200,B,150', RGB],
    ['label', true, ARRAY, '.blue.black.brown', COLORS],
    ['label', true, OBJECT, '.R=100.G=200.B=150', RGB],
    ['simple', false, ARRAY, 'blue,black,brown', COLORS],
    ['simple', false, OBJECT, 'R,100,G,200,B,150', RGB],
    ['simple', true, ARRAY, 'blue,black,brown', COLORS],
    ['simple', true, OBJECT, 'R=100,G=200,B=150', RGB],
  ])('path, %s, explode %s', (style, explode, schema, text, value) => {
    expect(read({ style, explode, schema }, 'path', text)).toEqual(value);
  });

  it.each([
    ['form', false, ARRAY, 'color=blue,black,brown', COLORS],
    ['form', false, OBJECT, 'color=R,100,G,200,B,150', RGB],
    ['form', true, OBJECT, 'R=100&G=200&B=150', RGB],
    ['spaceDelimited', false, ARRAY, 'color=blue%20black%20brown', COLORS],
    ['spaceDelimited', false, ARRAY, 'color=blue+black+brown', COLORS],
    ['spaceDelimited', false, OBJECT, 'color=R%20100%20G%20200%20B%20150', RGB],
    ['pipeDelimited', false, ARRAY, 'color=blue%7Cblack%7Cbrown', COLORS],
    ['pipeDelimited', false, ARRAY, 'color=blue|black|brown', COLORS],
    ['pipeDelimited', false, OBJECT, 'color=R%7C100%7CG%7C200%7CB%7C150', RGB],
    ['deepObject', true, OBJECT, 'color%5BR%5D=100&color%5BG%5D=200&color[B]=150', RGB],
  ])('query, %s, explode %s', (style, explode, schema, text, value) => {
    expect(read({ style, explode, schema }, 'query', text)).toEqual(value);
  });

  it.each([
    ['header', false, ARRAY, 'blue, black,brown', COLORS],
    ['header', false, OBJECT, 'R,100,G,200,B,150', RGB],
    ['header', true, OBJECT, 'R=100,G=200,B=150', RGB],
    ['cookie', true, STRING, 'a=b; color=blue', 'blue'],
    ['cookie', false, ARRAY, 'color=blue,black,brown', COLORS],
    ['cookie', false, OBJECT, 'color=R,100,G,200,B,150', RGB],
  ] as const)('%s, explode %s', (place, explode, schema, text, value) => {
    expect(read({ explode, schema }, place, text)).toEqual(value);
  });
});

describe('a parameter', () => {
  it('keeps a delimiter that is percent-encoded within an item', () => {
    expect(read({ schema: ARRAY }, 'path', 'a%2Cb,c')).toEqual(['a,b', 'c']);
    expect(read({ schema: ARRAY, explode: false }, 'query', 'color=a%2Cb,c')).toEqual(['a,b', 'c']);
  });

  it('of numbers is split at encoded delimiters too: no number holds one', () => {
    const schema = { type: 'array', items: { type: 'integer' } };
    expect(read({ schema, explode: false }, 'query', 'color=1%2C2')).toEqual(['1', '2']);
  });

  it('with a media type is a message: JSON in a query', () => {
    const parameter = { content: { 'application/json': { schema: OBJECT } } };
    expect(read(parameter, 'query', 'color=%7B%22R%22%3A1%7D')).toEqual({ R: 1 });
    expect(read(parameter, 'query', 'color=%7B')).toBe('json');
  });

  it('that is not of its style is said to be so', () => {
    expect(read({ style: 'label', schema: ARRAY }, 'path', 'blue')).toBe('style');
    expect(read({ style: 'matrix', schema: ARRAY }, 'path', ';colour=blue')).toBe('style');
    expect(read({ schema: OBJECT }, 'path', 'R,100,G')).toBe('style');
  });

  it('nests deep objects and lists, as frameworks write them', () => {
    const schema = { type: 'object' };
    const parameter = { style: 'deepObject', schema };
    expect(read(parameter, 'query', 'color[a][b]=1&color[c][0]=2&color[c][1]=3')).toEqual({
      a: { b: '1' },
      c: ['2', '3'],
    });
    expect(read(parameter, 'query', 'color[__proto__][x]=1')).toEqual({});
  });

  it('that is its own text costs nothing to read', () => {
    expect(read({ schema: STRING }, 'path', 'blue')).toBeUndefined();
    expect(read({ schema: ARRAY }, 'query', 'color=blue&color=black')).toBeUndefined();
  });
});
