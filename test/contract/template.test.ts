import { describe, expect, it } from 'vitest';
import { compileTemplate, namesIn } from '../../src/contract/template.js';

const fill = (value: unknown, scope: Record<string, unknown>) => compileTemplate(value)(scope);

describe('a template', () => {
  it.each([
    ['{n}', 7],
    ['{list}', [1, 2]],
    ['{nothing}', null],
    ['{deep.inner.name}', 'x'],
    ['jobs/{n}', 'jobs/7'],
    ['{n}{n}', '77'],
    ['{{n}}', '{n}'],
    ['{{{n}}}', '{7}'],
    ['{missing}/x', '/x'],
    ['{ n }', '{ n }'],
    ['{1}', '{1}'],
  ])('fills %s', (text, expected) => {
    const scope = { n: 7, list: [1, 2], nothing: null, deep: { inner: { name: 'x' } } };
    expect(fill(text, scope)).toEqual(expected);
  });

  it('leaves a key or an item out whose place stands alone and is undefined', () => {
    expect(fill({ a: '{gone}', b: ['{gone}', 1], c: { d: '{gone}' } }, {})).toEqual({
      b: [1],
      c: {},
    });
  });

  it('leaves other values as they are, and fills anew each time', () => {
    const template = compileTemplate({ a: 1, b: true, c: null, d: '{n}' });
    expect([template({ n: 1 }), template({ n: 2 })]).toEqual([
      { a: 1, b: true, c: null, d: 1 },
      { a: 1, b: true, c: null, d: 2 },
    ]);
  });

  it('tells the names of its places, wherever they stand', () => {
    expect(namesIn({ a: ['{x}', { b: 'n {y.z} {{w}}' }] })).toEqual(['x', 'y.z']);
  });
});
