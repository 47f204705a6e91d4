import { describe, expect, it } from 'vitest';
import { judge, type SmallDocument } from '../support/document.js';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const cat = {
  type: 'object',
  required: ['kind', 'lives'],
  properties: { kind: { type: 'string' }, lives: { type: 'integer' } },
};
const dog = {
  type: 'object',
  required: ['kind'],
  properties: { kind: { type: 'string' }, lives: { type: 'integer' }, bark: { type: 'boolean' } },
};
const MAPPED = { propertyName: 'kind', mapping: { cat: '#/components/schemas/Cat', dog: 'Dog' } };

function pets(
  schema: SmallDocument['schema'],
  more: SmallDocument['schemas'] = {},
  openapi = '3.0.3',
) {
  return judge({ openapi, schema: schema as never, schemas: { Cat: cat, Dog: dog, ...more } });
}

describe('a discriminator beside oneOf or anyOf', () => {
  const choice = { oneOf: [ref('Cat'), ref('Dog')], discriminator: MAPPED };

  it('lets the named form decide, though the value fits both', () => {
    const { request, answer } = pets(choice);
    expect(request({ kind: 'cat', lives: 9 })).toEqual([]);
    expect(answer({ kind: 'dog', lives: 9 })).toEqual([]);
  });

  it('says what is wrong with the named form, and nothing of the others', () => {
    const { request } = pets(choice);
    expect(request({ kind: 'cat' })).toEqual(['$.lives required']);
    expect(request({ kind: 'dog', bark: 'loud' })).toEqual(['$.bark cast']);
  });

  it('says in one breach which names there are', () => {
    const { validator, operation, answer } = pets(choice);
    const breaches = validator.body(operation, 'application/json', { kind: 'cow' });
    expect(breaches).toMatchObject([
      { at: '$.kind', rule: 'inclusion', params: ['cat', 'dog', 'Cat', 'Dog'] },
    ]);
    expect(answer({ kind: 'cow' })).toEqual(['$.kind inclusion']);
  });

  it('is missed when every form requires it', () => {
    expect(pets(choice).request({ lives: 9 })).toEqual(['$.kind required']);
  });

  it.each(['oneOf', 'anyOf'])('of %s goes by the names of the schemas without a mapping', (key) => {
    const { request } = pets({
      [key]: [ref('Cat'), ref('Dog')],
      discriminator: { propertyName: 'kind' },
    });
    expect(request({ kind: 'Cat', lives: 9 })).toEqual([]);
    expect(request({ kind: 'Dog' })).toEqual([]);
    expect(request({ kind: 'cat', lives: 9 })).toEqual(['$.kind inclusion']);
  });

  it('goes by the values that the forms themselves name', () => {
    const own = (kind: string) => ({
      ...dog,
      properties: { ...dog.properties, kind: { type: 'string', enum: [kind] } },
    });
    const { request } = judge({
      schema: { oneOf: [ref('One'), ref('Two')], discriminator: { propertyName: 'kind' } },
      schemas: { One: own('one'), Two: own('two') },
    });
    expect(request({ kind: 'two', bark: true })).toEqual([]);
    expect(request({ kind: 'One' })).toEqual(['$.kind inclusion']);
  });

  it('decides behind nullable and within lists', () => {
    const { request } = pets({ type: 'array', items: { ...choice, nullable: true } });
    expect(request([null, { kind: 'dog' }])).toEqual([]);
    expect(request([{ kind: 'cow' }])).toEqual(['$[0].kind inclusion']);
  });

  it('takes the default of OpenAPI 3.2 for a name that is missing or unknown', () => {
    const { request } = pets(
      { ...choice, discriminator: { ...MAPPED, defaultMapping: 'Cat' } },
      {},
      '3.2.0',
    );
    expect(request({ kind: 'cow', lives: 1 })).toEqual([]);
    expect(request({ kind: 'cow' })).toEqual(['$.lives required']);
    expect(request({ kind: 'dog' })).toEqual([]);
  });

  it('does not decide of what is no object', () => {
    expect(pets(choice).request('cat')).toEqual(['$ oneOf']);
  });
});

describe('a discriminator of a schema that others inherit from', () => {
  const pet = {
    type: 'object',
    required: ['kind'],
    discriminator: { propertyName: 'kind' },
    properties: { kind: { type: 'string' } },
  };
  const heirs = (discriminator: object) => ({
    Pet: { ...pet, discriminator },
    Cat: {
      allOf: [ref('Pet'), { required: ['lives'], properties: { lives: { type: 'integer' } } }],
    },
    Lion: {
      allOf: [ref('Cat'), { required: ['mane'], properties: { mane: { type: 'boolean' } } }],
    },
  });

  it.each([
    ['by the names of schemas', { propertyName: 'kind' }, 'Cat', 'Lion'],
    [
      'by a mapping',
      { propertyName: 'kind', mapping: { c: ref('Cat').$ref, l: 'Lion' } },
      'c',
      'l',
    ],
  ])('lets the heir decide, %s', (_, discriminator, catName, lionName) => {
    for (const schema of [ref('Pet'), { properties: { of: { allOf: [ref('Pet')] } } }]) {
      const { request, answer } = judge({ schema, schemas: heirs(discriminator) });
      const wrap = (value: object) => ('$ref' in schema ? value : { of: value });
      const at = '$ref' in schema ? '$' : '$.of';
      expect(request(wrap({ kind: catName, lives: 9 }))).toEqual([]);
      expect(request(wrap({ kind: catName }))).toEqual([`${at}.lives required`]);
      expect(answer(wrap({ kind: lionName, lives: 9 }))).toEqual([`${at}.mane required`]);
      expect(request(wrap({ kind: 'cow' }))).toEqual([`${at}.kind inclusion`]);
      expect(request(wrap({ lives: 9 }))).toEqual([`${at}.kind required`]);
    }
  });

  it('holds an heir that is asked for by itself to its own form', () => {
    const { request } = judge({ schema: ref('Cat'), schemas: heirs({ propertyName: 'kind' }) });
    expect(request({ kind: 'Cat', lives: 9 })).toEqual([]);
  });

  it('ends where the parent lists its heirs itself', () => {
    const schemas = heirs({ propertyName: 'kind' });
    const listed = { ...schemas, Pet: { ...schemas.Pet, oneOf: [ref('Cat'), ref('Lion')] } };
    const { request } = judge({ schema: ref('Pet'), schemas: listed });
    expect(request({ kind: 'Cat', lives: 9 })).toEqual([]);
    expect(request({ kind: 'Lion', lives: 9 })).toEqual(['$.mane required']);
  });
});
