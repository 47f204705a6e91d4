import { describe, expect, it } from 'vitest';
import { missingCredential } from '../../src/contract/gate.js';
import type { Operation, SecurityScheme } from '../../src/contract/operation.js';

const bearer = { in: 'header', name: 'Authorization', prefix: 'Bearer' } as SecurityScheme;
const key = { in: 'header', name: 'X-Key' } as SecurityScheme;
const inQuery = { in: 'query', name: 'key' } as SecurityScheme;
const cookie = { in: 'cookie', name: 'sid' } as SecurityScheme;

const lacks = (
  security: SecurityScheme[][],
  headers: Record<string, string> = {},
  query: Record<string, unknown> = {},
) => missingCredential({ security } as unknown as Operation, headers, query)?.name;

describe('credentials', () => {
  it('are asked for by none when the operation has no security', () => {
    expect(lacks([])).toBeUndefined();
  });

  it.each([
    ['Bearer x', undefined],
    ['bearer x', undefined],
    ['Bearer', 'Authorization'],
    ['Bearer  ', 'Authorization'],
    ['Basic x', 'Authorization'],
  ])('of a bearer: "%s" (RFC 9110 §11.1)', (authorization, missing) => {
    expect(lacks([[bearer]], { authorization })).toBe(missing);
  });

  it('of one alternative are all needed, and one alternative is enough', () => {
    expect(lacks([[bearer, key]], { authorization: 'Bearer x' })).toBe('X-Key');
    expect(lacks([[bearer], [key]], { 'x-key': 'x' })).toBeUndefined();
    expect(lacks([[bearer], []])).toBeUndefined();
    expect(lacks([[bearer], [key]])).toBe('Authorization');
  });

  it('are looked for in the query and among the cookies too', () => {
    expect([lacks([[inQuery]], {}, { key: 'x' }), lacks([[inQuery]])]).toEqual([undefined, 'key']);
    expect(lacks([[cookie]], { cookie: 'a=b; sid=7' })).toBeUndefined();
    expect(lacks([[cookie]], { cookie: 'sid=; xsid=7' })).toBe('sid');
  });
});
