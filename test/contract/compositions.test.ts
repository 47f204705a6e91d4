import { describe, expect, it } from 'vitest';
import { loadContract } from '../../src/contract/contract.js';
import { resolve } from '../../src/contract/document.js';
import type { Json } from '../../src/contract/json.js';

const contract = await loadContract('spec/compositions/openapi.yaml', ['', '/api']);
const FULL =
  '/patients/{patientId}/composition/{compositionId}/episode/{episodeId}/encounter/{encounterId}';
const SHORT = '/patients/{patientId}/encounter/{encounterId}/composition/{compositionId}';

/** operationId, method, path, statuses: after the method pages. */
const OPERATIONS: [string, string, string, string[]][] = [
  ['createComposition', 'POST', '/patients/composition', ['200', '400', '401', '422', '500']],
  [
    'getAsyncJobStatus',
    'GET',
    '/patients/composition/job/{asyncJobId}',
    ['200', '400', '401', '404'],
  ],
  ['getComposition', 'GET', FULL, ['200', '401', '403', '404']],
  ['getCompositionByEncounter', 'GET', SHORT, ['200', '401', '403', '404']],
  ['searchCompositions', 'GET', '/patients/searchComposition', ['200', '400', '401']],
  ['searchPatientCompositions', 'GET', '/patients/{patientId}/composition', ['200', '400', '401']],
  [
    'signComposition',
    'PATCH',
    '/patients/composition/{compositionId}/sign',
    ['200', '400', '401', '404', '500'],
  ],
  [
    'cancelComposition',
    'PATCH',
    '/patients/composition/{compositionId}/cancel',
    ['200', '400', '401', '404', '500'],
  ],
  [
    'resendToErln',
    'PATCH',
    '/patients/composition/{compositionId}/erln',
    ['200', '400', '401', '404'],
  ],
  ['getPrintForm', 'GET', `${FULL}/printForm`, ['200']],
  ['getPrintFormByEncounter', 'GET', `${SHORT}/printForm`, ['200']],
  ['getIntegrationData', 'GET', `${FULL}/integrationData`, ['200', '404']],
  ['getIntegrationDataByEncounter', 'GET', `${SHORT}/integrationData`, ['200', '404']],
];

/** operationId, status, media type, example. */
const EXAMPLES = [...contract.operations.values()].flatMap(({ id, path, method }) => {
  const { document } = contract;
  const raw = resolve(document, resolve(document, document.paths[path])?.[method.toLowerCase()]);
  return Object.entries((raw?.responses ?? {}) as Json).flatMap(([status, entry]) =>
    Object.entries((resolve(document, entry)?.content ?? {}) as Record<string, Json>).flatMap(
      ([type, media]) => examplesOf(media).map((example) => [id, status, type, example] as const),
    ),
  );
});

function examplesOf({ example, examples }: Json): unknown[] {
  const named = Object.values((examples ?? {}) as Json);
  const values = named.map((each) => resolve(contract.document, each)?.value);
  return example === undefined ? values : [example, ...values];
}

describe('the contract of the Compositions API', () => {
  it('describes these operations and no other', () => {
    expect([...contract.operations.keys()].sort()).toEqual(OPERATIONS.map(([id]) => id).sort());
  });

  it.each(OPERATIONS)('%s is %s %s with every documented status', (id, method, path, statuses) => {
    const operation = contract.operations.get(id);
    expect(operation).toMatchObject({ method, path });
    expect(Object.keys(operation?.answers ?? {})).toEqual(expect.arrayContaining(statuses));
  });

  it.each(OPERATIONS)('%s is found in both spellings of its path', (id, method, path) => {
    const real = path.replace(/\{\w+\}/g, '9d2cbb43-4d5c-4b3e-8a50-111111111111');
    for (const prefix of ['', '/api']) {
      const route = contract.route(method, prefix + real);
      expect(route).toMatchObject({ kind: 'found', operation: { id } });
    }
  });

  it.each(OPERATIONS)('%s asks for a bearer token and an api-key', (id) => {
    expect(contract.operations.get(id)?.security).toEqual([
      [
        { in: 'header', name: 'Authorization', prefix: 'Bearer' },
        { in: 'header', name: 'api-key' },
      ],
    ]);
  });

  it.each(EXAMPLES)('%s %s %s: an example that keeps the schema', (id, status, type, example) => {
    const operation = contract.operations.get(id);
    if (!operation) throw new Error(`no operation ${id}`);
    expect(contract.validator.answer(operation, Number(status), type, example)).toEqual([]);
    if (Number(status) >= 400) expect(example).toHaveProperty('error.type');
  });

  it('gives an example of every documented answer', () => {
    const shown = new Set(EXAMPLES.map(([id, status]) => `${id} ${status}`));
    const documented = [...contract.operations.values()].flatMap(({ id, answers }) =>
      Object.keys(answers).map((status) => `${id} ${status}`),
    );
    expect(documented.filter((answer) => !shown.has(answer))).toEqual([]);
  });
});
