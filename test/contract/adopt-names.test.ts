import { describe, expect, it } from 'vitest';
import { adoptNames, lacksNames } from '../../src/contract/adopt-names.js';
import type { OpenApiDocument } from '../../src/contract/document.js';
import { listOperations } from '../../src/contract/operations.js';

const KNOWN = [
  { id: 'submitPackage', method: 'POST' as const, path: '/patients/{patient_id}/package' },
  { id: 'readPackage', method: 'GET' as const, path: '/patients/{patient_id}/package/{id}' },
  { id: 'getJob', method: 'GET' as const, path: '/jobs/{id}' },
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
    '/api/Jobs/{job_id}': { get: { operationId: 'Get Job', parameters: [] } },
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

  it('change nothing in the document itself', () => {
    expect(Object.keys(OFFICIAL.paths)[0]).toBe('/api/patients/{id}/package');
    expect(lacksNames(OFFICIAL, ['submitPackage'])).toBe(true);
    expect(lacksNames(OFFICIAL, ['Submit Package', 'Get Job'])).toBe(false);
  });
});
