import { describe, expect, it } from 'vitest';
import { broken, documentOf, load } from '../support/documents.js';

const closed = (names: string[], more: object = {}) => ({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
  additionalProperties: false,
  ...more,
});
const COMPONENTS = `components: { schemas: ${JSON.stringify({
  Base: closed(['a'], { required: ['a'] }),
  More: { allOf: [{ $ref: '#/components/schemas/Base' }, closed(['b'])] },
  Pet: closed(['kind'], { discriminator: { propertyName: 'kind' }, required: ['kind'] }),
  Cat: {
    allOf: [{ $ref: '#/components/schemas/Pet' }, { properties: { claws: { type: 'integer' } } }],
  },
})} }`;
const base = { $ref: '#/components/schemas/Base' };

describe('parts of an allOf that shut each other out are read together', () => {
  it.each([
    [
      'two closed parts',
      { allOf: [closed(['a']), closed(['b'])] },
      [{ a: 'x', b: 'x' }, {}],
      [{ c: 1 }, { a: 1 }],
    ],
    [
      'a closed whole without properties',
      { allOf: [base], additionalProperties: false },
      [{ a: 'x' }],
      [{}, { a: 'x', c: 1 }],
    ],
    [
      'a reference to a closed schema',
      { allOf: [base, { properties: { b: {} } }] },
      [{ a: 'x', b: 1 }],
      [{ b: 1 }, { a: 'x', c: 1 }],
    ],
    [
      'a part of a part',
      { allOf: [{ $ref: '#/components/schemas/More' }, closed(['c'])] },
      [{ a: 'x', b: 'x', c: 'x' }],
      [{ a: 'x', d: 1 }],
    ],
    [
      'a pattern',
      { allOf: [base, { patternProperties: { '^x-': {} } }] },
      [{ a: 'x', 'x-b': 1 }],
      [{ a: 'x', b: 1 }],
    ],
    [
      'a closed whole and its choice',
      { ...closed(['a']), anyOf: [{ properties: { b: {} }, required: ['b'] }] },
      [{ a: 'x', b: 1 }],
      [{ a: 'x' }, { b: 1, c: 1 }],
    ],
    [
      'closed forms that lack what the whole requires',
      {
        properties: { a: {} },
        required: ['a'],
        oneOf: [closed(['b'], { required: ['b'] }), closed(['c'], { required: ['c'] })],
      },
      [
        { a: 1, b: 'x' },
        { a: 1, c: 'x' },
      ],
      [{ a: 1, b: 'x', c: 'x' }, { b: 'x' }],
    ],
    [
      'a closed parent with a discriminator',
      { $ref: '#/components/schemas/Cat' },
      [{ kind: 'Cat', claws: 4 }],
      [
        { kind: 'Cat', claws: 'x' },
        { kind: 'Cat', d: 1 },
      ],
    ],
  ] as const)('%s', async (_, schema, good, bad) => {
    for (const version of ['3.0.3', '3.1.0']) {
      const contract = await load(documentOf(schema, version, COMPONENTS));
      for (const value of good) expect(broken(contract, value), JSON.stringify(value)).toEqual([]);
      for (const value of bad)
        expect(broken(contract, value), JSON.stringify(value)).not.toEqual([]);
      expect(contract.problems).toMatchObject([
        { code: 'CONTRACT_CLOSED_PART', severity: 'warning', usable: true },
      ]);
    }
  });

  it('and unevaluatedProperties of a part too', async () => {
    const part = { properties: { a: {} }, unevaluatedProperties: false };
    const contract = await load(documentOf({ allOf: [part, { properties: { b: {} } }] }, '3.1.0'));
    expect(broken(contract, { a: 1, b: 1 })).toEqual([]);
    expect(broken(contract, { c: 1 })).not.toEqual([]);
  });

  it('while the referred schema stays closed for others', async () => {
    const both = {
      type: 'object',
      properties: { all: { allOf: [base, closed(['b'])] }, one: base },
    };
    const contract = await load(
      documentOf(both, '3.0.3', COMPONENTS.replace(/"More".*?\]\},/, '')),
    );
    expect(broken(contract, { all: { a: 'x', b: 'x' }, one: { a: 'x' } })).toEqual([]);
    expect(broken(contract, { one: { a: 'x', b: 'x' } })).not.toEqual([]);
  });

  it.each([
    ['closed parts that name the same', { allOf: [closed(['a']), { required: ['a'] }] }],
    [
      'unevaluatedProperties of the whole',
      { allOf: [{ properties: { a: {} } }], unevaluatedProperties: false },
    ],
    [
      'closed forms that are told apart by what they shut out',
      { properties: { a: {}, b: {} }, oneOf: [closed(['a']), closed(['b'], { required: ['b'] })] },
    ],
  ])('nothing is said of %s', async (_, schema) => {
    const contract = await load(documentOf(schema, '3.1.0'));
    expect(contract.problems).toEqual([]);
    expect(broken(contract, { c: 1 })).not.toEqual([]);
  });
});

describe('a oneOf of which one form includes another is read as anyOf', () => {
  const text = (name: string, more: object = {}) => ({
    type: 'object',
    required: [name],
    properties: { [name]: { type: 'string', ...more } },
  });
  it.each([
    [
      'equal forms',
      [text('a'), { title: 'again', ...text('a', { description: 'x' }) }],
      [{ a: 'x' }],
      [{ a: 1 }],
    ],
    ['a whole number and a number', [{ type: 'integer' }, { type: 'number' }], [1, 1.5], ['x']],
    [
      'fields of such types',
      [
        text('a'),
        { properties: { b: { type: 'integer' } }, required: ['b'] },
        { properties: { b: { type: 'number' } }, required: ['b'] },
      ],
      [{ b: 1 }, { a: 'x' }],
      [{ a: 1 }],
    ],
    [
      'a form and one that asks more',
      [base, { allOf: [base], properties: { a: { enum: ['x', 'y'] } } }],
      [{ a: 'x' }, { a: 'z' }],
      [{}],
    ],
    [
      'forms whose fields need not be there',
      [
        { type: 'object', properties: { type: { type: 'string' }, host: { type: 'string' } } },
        { type: 'object', properties: { type: { type: 'string' }, subject: { type: 'string' } } },
      ],
      [{ type: 'x', host: 'y' }, {}],
      [{ host: 1, subject: 1 }, 'x'],
    ],
    ['a form that takes anything', [{}, text('a')], [1, { a: 'x' }], []],
    [
      'limits',
      [
        { type: 'string', maxLength: 3 },
        { type: 'string', maxLength: 5 },
      ],
      ['x', 'xxxx'],
      ['xxxxxx', 1],
    ],
  ] as const)('%s', async (_, oneOf, good, bad) => {
    for (const version of ['3.0.3', '3.1.0']) {
      const contract = await load(
        documentOf(
          { type: 'object', properties: { v: { oneOf } } },
          version,
          `components: { schemas: { Base: ${JSON.stringify(text('a'))} } }`,
        ),
      );
      for (const v of good) expect(broken(contract, { v }), JSON.stringify(v)).toEqual([]);
      for (const v of bad) expect(broken(contract, { v }), JSON.stringify(v)).not.toEqual([]);
      expect(contract.problems).toMatchObject([
        { code: 'CONTRACT_SAME_FORMS', severity: 'warning', usable: true },
      ]);
    }
  });

  it.each([
    [
      'forms that overlap and do not include each other',
      [text('a'), text('b')],
      { a: 'x', b: 'x' },
    ],
    [
      'a tuple',
      [
        { type: 'array', items: text('a') },
        { type: 'array', prefixItems: [{ type: 'integer' }], items: text('a') },
      ],
      [],
    ],
    [
      'closed forms with other names',
      [
        { ...text('a'), additionalProperties: false },
        { ...text('b'), additionalProperties: false },
      ],
      {},
    ],
    ['forms of other values', [{ enum: ['a', 'b'] }, { enum: ['b', 'c'] }], 'b'],
    [
      'a form that shuts out what the other names',
      [
        { ...text('a'), additionalProperties: false },
        { ...text('a'), required: ['a', 'b'] },
      ],
      { a: 1 },
    ],
  ])('nothing is said of %s', async (_, oneOf, v) => {
    const contract = await load(
      documentOf({ type: 'object', properties: { v: { oneOf } } }, '3.1.0'),
    );
    expect(contract.problems).toEqual([]);
    expect(broken(contract, { v })).not.toEqual([]);
  });
});

describe('null as OpenAPI 3.0 spells it', () => {
  it.each([
    '3.0.3',
    '3.1.0',
  ])('a part of an allOf that says nothing else makes the whole nullable, in %s', async (version) => {
    const contract = await load(
      documentOf(
        { type: 'object', properties: { a: { allOf: [{ type: 'string' }, { nullable: true }] } } },
        version,
      ),
    );
    expect(broken(contract, { a: null })).toEqual([]);
    expect(broken(contract, { a: 'x' })).toEqual([]);
    expect(broken(contract, { a: 1 })).not.toEqual([]);
    expect(contract.problems).toHaveLength(version === '3.0.3' ? 0 : 1);
  });
});
