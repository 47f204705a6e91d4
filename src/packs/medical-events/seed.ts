import type { Json } from '../../contract/json.js';
import { nearest } from '../../problem.js';
import type { BusinessError, World } from '../../sandbox/pack.js';
import type { Resource } from '../../sandbox/resources.js';
import { breachesOf } from './failures.js';
import { reference } from './reference.js';
import { keep, stamps } from './resource.js';
import { makeRequisition } from './service-request.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const EXAMPLE = '{"kind": "encounter", "patient_id": "UUID"}';

/** What a person need not write, by kind, and the operation that has to be able to show it. */
const KINDS = {
  encounter: { operation: 'getEncounter', complete: encounterLike },
  approval: { operation: 'getApproval', complete: approvalLike },
  service_request: { operation: 'getServiceRequest', complete: requestLike },
};

/**
 * Puts something of a patient in by hand. It needs `patient_id`; `kind` is `encounter` unless it says
 * otherwise; the rest is filled in.
 */
export function seed(given: Json, world: World): Resource | string {
  const { kind = 'encounter', patient_id: patient, ...rest } = given;
  if (!Object.hasOwn(KINDS, String(kind))) {
    return `unknown kind "${kind}"; ${nearest(String(kind), Object.keys(KINDS))}`;
  }
  if (!UUID.test(String(patient))) return `patient_id is no UUID; give at least ${EXAMPLE}`;
  const { id = world.ids.uuid() } = rest;
  if (!UUID.test(String(id))) return 'id is no UUID; leave it out to get one';
  const known = kind as keyof typeof KINDS;
  const { operation, complete } = KINDS[known];
  const document = { ...stamps(world), ...complete(world), ...rest, id: String(id) };
  const breach = breachesOf(operation, document, '$', world);
  return breach ? tell(breach) : keep(world, known, String(patient), document);
}

function tell({ invalid: [first] = [] }: BusinessError): string {
  const why = first?.rules[0]?.description;
  return `the contract does not allow ${first?.entry}: ${why}; change it or leave it out`;
}

function encounterLike({ ids, now }: World): Json {
  const types = { system: 'eHealth/encounter_types', code: 'service_delivery_location' };
  return {
    status: 'finished',
    date: new Date(now).toISOString(),
    visit: reference('visit', ids.uuid()),
    episode: reference('episode', ids.uuid()),
    class: { system: 'eHealth/encounter_classes', code: 'PHC' },
    type: { coding: [types] },
    performer: reference('employee', ids.uuid()),
  };
}

function approvalLike({ ids, now }: World): Json {
  return {
    granted_resources: [],
    granted_to: reference('employee', ids.uuid()),
    access_level: 'read',
    status: 'active',
    expires_at: new Date(now + 12 * 60 * 60_000).toISOString(),
  };
}

function requestLike({ ids }: World): Json {
  const system = 'eHealth/SNOMED/service_request_categories';
  return {
    requisition: makeRequisition(ids),
    status: 'active',
    intent: 'order',
    category: { coding: [{ system, code: '409063005' }] },
    code: reference('service', ids.uuid()),
    requester_employee: reference('employee', ids.uuid()),
  };
}
