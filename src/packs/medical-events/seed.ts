import type { Json } from '../../contract/json.js';
import { textOf } from '../../contract/json.js';
import { nearest } from '../../problem.js';
import type { BusinessError, World } from '../../sandbox/pack.js';
import type { Resource } from '../../sandbox/resources.js';
import { breachesOf } from './failures.js';
import { factsOf, isKind, KINDS, type Kind } from './kinds.js';
import { reference, withNames } from './reference.js';
import { makeRequisition } from './requisition.js';
import { keep, stamps } from './resource.js';
import { RULE, seedRule } from './rule-engine.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const EXAMPLE = '{"kind": "encounter", "patient_id": "UUID"}';
const DAY = 24 * 60 * 60_000;

/** What a person need not write, by kind; the others need no more than their status. */
const LIKE: Partial<Record<Kind, (world: World) => Json>> = {
  episode: ({ ids, now }) => ({
    status: 'active',
    name: 'Episode',
    type: { system: 'eHealth/episode_types', code: 'TREATMENT' },
    period: { start: new Date(now).toISOString() },
    managing_organization: reference('legal_entity', ids.uuid()),
    care_manager: reference('employee', ids.uuid()),
    current_diagnoses: [],
    diagnoses_history: [],
    status_history: [],
  }),
  encounter: encounterLike,
  approval: approvalLike,
  service_request: requestLike,
  care_plan: ({ ids, now }) => ({
    status: 'new',
    intent: 'order',
    title: 'Care plan',
    requisition: makeRequisition(ids),
    category: concept('eHealth/care_plan_categories', 'class_1'),
    period: { start: new Date(now).toISOString() },
    encounter: reference('encounter', ids.uuid()),
    addresses: [concept('eHealth/ICD10_AM/condition_codes', 'R05')],
    author: reference('employee', ids.uuid()),
    terms_of_service: concept('PROVIDING_CONDITION', 'INPATIENT'),
    status_history: [],
  }),
  condition: () => ({ clinical_status: 'active', verification_status: 'confirmed' }),
  allergy_intolerance: () => ({ clinical_status: 'active', verification_status: 'confirmed' }),
  activity: () => ({ detail: { kind: 'service_request', status: 'scheduled' } }),
  specimen: ({ ids }) => ({ status: 'available', accession_identifier: makeRequisition(ids) }),
  device_request: ({ ids }) => ({ status: 'active', requisition: makeRequisition(ids) }),
  device_dispense: () => ({ status: 'in_progress' }),
  diagnostic_report: () => ({ status: 'final' }),
  observation: () => ({ status: 'valid' }),
  medical_composition: () => ({ status: 'FINAL' }),
};

/**
 * Puts something of a patient in by hand, or a rule of the rule engine. It needs `patient_id`; `kind` is `encounter` unless it says
 * otherwise; the rest is filled in.
 */
export function seed(given: Json, world: World): Resource | string {
  const { kind = 'encounter', patient_id: patient, care_plan_id: plan, ...rest } = given;
  if (kind === RULE) return seedRule(given, world);
  if (!isKind(textOf(kind))) {
    return `unknown kind "${kind}"; ${nearest(textOf(kind), [...Object.keys(KINDS), RULE])}`;
  }
  if (!UUID.test(textOf(patient))) return `patient_id is no UUID; give at least ${EXAMPLE}`;
  const { id = world.ids.uuid() } = rest;
  if (!UUID.test(textOf(id))) return 'id is no UUID; leave it out to get one';
  const known = kind as Kind;
  const like = LIKE[known]?.(world) ?? { status: 'completed' };
  const document = withNames({ ...stamps(world), ...like, ...rest, id: textOf(id) }, world);
  const show = factsOf(known).show;
  const breach = show && breachesOf(show, document, '$', world);
  if (breach) return tell(breach);
  const facts = typeof plan === 'string' ? { care_plan: plan.toLowerCase() } : {};
  return keep(world, known, textOf(patient), document, facts);
}

function tell({ invalid: [first] = [] }: BusinessError): string {
  const why = first?.rules[0]?.description;
  return `the contract does not allow ${first?.entry}: ${why}; change it or leave it out`;
}

function concept(system: string, code: string): Json {
  return { coding: [{ system, code }] };
}

function encounterLike({ ids, now }: World): Json {
  const moment = new Date(now).toISOString();
  return {
    status: 'finished',
    date: moment,
    period: { start: moment, end: moment },
    visit: reference('visit', ids.uuid()),
    episode: reference('episode', ids.uuid()),
    class: { system: 'eHealth/encounter_classes', code: 'PHC' },
    type: concept('eHealth/encounter_types', 'service_delivery_location'),
    performer: reference('employee', ids.uuid()),
    reasons: [],
    diagnoses: [],
    actions: [],
  };
}

function approvalLike({ ids, now }: World): Json {
  return {
    granted_resources: [],
    granted_resource_types: [],
    granted_to: reference('employee', ids.uuid()),
    created_by: reference('employee', ids.uuid()),
    access_level: 'read',
    is_verified: true,
    authentication_method_current: { type: 'OTP', number: '+38093*****85' },
    status: 'active',
    expires_at: new Date(now + DAY / 2).toISOString(),
  };
}

function requestLike({ ids, now }: World): Json {
  return {
    requisition: makeRequisition(ids),
    status: 'active',
    intent: 'order',
    category: concept('eHealth/SNOMED/service_request_categories', '409063005'),
    code: reference('service', ids.uuid()),
    requester_employee: reference('employee', ids.uuid()),
    expiration_date: new Date(now + 365 * DAY).toISOString(),
    status_history: [],
  };
}
