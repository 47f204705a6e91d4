import { describe, expect, it } from 'vitest';
import type { OpenApiDocument } from '../../src/contract/document.js';
import type { Json } from '../../src/contract/json.js';
import { fillRequired } from '../../src/contract/sample.js';

function documentWith(schemas: Json): OpenApiDocument {
  return {
    openapi: '3.0.3',
    info: { title: 'T', version: '1' },
    paths: {},
    components: { schemas },
  };
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const PET = {
  type: 'object',
  required: ['id', 'name', 'owner'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    name: { type: 'string', enum: ['Rex'] },
    nick: { type: 'string' },
    owner: ref('Owner'),
  },
};
const OWNER = { type: 'object', required: ['age'], properties: { age: { type: 'integer' } } };
const DOCUMENT = documentWith({ Pet: PET, Owner: OWNER });
const UUID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

describe('filling in what a schema requires', () => {
  it('adds only what is required and missing', () => {
    const value = { nick: 'R', owner: { age: 7 } };
    expect(fillRequired(DOCUMENT, ref('Pet'), value, 1)).toEqual({
      ...value,
      id: UUID,
      name: 'Rex',
    });
  });

  it('completes what is there in part, and leaves the value itself as it was', () => {
    const value = { id: 'x', name: 'Tom', owner: {} };
    const filled = fillRequired(DOCUMENT, ref('Pet'), value, 1);
    expect(filled).toEqual({ id: 'x', name: 'Tom', owner: { age: expect.any(Number) } });
    expect(value.owner).toEqual({});
  });

  it('looks into the envelope of an answer', () => {
    const envelope = { type: 'object', required: ['data'], properties: { data: ref('Pet') } };
    for (const schema of [envelope, { anyOf: [envelope, ref('Pet')] }, { oneOf: [ref('Pet')] }]) {
      expect(fillRequired(DOCUMENT, schema, {}, 1)).toMatchObject({ id: UUID, name: 'Rex' });
    }
  });

  it('obeys every part of allOf, and of a choice the branch that lacks the least', () => {
    const part = (name: string, value: number) => ({
      type: 'object',
      required: [name],
      properties: { [name]: { type: 'integer', minimum: value, maximum: value } },
    });
    const schema = { allOf: [part('a', 1), part('b', 2)], oneOf: [part('c', 3), part('d', 4)] };
    expect(fillRequired(DOCUMENT, schema, { d: 9 }, 1)).toEqual({ a: 1, b: 2, d: 9 });
  });

  it('invents the same from the same seed', () => {
    const fill = (seed: number) => fillRequired(DOCUMENT, ref('Pet'), {}, seed).id;
    expect(fill(5)).toBe(fill(5));
    expect(fill(5)).not.toBe(fill(6));
  });

  it('invents no id twice', () => {
    const two = {
      type: 'object',
      required: ['a', 'b'],
      properties: { a: PET.properties.id, b: PET.properties.id },
    };
    const { a, b } = fillRequired(DOCUMENT, two, {}, 1);
    expect(a).not.toBe(b);
  });

  it('comes to an end with a schema that contains itself or points nowhere', () => {
    const node = { type: 'object', required: ['next'], properties: { next: ref('Node') } };
    const document = documentWith({ Node: node, Loop: ref('Loop') });
    expect(fillRequired(document, ref('Node'), { next: {} }, 1)).toHaveProperty('next.next');
    expect(fillRequired(document, ref('Loop'), { a: 1 }, 1)).toEqual({ a: 1 });
    const lost = { type: 'object', required: ['x'], properties: { x: ref('Nowhere') } };
    expect(fillRequired(document, lost, { a: 1 }, 1)).toEqual({ a: 1 });
  });
});
