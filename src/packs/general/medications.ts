import type { Json } from '../../contract/json.js';
import { isObject, textOf } from '../../contract/json.js';
import type { World } from '../../sandbox/pack.js';
import type { Resource } from '../../sandbox/resources.js';
import { pick } from './pick.js';
import { ageOf, divisionIn, legalEntityIn, named, shortName } from './shapes.js';
import { INNM_DOSAGES } from './world/programs.js';

const NAMES = [
  'person_id',
  'employee_id',
  'division_id',
  'legal_entity_id',
  'medical_program_id',
  'medication_id',
  'medication_qty',
  'is_active',
];

function without(document: Json, fields: readonly string[]): Json {
  return Object.fromEntries(Object.entries(document).filter(([field]) => !fields.includes(field)));
}

/** What is prescribed; of a substance that nobody knows, no more than its id. */
function medicationInfo({ medication_id, medication_qty }: Json): Json {
  const known = INNM_DOSAGES.find((one) => one.medication_id === medication_id);
  const dosage = {
    numerator_unit: 'MG',
    numerator_value: 1,
    denumerator_unit: 'PILL',
    denumerator_value: 1,
  };
  return {
    medication_name: 'Medication',
    form: 'TABLET',
    dosage,
    ingredients: [],
    ...known,
    medication_id,
    medication_qty,
  };
}

function personIn({ person_id }: Json, world: World): Json {
  const person = named('person', person_id, world);
  return { id: person_id, short_name: shortName(person), age: ageOf(person, world) || 0 };
}

const PROGRAM = ['id', 'name', 'funding_source', 'mr_blank_type'];
const PROGRAM_FOR_PHARMACIES = [
  ...PROGRAM,
  'is_active',
  'medication_dispense_allowed',
  'medication_request_allowed',
  'type',
];

function divisionWhole(id: unknown, world: World): Json {
  const { is_active, status, inserted_at, inserted_by, updated_at, updated_by, ...known } = named(
    'division',
    id,
    world,
  );
  return known;
}

/** A prescription, or a request for one, with whom and what it names. */
export function medicationRequest({ document }: Resource, world: World): Json {
  const doctor = named('employee', document.employee_id, world);
  const { rejected_at: rejected } = document;
  return {
    ...without(document, NAMES),
    ...(rejected === undefined ? {} : { rejected_at: textOf(rejected).slice(0, 10) }),
    legal_entity: legalEntityIn(document.legal_entity_id, world),
    division: divisionWhole(document.division_id, world),
    employee: {
      ...pick(doctor, ['id', 'position']),
      party: pick(doctor.party, [
        'id',
        'first_name',
        'last_name',
        'second_name',
        'no_tax_id',
        'email',
        'phones',
      ]),
    },
    person: personIn(document, world),
    medication_info: medicationInfo(document),
    medical_program: pick(named('medical_program', document.medical_program_id, world), PROGRAM),
  };
}

/** The same for a doctor who asks for it: with how much may still be handed out. */
export function medicationRequestInFull(one: Resource, world: World): Json {
  const shown = medicationRequest(one, world);
  const medication_remaining_qty = remaining(one, world);
  const info = isObject(shown.medication_info) ? shown.medication_info : {};
  return { ...shown, medication_info: { ...info, medication_remaining_qty } };
}

/** The same for a pharmacist: who has prescribed it is not told. */
export function medicationRequestForPharmacist(one: Resource, world: World): Json {
  const { legal_entity, division, employee, inform_with, ...shown } = medicationRequestInFull(
    one,
    world,
  );
  const { id: _, ...person } = personIn(one.document, world);
  return { ...shown, person, medical_program: programFor(one.document, world) };
}

function programFor({ medical_program_id }: Json, world: World): Json {
  return pick(named('medical_program', medical_program_id, world), PROGRAM_FOR_PHARMACIES);
}

/** How much of a prescription no dispense has taken. */
export function remaining({ id, document }: Resource, world: World): number {
  const taken = world
    .all('medication_dispense')
    .filter(({ document: one }) => one.medication_request_id === id && one.status !== 'REJECTED')
    .flatMap(({ document: one }) => (Array.isArray(one.details) ? one.details : []))
    .reduce((sum: number, detail) => sum + Number((detail as Json).medication_qty ?? 0), 0);
  return Math.max(0, Number(document.medication_qty ?? 0) - taken);
}

const OF_DISPENSE = [
  'medication_request_id',
  'division_id',
  'legal_entity_id',
  'medical_program_id',
  'employee_id',
];

/** What a pharmacy has handed out, for the pharmacist. */
export function dispense(one: Resource, world: World): Json {
  const { document } = one;
  const request = world.find('medication_request', textOf(document.medication_request_id ?? ''));
  const doctor = named('employee', document.employee_id, world);
  return {
    ...without(document, OF_DISPENSE),
    medication_request: request ? medicationRequestForPharmacist(request, world) : {},
    ...(doctor.id
      ? { party: pick(doctor.party, ['id', 'first_name', 'last_name', 'second_name']) }
      : {}),
    legal_entity: legalEntityIn(document.legal_entity_id, world),
    division: divisionIn(document.division_id, world),
    medical_program: programFor(document, world),
  };
}

/** The same for the institution that has prescribed it. */
export function dispenseForDoctor(one: Resource, world: World): Json {
  const { document } = one;
  const request = world.find('medication_request', textOf(document.medication_request_id ?? ''));
  return {
    ...pick(document, ['id', 'dispensed_at', 'status', 'inserted_at', 'updated_at']),
    medication_request: request
      ? {
          ...medicationRequest(request, world),
          medical_program: programFor(request.document, world),
        }
      : {},
    medical_program: programFor(document, world),
  };
}
