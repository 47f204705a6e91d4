// Writes test/fixtures/esoz/operations.tsv, the list that docs/esoz.md is held against, from machine-readable facts of
// the operator's public description. Needed again only when that description has changed.
//   node scripts/esoz-facts.mjs FOLDER     a folder with esoz-medical-events.json and esoz-general.json
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder = '.'] = process.argv.slice(2);
const read = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const events = read('esoz-medical-events.json');
const general = read('esoz-general.json');

/** The method pages of the Compositions API, which is in neither file; the last two forms are of its diagrams. */
const COMPOSITIONS = [
  ['createComposition', 'POST', '/patients/composition', [200, 400, 401, 422, 500], true],
  ['getAsyncJobStatus', 'GET', '/patients/composition/job/{asyncJobId}', [200, 400, 401, 404]],
  [
    'getComposition',
    'GET',
    '/patients/{patientId}/composition/{compositionId}/episode/{episodeId}/encounter/{encounterId}',
    [200, 401, 403, 404],
  ],
  ['searchCompositions', 'GET', '/patients/searchComposition', [200, 400, 401]],
  [
    'signComposition',
    'PATCH',
    '/patients/composition/{compositionId}/sign',
    [200, 400, 401, 404, 500],
    true,
  ],
  [
    'cancelComposition',
    'PATCH',
    '/patients/composition/{compositionId}/cancel',
    [200, 400, 401, 404, 500],
    true,
  ],
  [
    'resendToErln',
    'PATCH',
    '/patients/composition/{compositionId}/erln',
    [200, 400, 401, 404],
    true,
  ],
  [
    'getPrintForm',
    'GET',
    '/patients/{patientId}/composition/{compositionId}/episode/{episodeId}/encounter/{encounterId}/printForm',
    [200],
  ],
  [
    'getIntegrationData',
    'GET',
    '/patients/{patientId}/composition/{compositionId}/episode/{episodeId}/encounter/{encounterId}/integrationData',
    [200, 404],
  ],
  [
    'getCompositionByEncounter',
    'GET',
    '/patients/{patientId}/encounter/{encounterId}/composition/{compositionId}',
    [200, 401, 403, 404],
  ],
  ['searchPatientCompositions', 'GET', '/patients/{patientId}/composition', [200, 400, 401]],
].map(([id, method, path, statuses, async = false]) => ({ id, method, path, statuses, async }));

/** In the second blueprint alone. */
const OAUTH = [
  { id: 'loginByPut', method: 'PUT', path: '/auth/login', statuses: [200], async: false },
  { id: 'createNonce', method: 'POST', path: '/oauth/nonce', statuses: [200], async: false },
  {
    id: 'reissueAccessToken',
    method: 'PATCH',
    path: '/oauth/tokens',
    statuses: [200],
    async: false,
  },
];

const isOauth = ({ path }) => /^\/(oauth|auth|sign-in)\b/.test(path);

const rows = [
  ...COMPOSITIONS.map((one) => row('compositions', one)),
  ...events.operations.map((one) => row('medical-events', one)),
  ...[...general.operations.filter(isOauth), ...OAUTH].map((one) => row('oauth', one)),
  ...general.operations.filter((one) => !isOauth(one)).map((one) => row('general', one)),
  ...general.otherOperations.map((one) => row('listed', one)),
];

/** Of the statuses, only those that are no errors say how an asynchronous operation may end at once. */
function row(from, { id, method, path, statuses, async, errors = [] }) {
  const told = [...new Set([...statuses, ...errors.map(({ status }) => status)])];
  const numbers = told
    .map(Number)
    .filter(Number.isInteger)
    .sort((a, b) => a - b);
  return [from, id, method, path, async ? 'async' : '', numbers.join(',')].join('\t');
}

const head = ['from', 'id', 'method', 'path', 'async', 'statuses'].join('\t');
writeFileSync('test/fixtures/esoz/operations.tsv', `${[head, ...rows].join('\n')}\n`);
