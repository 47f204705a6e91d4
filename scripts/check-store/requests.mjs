/**
 * The requests that clients send.
 *
 * @typedef {object} Request
 * @property {string} id      comes back in the journal, as the header X-Request-ID
 * @property {string} session
 * @property {string} kind
 * @property {boolean} control  of the control API: it stands in no journal
 * @property {string} method
 * @property {string} path    without the session in front
 * @property {string} url     as answers tell it
 * @property {object} headers
 * @property {object} [body]
 * @property {import('./apis.mjs').Api} [api]
 * @property {string} [operation]
 * @property {string} [job]
 * @property {string} [resource]
 * @property {string} [key]
 * @property {string} [scenario]
 */
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { orders } from './apis.mjs';
import { iso } from './durations.mjs';

const CONTRACT = new URL('../../spec/compositions/openapi.yaml', import.meta.url);

/** A body that keeps the contract: an example of it. */
const COMPOSITION = load(readFileSync(CONTRACT, 'utf8')).components.examples.CreateSickness.value;
const RESULT = `/api/patients/${COMPOSITION.subject.value}/encounter/${COMPOSITION.encounter.value}/composition`;

export function schedule(api, { scenario, key, item }) {
  const headers = {};
  if (scenario) headers['x-sandbox-scenario'] = scenario;
  if (key) headers['idempotency-key'] = key;
  const body = api === orders ? { item } : COMPOSITION;
  const operation = api.schedules;
  return {
    kind: 'schedule',
    method: 'POST',
    path: api.path(),
    api,
    operation,
    headers,
    body,
    key,
    scenario,
  };
}

export const poll = (api, job) => ({
  kind: 'poll',
  method: 'GET',
  path: api.path(job),
  api,
  operation: api.reports,
  job,
});

const ofOrder = (kind, method, operation, rest) => (job) => ({
  kind,
  method,
  path: `${orders.path(job)}${rest}`,
  api: orders,
  operation,
  job,
});

export const cancel = ofOrder('cancel', 'POST', 'cancelOrder', '/cancel');
export const remove = ofOrder('delete', 'DELETE', 'deleteOrder', '');
export const bill = ofOrder('bill', 'GET', 'getBill', '/bill');

export function read(api, resource) {
  const path = api === orders ? `/parcels/${resource}` : `${RESULT}/${resource}`;
  const operation = api === orders ? 'getParcel' : 'getCompositionByEncounter';
  return { kind: 'read', method: 'GET', path, api, operation, resource };
}

export function list(query) {
  const text = new URLSearchParams(query).toString();
  const path = text ? `/orders?${text}` : '/orders';
  return { kind: 'list', method: 'GET', path, api: orders, operation: 'listOrders', query };
}

const control = (kind, method, path, rest = {}) => ({ kind, control: true, method, path, ...rest });

export const getJob = (job) => control('getJob', 'GET', `/jobs/${job}`, { job });
export const listJobs = (query) =>
  control('listJobs', 'GET', `/jobs?${new URLSearchParams(query)}`, { query });
export const release = (job) => control('release', 'POST', `/jobs/${job}/release`, { job });
export const getSession = () => control('getSession', 'GET', '');
export const getClock = () => control('getClock', 'GET', '/clock');
export const advance = (by) =>
  control('advance', 'POST', '/clock/advance', { by, body: { by: `${by}ms` } });
export const setClock = (to) =>
  control('setClock', 'PUT', '', { to, body: { clock: { mode: 'manual', now: iso(to) } } });
export const choose = (scenario) => control('choose', 'PUT', '', { scenario, body: { scenario } });
export const queue = (entry) => control('queue', 'POST', '/next', { entry, body: entry });
export const clearQueue = () => control('clearQueue', 'DELETE', '/next');
