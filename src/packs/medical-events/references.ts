import { at, isObject, type Json } from '../../contract/json.js';
import type { BusinessError, World } from '../../sandbox/pack.js';
import { unprocessable } from './failures.js';
import { factsOf, type Kind } from './kinds.js';
import { knowsPatients } from './known-world.js';
import { target } from './reference.js';
import { type Owned, statusOf } from './resource.js';

/** A reference of a document: to what, and the statuses in which that may be named. */
interface Rule {
  path: string;
  kind: Kind;
  statuses?: readonly string[];
  /** What the service says where nothing else is said. */
  unknown?: string;
  inactive?: string;
}

const SERVICE_REQUEST = {
  kind: 'service_request',
  statuses: ['active', 'in_progress'],
  inactive: 'Service request is not active or in progress',
} as const;

/** What documents of a kind name, in the order in which the service looks at it. */
const RULES: Partial<Record<Kind, readonly Rule[]>> = {
  encounter: [
    {
      path: 'episode',
      kind: 'episode',
      statuses: ['active'],
      unknown: 'Episode with such ID is not found',
      inactive: 'Episode is not active',
    },
    { path: 'incoming_referral', ...SERVICE_REQUEST },
  ],
  procedure: [{ path: 'based_on', ...SERVICE_REQUEST }],
  diagnostic_report: [{ path: 'based_on', ...SERVICE_REQUEST }],
  service_request: [{ path: 'context', kind: 'encounter' }],
  device_request: [{ path: 'encounter', kind: 'encounter' }],
  device_dispense: [
    {
      path: 'based_on',
      kind: 'device_request',
      statuses: ['active'],
      unknown: 'Device request not found',
      inactive: 'Device request is not active',
    },
  ],
  care_plan: [{ path: 'encounter', kind: 'encounter' }],
  medical_composition: [{ path: 'encounter', kind: 'encounter' }],
  specimen: [
    {
      path: 'request.0',
      ...SERVICE_REQUEST,
      unknown: 'Service request not found',
    },
  ],
};

/**
 * Why a document may not name what it names. What the session does not know is taken unless it knows its patients:
 * then it is the whole world.
 * @param entry where the document stands
 */
export function wrongReference(
  kind: Kind,
  document: Json,
  patient: string,
  entry: string,
  world: World,
): BusinessError | undefined {
  for (const rule of RULES[kind] ?? []) {
    const id = target(document, rule.path);
    if (id === '') continue;
    const found = world.find<Owned>(rule.kind, id);
    const here = `${entry}.${rule.path.replace('.0', '[0]')}.identifier.value`;
    if (!found || found.facts.patient !== patient) {
      if (!found && !knowsPatients(world)) continue;
      const { label } = factsOf(rule.kind);
      return unprocessable(here, 'invalid', rule.unknown ?? `${label} with such id is not found`);
    }
    if (!rule.statuses || rule.statuses.includes(statusOf(rule.kind, found.document))) continue;
    const why = rule.inactive ?? `Invalid ${rule.kind.replaceAll('_', ' ')} status`;
    return unprocessable(here, 'invalid', why);
  }
  return undefined;
}

/** The items of a list that are objects. */
export function itemsOf(value: unknown, path: string): Json[] {
  const list = at(value, path);
  return Array.isArray(list) ? list.filter(isObject) : [];
}
