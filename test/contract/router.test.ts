import { describe, expect, it } from 'vitest';
import type { Operation } from '../../src/contract/operation.js';
import { makeRouter } from '../../src/contract/router.js';

const operation = (method: string, path: string) =>
  ({ id: `${method} ${path}`, method, path }) as Operation;

const route = makeRouter([
  {
    operations: [
      operation('GET', '/jobs/{id}'),
      operation('GET', '/jobs/newest'),
      operation('DELETE', '/jobs/{id}'),
      operation('POST', '/jobs/{id}:cancel'),
      operation('GET', '/a/{x}/b/{y-z}'),
    ],
    prefixes: ['', '/api'],
    fits: () => true,
  },
]);

const found = (method: string, path: string) => {
  const hit = route(method, path);
  return hit.kind === 'found' ? [hit.operation.id, hit.params] : hit;
};

describe('a router', () => {
  it('finds an operation below each prefix, with its parameters', () => {
    expect(found('GET', '/jobs/7')).toEqual(['GET /jobs/{id}', { id: '7' }]);
    expect(found('GET', '/api/a/1/b/2')).toEqual(['GET /a/{x}/b/{y-z}', { x: '1', 'y-z': '2' }]);
  });

  it('prefers a fixed segment to a parameter (OpenAPI 3.0.3, Path Templating Matching)', () => {
    expect(found('GET', '/jobs/newest')).toEqual(['GET /jobs/newest', {}]);
  });

  it('takes a colon of the document as it is', () => {
    expect(found('POST', '/jobs/7:cancel')).toEqual(['POST /jobs/{id}:cancel', { id: '7' }]);
  });

  it.each([
    ['/a/{x}.json', '/a/7.8.json', { x: '7.8' }],
    ['/a/{x}.json', '/a/b%2Fc.json', { x: 'b/c' }],
    ["/users('{id}')", "/users('7')", { id: '7' }],
    ['/k/{x}_{y}', '/k/1_2', { x: '1', y: '2' }],
    ['/p/{x},{y}', '/p/1,2', { x: '1', y: '2' }],
    ['/q/pre{x}post', '/q/pre7post', { x: '7' }],
    ['/m/{x}@latest', '/m/7@latest', { x: '7' }],
    ['/files/*', '/files/*', {}],
    ['/h/a%20b/Ї', '/h/a%20b/%D0%87', {}],
    ['/w/:all', '/w/:all', {}],
  ])('takes %s as it is written', (template, path, params) => {
    const alone = makeRouter([
      { operations: [operation('GET', template)], prefixes: [''], fits: () => true },
    ]);
    expect(alone('GET', path)).toMatchObject({ kind: 'found', params });
    expect(alone('GET', '/files/abc').kind).toBe('unknown path');
    expect(alone('GET', '/w/7').kind).toBe('unknown path');
  });

  it('says which methods a path takes, and which path there is not', () => {
    expect(route('PUT', '/jobs/7')).toEqual({ kind: 'wrong method', allow: ['GET', 'DELETE'] });
    expect(route('GET', '/job/7')).toEqual({ kind: 'unknown path' });
    expect(route('GET', '/v2/jobs/7')).toEqual({ kind: 'unknown path' });
  });
});
