import { at, isObject, type Json, textOf } from '../../contract/json.js';
import type { World } from '../../sandbox/pack.js';
import type { Resource } from '../../sandbox/resources.js';
import { pick } from './pick.js';
import { EMPLOYEES } from './world/employees.js';
import { DIVISIONS, LEGAL_ENTITIES } from './world/institutions.js';
import { PERSONS } from './world/persons.js';
import { MEDICAL_PROGRAM } from './world/programs.js';

/** What a document names by an id, of a kind; an empty object where nobody knows it. */
export function named(kind: string, id: unknown, world: World): Json {
  const found = world.find(kind, textOf(id ?? ''))?.document;
  if (found) return found;
  // Where the pack is served alone nothing is there: it shows everything like the first of a platform's.
  const like = world.platform === undefined ? LIKE[kind]?.[0] : undefined;
  return like && id !== undefined ? { ...like, id } : {};
}

const LIKE: Readonly<Record<string, readonly Json[]>> = {
  person: PERSONS,
  employee: EMPLOYEES,
  division: DIVISIONS,
  legal_entity: LEGAL_ENTITIES,
  medical_program: [MEDICAL_PROGRAM],
};

const LEGAL_ENTITY = ['id', 'name', 'short_name', 'public_name', 'type', 'edrpou', 'status'];

/** As documents show the legal entity that they are of. */
export function legalEntityIn(id: unknown, world: World): Json {
  return pick(named('legal_entity', id, world), LEGAL_ENTITY);
}

const DIVISION = [
  'id',
  'name',
  'legal_entity_id',
  'type',
  'status',
  'mountain_group',
  'dls_id',
  'dls_verified',
];

export function divisionIn(id: unknown, world: World): Json {
  return pick(named('division', id, world), DIVISION);
}

const EMPLOYEE = [
  'id',
  'position',
  'employee_type',
  'status',
  'is_active',
  'minfin_validation_status',
  'start_date',
  'end_date',
];
const PARTY = ['id', 'first_name', 'last_name', 'second_name'];
const PARTY_SHORT = [
  ...PARTY,
  'no_tax_id',
  'verification_status',
  'minfin_validation_status',
  'declaration_limit',
  'declaration_count',
];

/** An employee as a list shows one. */
export function employeeInList({ document }: Resource, world: World): Json {
  return {
    ...pick(document, EMPLOYEE),
    party: pick(document.party, PARTY_SHORT),
    ...placeOf(document, world),
    ...(isObject(document.doctor) ? { doctor: pick(document.doctor, ['specialities']) } : {}),
  };
}

export function employee({ document }: Resource, world: World): Json {
  const place = placeOf(document, world);
  const { legal_form, owner_property_type, mis_verified } = named(
    'legal_entity',
    document.legal_entity_id,
    world,
  );
  return {
    ...pick(document, EMPLOYEE),
    ...pick(document, ['party', 'doctor']),
    ...place,
    ...(place.legal_entity
      ? { legal_entity: { ...place.legal_entity, legal_form, owner_property_type, mis_verified } }
      : {}),
  };
}

function placeOf(document: Json, world: World): { division?: Json; legal_entity?: Json } {
  const division = divisionIn(document.division_id, world);
  const legal_entity = legalEntityIn(document.legal_entity_id, world);
  return {
    ...(division.id ? { division } : {}),
    ...(legal_entity.id ? { legal_entity } : {}),
  };
}

const PERSON = [
  'id',
  'first_name',
  'last_name',
  'second_name',
  'birth_date',
  'gender',
  'tax_id',
  'phones',
  'birth_settlement',
  'birth_country',
];

export function personShort({ document }: Resource): Json {
  return pick(document, PERSON);
}

/** Whom a search has found, with those who turned out to be the same. */
export function personFound(one: Resource): Json {
  return { ...personShort(one), merged_persons: one.document.merged_persons ?? [] };
}

/** All that the platform knows of a person, but for what is its own. */
export function personalData({ document }: Resource): Json {
  const { status, is_active, merged_persons, authentication_methods, ...known } = document;
  return { secret: '', no_tax_id: false, ...known };
}

const LONGER = ['verification_status', 'minfin_validation_status', 'emergency_contact'];

/** A declaration with whom and what it names. */
export function declaration({ document }: Resource, world: World): Json {
  const { person_id, employee_id, division_id, legal_entity_id, ...own } = document;
  const doctor = named('employee', employee_id, world);
  const clinic = named('legal_entity', legal_entity_id, world);
  return {
    person: pick(named('person', person_id, world), [...PERSON, ...LONGER, 'confidant_person']),
    employee: {
      ...pick(doctor, [...EMPLOYEE, 'division_id', 'legal_entity_id', 'doctor']),
      party: pick(doctor.party, PARTY),
    },
    division: divisionIn(division_id, world),
    legal_entity: pick(clinic, [...LEGAL_ENTITY, 'legal_form', 'email', 'phones', 'addresses']),
    ...own,
  };
}

const IN_LIST = [
  'id',
  'declaration_number',
  'declaration_request_id',
  'start_date',
  'end_date',
  'status',
  'reason',
  'reason_description',
  'inserted_at',
  'updated_at',
];

export function declarationInList(one: Resource, world: World): Json {
  const { person, employee: doctor, division, legal_entity } = declaration(one, world);
  return {
    ...pick(one.document, IN_LIST),
    employee: pick(doctor, ['id', 'position', 'employee_type']),
    division: pick(division, ['id', 'name']),
    person: pick(person, [...PARTY, 'birth_date', 'verification_status']),
    legal_entity: pick(legal_entity, ['id', 'name', 'short_name', 'edrpou']),
  };
}

const YEAR = 365.25 * 24 * 60 * 60_000;

/** How old somebody is, in years. */
export function ageOf(document: Json, { now }: World): number {
  return Math.max(0, Math.floor((now - Date.parse(textOf(document.birth_date))) / YEAR));
}

/** `Шевчук І. П.` */
export function shortName(document: Json): string {
  const initials = ['first_name', 'second_name'].flatMap((part) => {
    const name = at(document, part);
    return typeof name === 'string' && name !== '' ? [`${name.slice(0, 1)}.`] : [];
  });
  return [textOf(document.last_name ?? ''), ...initials].join(' ');
}
