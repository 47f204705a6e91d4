import { describe, expect, it } from 'vitest';
import { adoptNames, lacksNames, placesAmong } from '../../src/contract/adopt-names.js';
import type { OpenApiDocument } from '../../src/contract/document.js';
import { listOperations } from '../../src/contract/operations.js';

const KNOWN = [
  { id: 'submitPackage', method: 'POST' as const, path: '/patients/{patient_id}/package' },
  { id: 'readPackage', method: 'GET' as const, path: '/patients/{patient_id}/package/{id}' },
  { id: 'getJob', method: 'GET' as const, path: '/jobs/{id}', scopes: [['job:read']] },
];

const OFFICIAL: OpenApiDocument = {
  openapi: '3.1.0',
  info: { title: 'Official', version: '1' },
  paths: {
    '/api/patients/{id}/package': {
      parameters: [{ $ref: '#/components/parameters/Patient' }],
      post: { operationId: 'Submit Package' },
      delete: { operationId: 'Remove Package' },
    },
    '/api/patients/{patientId}/package/{packageId}/': {
      get: {
        operationId: 'Get Package',
        parameters: [
          { name: 'patientId', in: 'path', required: true },
          { name: 'packageId', in: 'path', required: true },
          { name: 'id', in: 'query' },
        ],
      },
    },
    '/api/Jobs/{job_id}': {
      parameters: [{ name: 'Authorization', in: 'header', required: true }],
      get: { operationId: 'Get Job', parameters: [] },
    },
    '/api/elsewhere': { get: { operationId: 'Something Else' } },
  },
  components: { parameters: { Patient: { name: 'id', in: 'path', required: true } } },
};

describe('names that one document takes over from another', () => {
  const operations = listOperations(adoptNames(OFFICIAL, KNOWN, ['', '/api']));
  const find = (id: string) => operations.find((one) => one.id === id);

  it('are found by method and path, whatever prefix, case and names of parameters', () => {
    expect(operations.map(({ id, path }) => [id, path])).toEqual([
      ['submitPackage', '/patients/{patient_id}/package'],
      ['Remove Package', '/patients/{patient_id}/package'],
      ['readPackage', '/patients/{patient_id}/package/{id}'],
      ['getJob', '/jobs/{id}'],
      ['Something Else', '/api/elsewhere'],
    ]);
  });

  it('are those of path parameters too, by their places', () => {
    const names = (id: string) => find(id)?.parameters.map((one) => `${one.in} ${one.name}`);
    expect(names('submitPackage')).toEqual(['path patient_id']);
    expect(names('readPackage')).toEqual(['path patient_id', 'path id', 'query id']);
  });

  it('leave the document’s own beside them', () => {
    expect(find('getJob')?.aliases).toEqual(['Get Job']);
    expect(find('Something Else')?.aliases).toBeUndefined();
  });

  it('bring the scopes of a token that the document asks for, and says no more of', () => {
    const bearer = { in: 'header', name: 'Authorization', prefix: 'Bearer' };
    expect(find('getJob')).toMatchObject({ scopes: [['job:read']], security: [[bearer]] });
    const silent = { ...OFFICIAL, paths: { '/jobs/{id}': { get: { operationId: 'Get Job' } } } };
    const said = { ...OFFICIAL, security: [] };
    for (const document of [silent, said]) {
      const all = listOperations(adoptNames(document, KNOWN, ['', '/api']));
      expect(all.find(({ id }) => id === 'getJob')?.scopes).toBeUndefined();
    }
  });

  it('are known to be of the same API by their places', () => {
    const official = listOperations(OFFICIAL);
    expect(placesAmong(official, KNOWN, ['', '/api'])).toBe(3);
    expect(placesAmong(official, KNOWN, [''])).toBe(0);
  });

  it('change nothing in the document itself', () => {
    expect(Object.keys(OFFICIAL.paths)[0]).toBe('/api/patients/{id}/package');
    expect(lacksNames(OFFICIAL, ['submitPackage'])).toBe(true);
    expect(lacksNames(OFFICIAL, ['Submit Package', 'Get Job'])).toBe(false);
  });
});
