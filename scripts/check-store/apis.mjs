/**
 * The two APIs that are played, read from their bindings: which states there are, and what is answered
 * (docs/reference/binding.md).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { readScenario } from './scenarios.mjs';

const root = new URL('../../', import.meta.url);
const yaml = (path) => load(readFileSync(new URL(path, root), 'utf8'));

/**
 * @typedef {object} Api
 * @property {string} name
 * @property {object} binding
 * @property {Record<string, string>} outcomes  of states: open, done, failed, cancelled
 * @property {string} firstOpen
 * @property {Map<string, import('./scenarios.mjs').Scenario>} scenarios
 * @property {string} usual  the scenario that plays unasked
 * @property {(job?: string) => string} path  of jobs
 */

/** @returns {Api} */
function api(name, binding, scenarios, rest) {
  const outcomes = Object.fromEntries(
    Object.entries(binding.states).map(([state, { outcome }]) => [state, outcome]),
  );
  const firstOpen = Object.keys(outcomes).find((state) => outcomes[state] === 'open');
  return { name, binding, outcomes, firstOpen, scenarios, usual: binding.scenario, ...rest };
}

/** Scenarios of a folder that the model understands, by their names. */
function scenariosOf(folder) {
  const files = readdirSync(new URL(folder, root)).filter((file) => file.endsWith('.yaml'));
  const read = files.map((file) => readScenario(yaml(`${folder}${file}`)));
  return new Map(read.filter((scenario) => scenario).map((scenario) => [scenario.name, scenario]));
}

export const orders = api(
  'orders',
  yaml('scripts/check-store/orders/binding.yaml'),
  scenariosOf('scripts/check-store/orders/scenarios/'),
  {
    path: (job) => (job ? `/orders/${job}` : '/orders'),
    schedules: 'createOrder',
    reports: 'getOrder',
  },
);

export const compositions = api(
  'compositions',
  yaml('spec/compositions/binding.yaml'),
  scenariosOf('scenarios/compositions/'),
  {
    path: (job) => `/api/patients/composition${job ? `/job/${job}` : ''}`,
    schedules: 'createComposition',
    reports: 'getAsyncJobStatus',
  },
);

export const APIS = [orders, compositions];
