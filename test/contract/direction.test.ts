import { describe, expect, it } from 'vitest';
import { judge } from '../support/document.js';

const ID = { type: 'string', readOnly: true };
const PASSWORD = { type: 'string', writeOnly: true };

describe('a required property that is readOnly (OpenAPI 3.0.3, Schema Object)', () => {
  it.each([
    ['of the body itself', { required: ['id'], properties: { id: ID } }],
    [
      'described by a reference',
      { required: ['id'], properties: { id: { $ref: '#/components/schemas/Id' } } },
    ],
    ['behind a reference', { $ref: '#/components/schemas/Thing' }],
    [
      'of a part of allOf',
      {
        allOf: [
          { $ref: '#/components/schemas/Thing' },
          { required: ['name'], properties: { name: {} } },
        ],
      },
    ],
    [
      'that another part of allOf requires',
      { allOf: [{ $ref: '#/components/schemas/Described' }, { required: ['id'] }] },
    ],
    [
      'that a referred part of allOf requires',
      { properties: { id: ID }, allOf: [{ $ref: '#/components/schemas/Required' }] },
    ],
    [
      'of a form that is one of several',
      { oneOf: [{ $ref: '#/components/schemas/Thing' }, { type: 'string' }] },
    ],
  ])('%s need not be sent, and must be answered', (_, schema) => {
    const schemas = {
      Id: ID,
      Thing: { type: 'object', required: ['id'], properties: { id: ID } },
      Described: { type: 'object', properties: { id: ID } },
      Required: { type: 'object', required: ['id'] },
    };
    for (const openapi of ['3.0.3', '3.1.0']) {
      const { request, answer } = judge({ openapi, schema, schemas });
      expect(request({ name: 'a' })).toEqual([]);
      expect(answer({ name: 'a' }).join()).toMatch(/\.id required|oneOf/);
      expect(answer({ name: 'a', id: '1' })).toEqual([]);
    }
  });

  it('is taken when it is sent, and held to its type', () => {
    const { request } = judge({ schema: { required: ['id'], properties: { id: ID } } });
    expect(request({ id: '1' })).toEqual([]);
    expect(request({ id: 1 })).toEqual(['$.id cast']);
  });

  it('is looked for at every depth, and leaves other required properties as they are', () => {
    const item = { required: ['id', 'name'], properties: { id: ID, name: { type: 'string' } } };
    const { request, answer } = judge({
      schema: { properties: { items: { type: 'array', items: item } } },
    });
    expect(request({ items: [{ name: 'a' }, {}] })).toEqual(['$.items[1].name required']);
    expect(answer({ items: [{ name: 'a' }] })).toEqual(['$.items[0].id required']);
  });

  it('is no property that is called readOnly, nor an example that says so', () => {
    const schema = {
      required: ['readOnly', 'b'],
      properties: { readOnly: { type: 'boolean' }, b: { example: { readOnly: true } } },
    };
    expect(judge({ schema }).request({})).toEqual(['$.readOnly required', '$.b required']);
  });
});

describe('a required property that is writeOnly', () => {
  it('must be sent, and need not be answered', () => {
    const { request, answer } = judge({
      schema: { required: ['password'], properties: { password: PASSWORD } },
    });
    expect(request({})).toEqual(['$.password required']);
    expect(answer({})).toEqual([]);
    expect(answer({ password: 'x' })).toEqual([]);
  });
});
