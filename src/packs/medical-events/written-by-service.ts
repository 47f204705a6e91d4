import { at, isObject, type Json, textOf } from '../../contract/json.js';
import type { Caller, World } from '../../sandbox/pack.js';
import type { Kind } from './kinds.js';
import { reference, target, withNames } from './reference.js';
import { itemsOf } from './references.js';
import { makeRequisition } from './requisition.js';
import { type Owned, stamps } from './resource.js';

const DAY = 24 * 60 * 60_000;
/** A referral can be used for a year. */
const REFERRAL_LASTS = 365 * DAY;

/** Who writes where nobody knows who has asked: the service itself. */
const SERVICE_USER = '4261eacf-8008-4e62-899f-de1e2f7065f0';
/** The institution where the session knows none. */
const SOME_LEGAL_ENTITY = '2f1b0f7c-5d3e-4d0a-9c64-3a7f8b1e6d20';

/** Whose document it is, and what came in the same package. */
export interface Around {
  world: World;
  patient: string;
  /** Who has asked, where tokens are looked at. */
  caller?: Caller | undefined;
  /** Conditions of the same package. */
  conditions?: readonly Json[];
}

/**
 * A document as the service shows it: what was sent, the fields that the service itself writes, and the names of what
 * it refers to.
 */
export function written(kind: Kind, sent: Json, around: Around): Json {
  const { world } = around;
  const document = { ...sent, ...ADDED[kind]?.(sent, around), ...stamps(world) };
  // Conclusions have names that are texts everywhere, others `null` where there is none.
  return withNames(document, world, kind === 'medical_composition' ? '' : null);
}

/** What the service adds, by kind. Those that are not here get no more than their moments. */
const ADDED: Partial<Record<Kind, (sent: Json, around: Around) => Json>> = {
  episode: (sent, { world }) => ({
    current_diagnoses: [],
    diagnoses_history: [],
    status_history: [changed(textOf(sent.status), world)],
  }),
  encounter: ({ reasons = [], actions = [], ...sent }, around) => ({
    reasons,
    actions,
    ...(Array.isArray(sent.diagnoses) ? { diagnoses: diagnosesOf(sent, around) } : {}),
  }),
  medication_administration: (sent, around) => ({
    managing_organization: sent.managing_organization ?? institution(sent, around),
  }),
  diagnostic_report: originOf,
  procedure: originOf,
  specimen: (sent, around) => ({
    ...withUnits(sent),
    accession_identifier: makeRequisition(around.world.ids),
    ...ofPatient(around),
    ...byService(around),
  }),
  service_request: (sent, around) => ({
    requisition: makeRequisition(around.world.ids),
    subject: reference('patient', around.patient),
    requester_legal_entity: sent.requester_legal_entity ?? institution(sent, around),
    expiration_date: new Date(around.world.now + REFERRAL_LASTS).toISOString(),
    status_history: [changed(textOf(sent.status), around.world)],
    ...(sent.program ? processing('new', {}, around.world) : {}),
    ...(sent.quantity ? { remaining_quantity: sent.quantity } : {}),
  }),
  care_plan: (sent, around) => ({
    requisition: makeRequisition(around.world.ids),
    ...ofPatient(around),
    managing_organization: institution(sent, around),
    status_history: [
      { ...changed(textOf(sent.status), around.world), inserted_by: byService(around).inserted_by },
    ],
    ...byService(around),
  }),
  activity: ({ detail }, around) => ({
    detail: {
      ...(isObject(detail) ? detail : {}),
      status: 'scheduled',
      remaining_quantity_type: 'for_request',
      ...(isObject(detail) && detail.quantity ? { remaining_quantity: detail.quantity } : {}),
    },
    outcome_reference: [],
    outcome_codeable_concept: [],
    ...byService(around),
  }),
  device_request: (sent, around) => ({
    requisition: makeRequisition(around.world.ids),
    ...ofPatient(around),
    requester_legal_entity: institution(sent, around),
    dispense_valid_to: at(sent, 'occurrence_period.end'),
    ...(isObject(sent.quantity) ? { remaining_quantity: withUnits(sent.quantity) } : {}),
  }),
  device_dispense: (sent, around) => ({
    ...withUnits(sent),
    ...ofPatient(around),
    performer_legal_entity: institution(sent, around),
    ...byService(around),
  }),
  medical_composition: (sent, { world }) => ({
    context_episode_id: world.find<Owned>('encounter', target(sent, 'encounter'))?.facts.episode,
  }),
};

/** An entry of `status_history`. */
export function changed(status: string, world: World, reason?: unknown): Json {
  const inserted_at = new Date(world.now).toISOString();
  return { status, ...(reason ? { status_reason: reason } : {}), inserted_at };
}

/** Where a service request stands in its program, and how it came there. */
export function processing(
  status: string,
  { program_processing_status_history: before }: Json,
  world: World,
): Json {
  const entry = {
    program_processing_status: status,
    inserted_at: new Date(world.now).toISOString(),
    inserted_by: SERVICE_USER,
  };
  return {
    program_processing_status: status,
    program_processing_status_history: [...(Array.isArray(before) ? before : []), entry],
  };
}

/** Who has asked, as far as that is known. */
export function byService({ caller }: Pick<Around, 'caller'>): Json {
  const user = caller?.user ?? SERVICE_USER;
  return { inserted_by: user, updated_by: user };
}

function ofPatient({ patient }: Around): Json {
  return { subject: reference('patient', patient) };
}

/** The institution of who asks, else of the episode that a document belongs to, else of the session, where it knows one. */
function institution(sent: Json, { world, caller }: Around): Json {
  if (caller) return reference('legal_entity', caller.legal_entity);
  const encounter = target(sent, 'encounter') || target(sent, 'context');
  const { episode } = world.find<Owned>('encounter', encounter)?.facts ?? {};
  const own = target(world.find<Owned>('episode', episode)?.document, 'managing_organization');
  const [known] = own === '' ? world.all('legal_entity') : [];
  return reference('legal_entity', own || (known?.id ?? SOME_LEGAL_ENTITY));
}

/** The episode in which the referral was written that something is based on. */
function originOf(sent: Json, { world }: Around): Json {
  const request = world.find<Owned>('service_request', target(sent, 'based_on'));
  const episode = request?.facts.episode;
  return episode === undefined ? {} : { origin_episode: reference('episode', episode) };
}

/** Diagnoses with the codes of their conditions: of the package, or kept before. */
function diagnosesOf(sent: Json, { world, conditions = [] }: Around): Json[] {
  return itemsOf(sent, 'diagnoses').map((diagnosis) => {
    const id = target(diagnosis, 'condition');
    const found =
      conditions.find((one) => textOf(one.id).toLowerCase() === id) ??
      world.find('condition', id)?.document;
    return found?.code ? { ...diagnosis, code: found.code } : diagnosis;
  });
}

/** Quantities with the unit that people read. */
function withUnits<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withUnits) as T;
  if (!isObject(value)) return value;
  const inner = Object.entries(value).map(([key, one]) => [key, withUnits(one)] as const);
  const quantity = typeof value.value === 'number' && typeof value.code === 'string';
  const unit = quantity && value.unit === undefined ? { unit: value.code } : {};
  return { ...Object.fromEntries(inner), ...unit } as T;
}
