import type { Json } from '../../../contract/json.js';
import { CLINIC, DIVISION, DOCTORS, type Doctor } from '../../people.js';
import { HEALTHCARE_SERVICE } from './institutions.js';
import { BEFORE } from './stamps.js';

/** What they are at the clinic, in the order of the doctors. */
const PLACES = [
  {
    employee_type: 'DOCTOR',
    position: 'P7',
    speciality: 'FAMILY_DOCTOR',
    born: '1979-06-27',
    gender: 'FEMALE',
  },
  {
    employee_type: 'SPECIALIST',
    position: 'P56',
    speciality: 'OBSTETRICS_AND_GYNECOLOGY',
    born: '1982-08-13',
    gender: 'MALE',
  },
] as const;

function employee(doctor: Doctor, place: (typeof PLACES)[number]): Json {
  const { last_name, first_name, second_name, tax_id, party, employee: id } = doctor;
  const common = {
    id,
    position: place.position,
    employee_type: place.employee_type,
    status: 'APPROVED',
    is_active: true,
    minfin_validation_status: 'NEW',
    start_date: '2023-09-01T00:00:00.000Z',
    legal_entity_id: CLINIC.id,
    division_id: DIVISION.id,
    ...BEFORE,
  };
  return {
    ...common,
    party: {
      id: party,
      last_name,
      first_name,
      second_name,
      birth_date: `${place.born}T00:00:00.000Z`,
      gender: place.gender,
      no_tax_id: false,
      tax_id,
      email: doctor.email,
      phones: [{ type: 'MOBILE', number: '+380501234567' }],
      documents: [{ type: 'PASSPORT', number: 'АА120518' }],
      verification_status: 'VERIFIED',
      minfin_validation_status: 'NEW',
      declaration_limit: 1800,
      declaration_count: 2,
    },
    doctor: {
      educations: [
        {
          country: 'UA',
          city: 'Київ',
          institution_name: 'НМУ імені О. О. Богомольця',
          issued_date: '2004-06-30',
          diploma_number: 'КВ123456',
          degree: 'MASTER',
          speciality: 'Лікувальна справа',
        },
      ],
      specialities: [
        {
          speciality: place.speciality,
          speciality_officio: true,
          level: 'FIRST',
          qualification_type: 'AWARDING',
          attestation_name: 'НМУ імені О. О. Богомольця',
          attestation_date: '2019-06-30',
          valid_to_date: '2034-06-30',
          certificate_number: 'АБ4567',
        },
      ],
    },
  };
}

/** The doctors, as the platform knows them. */
export const EMPLOYEES = DOCTORS.flatMap((doctor, i) => {
  const place = PLACES[i];
  return place ? [employee(doctor, place)] : [];
});

/** The first doctor offers the service of the clinic. */
export const EMPLOYEE_ROLE = {
  id: '3e8b0f5c-d916-4a27-8c41-f5a2e7d9b063',
  healthcare_service_id: HEALTHCARE_SERVICE.id,
  employee_id: DOCTORS[0].employee,
  start_date: '2024-01-15T08:00:00.000Z',
  status: 'ACTIVE',
  is_active: true,
  ...BEFORE,
} as const;
