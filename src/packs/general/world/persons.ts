import type { Json } from '../../../contract/json.js';
import {
  BIRTH_DATE,
  CLINIC,
  DIVISION,
  DOCTORS,
  PATIENTS,
  type Patient,
  PREPERSONS,
} from '../../people.js';
import { addressIn } from './institutions.js';
import { BEFORE } from './stamps.js';

/** A person as the platform keeps one; operations show parts of it. */
function person({ phone, authentication_method: _, ...known }: Patient, i: number): Json {
  return {
    ...known,
    status: 'active',
    is_active: true,
    birth_country: 'Україна',
    birth_settlement: 'Київ',
    no_tax_id: false,
    secret: 'sandbox',
    unzr: `${known.birth_date.replaceAll('-', '')}-0001${i}`,
    verification_status: 'VERIFIED',
    minfin_validation_status: 'NEW',
    documents: [
      {
        type: 'NATIONAL_ID',
        number: `00451237${i}`,
        issued_by: '8031',
        issued_at: '2019-05-14',
        expiration_date: '2029-05-14',
      },
    ],
    addresses: [{ ...addressIn('Липова', `${i + 1}`), apartment: `${i + 7}` }],
    phones: [{ type: 'MOBILE', number: phone }],
    emergency_contact: {
      first_name: 'Ольга',
      last_name: known.last_name,
      phones: [{ type: 'MOBILE', number: '+380971112200' }],
    },
    merged_persons: [],
    ...BEFORE,
  };
}

const everybody: readonly Patient[] = Object.values(PATIENTS);

export const PERSONS = everybody.map(person);

/** A code by SMS for everybody. */
export const METHODS = everybody.map(({ id, phone, authentication_method }) => ({
  patient: id,
  document: {
    id: authentication_method,
    type: 'OTP',
    phone_number: phone,
    started_at: BEFORE.inserted_at,
    is_active: true,
    person_id: id,
    ...BEFORE,
  },
}));

export const PREPERSONS_KNOWN: readonly Json[] = [
  {
    id: PREPERSONS.newborn,
    external_id: 'N-2025-041',
    gender: 'FEMALE',
    birth_date: BIRTH_DATE,
    note: 'Newborn',
    status: 'ACTIVE',
    emergency_contact: {
      first_name: PATIENTS.mother.first_name,
      last_name: PATIENTS.mother.last_name,
      phones: [{ type: 'MOBILE', number: PATIENTS.mother.phone }],
    },
    ...BEFORE,
  },
  {
    id: PREPERSONS.unidentified,
    external_id: 'U-2025-007',
    gender: 'MALE',
    note: 'Brought in without papers',
    status: 'ACTIVE',
    ...BEFORE,
  },
];

/** The patients who have chosen the first doctor; what is named in a declaration is found by its id. */
export const DECLARATIONS: readonly Json[] = [
  ['b95c3e08-7d41-4f6a-a2e9-1c8f0d5b7e34', PATIENTS.sick.id, '0000-12H4-245D'],
  ['27e0d9c5-b8f6-4a13-9d74-e6c1f5a0b832', PATIENTS.chronic.id, '0000-7K2M-41PX'],
].map(([id, person_id, declaration_number]) => ({
  id,
  declaration_number,
  declaration_request_id: '6d0e2a9f-b384-4c15-9f76-e3a8c5d1b047',
  start_date: '2024-01-15',
  end_date: '2044-01-15',
  signed_at: '2024-01-15T08:30:00.000Z',
  status: 'active',
  scope: 'family_doctor',
  person_id,
  employee_id: DOCTORS[0].employee,
  division_id: DIVISION.id,
  legal_entity_id: CLINIC.id,
  ...BEFORE,
}));
