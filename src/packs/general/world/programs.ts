import type { Json } from '../../../contract/json.js';
import { CLINIC, DIVISION, DOCTORS, PATIENTS } from '../../people.js';
import { PHARMACY } from './institutions.js';
import { BEFORE } from './stamps.js';

export const MEDICAL_PROGRAM = {
  id: '64cb2a90-1f57-4c8e-9a3d-7e0b5d2f1c83',
  name: 'Доступні ліки',
  type: 'MEDICATION',
  funding_source: 'NHS',
  mr_blank_type: 'F-1',
  is_active: true,
  medication_request_allowed: true,
  medication_dispense_allowed: true,
  medical_program_settings: {
    care_plan_required: false,
    employee_types_to_create_medication_request: ['DOCTOR', 'SPECIALIST'],
    skip_mnn_in_treatment_period: false,
    skip_employee_validation: false,
    medication_request_max_period_day: 90,
    skip_medication_request_employee_declaration_verify: true,
    skip_medication_request_legal_entity_declaration_verify: true,
    multi_medication_dispense_allowed: true,
    skip_medication_dispense_sign: false,
    medication_request_notification_disabled: false,
    skip_contract_provision_verify: true,
    medication_dispense_period_day: 30,
    medical_program_change_on_dispense_allowed: false,
  },
  ...BEFORE,
} as const;

const SERVICE = '76afe8ac-1e22-4d8c-9b6a-61bdd4a1a1c0';
const GROUP = 'd5e0c7f3-9a42-4b18-8d61-e7f3a0c5b924';

export const PROGRAM_SERVICE = {
  id: 'e7b3a9d1-6c05-4f82-9d4e-b1f8c0a5d736',
  medical_program_id: MEDICAL_PROGRAM.id,
  service_id: SERVICE,
  service_group_id: GROUP,
  consumer_price: 240,
  description: 'Загальний аналіз крові',
  request_allowed: true,
  is_active: true,
  ...BEFORE,
} as const;

/** A tree of one branch: groups, and services in them. */
export const SERVICE_CATALOGUE: Json = {
  id: '1f0d8b5c-a7e3-4926-bd41-0e9c6f7a8d53',
  name: 'Лабораторні дослідження',
  code: 'A',
  is_active: true,
  request_allowed: false,
  groups: [
    {
      id: GROUP,
      name: 'Гематологія',
      code: 'A1',
      is_active: true,
      request_allowed: true,
      services: [
        {
          id: SERVICE,
          name: 'Загальний аналіз крові',
          code: 'A1001',
          is_active: true,
          category: 'laboratory',
          is_composition: false,
          request_allowed: true,
          ...BEFORE,
        },
      ],
      ...BEFORE,
    },
  ],
  ...BEFORE,
};

const dosage = {
  numerator_unit: 'MG',
  numerator_value: 500,
  denumerator_unit: 'PILL',
  denumerator_value: 1,
} as const;

/** What can be prescribed; a prescription tells it by this id. */
export const INNM_DOSAGES: readonly (Json & { medication_id: string })[] = [
  {
    medication_id: '8e4b6d0f-c1a7-4295-b3d8-f6a0e9c5d143',
    medication_name: 'Метформін, 500 мг, таблетки',
    form: 'TABLET',
    dosage,
    ingredients: [
      {
        id: '3a9f6e0d-b7c2-4851-9e43-d0f8a5c7b126',
        name: 'Метформін',
        name_original: 'Metformin',
        dosage,
        is_primary: true,
      },
    ],
  },
];

/** What a prescription of the patient with diabetes and a request for another one share. */
const PRESCRIBED: Json = {
  created_at: '2025-02-17',
  started_at: '2025-02-17',
  ended_at: '2035-02-17',
  dispense_valid_from: '2025-02-17',
  dispense_valid_to: '2035-02-17',
  intent: 'order',
  category: 'community',
  priority: 'routine',
  person_id: PATIENTS.chronic.id,
  employee_id: DOCTORS[0].employee,
  division_id: DIVISION.id,
  legal_entity_id: CLINIC.id,
  medical_program_id: MEDICAL_PROGRAM.id,
  medication_id: INNM_DOSAGES[0]?.medication_id,
  medication_qty: 60,
  context: {
    identifier: {
      type: { coding: [{ system: 'eHealth/resources', code: 'encounter' }] },
      value: 'c7a0e3d9-5b8f-4126-9e4c-0d7b1f6a8e53',
    },
  },
  dosage_instruction: [
    {
      sequence: 1,
      text: 'Одна таблетка двічі на день',
      max_dose_per_period: {
        numerator: { value: 2, unit: 'PILL' },
        denominator: { value: 1, unit: 'day' },
      },
      max_dose_per_administration: { value: 1, unit: 'PILL' },
    },
  ],
  ...BEFORE,
};

/** A prescription, which a pharmacy can serve. */
export const MEDICATION_REQUEST: Json = {
  ...PRESCRIBED,
  id: '1f7c3a9e-b5d0-4826-9e83-d4a0f6c7b518',
  status: 'ACTIVE',
  is_active: true,
  request_number: '0000-243P-1X53-EH38',
};

/** The next one, which nobody has signed yet. */
export const MEDICATION_REQUEST_REQUEST: Json = {
  ...PRESCRIBED,
  id: 'a8d5f0c2-3e9b-4716-8f4a-c0d7e1b6a395',
  status: 'NEW',
  request_number: '0000-6A2T-9K07-PM41',
};

/** A part of the prescription, which the pharmacy has begun to hand out. */
export const MEDICATION_DISPENSE: Json = {
  id: 'c9e2f5b0-7a6d-4138-8b4f-e1d0a3c7f692',
  medication_request_id: MEDICATION_REQUEST.id,
  medical_program_id: MEDICAL_PROGRAM.id,
  division_id: PHARMACY.division,
  legal_entity_id: PHARMACY.id,
  dispensed_at: '2025-02-18',
  dispensed_by: 'Ірина Панченко',
  status: 'NEW',
  details: [
    {
      medication: { name: 'Метформін', type: 'BRAND', form: 'TABLET' },
      medication_qty: 20,
      sell_price: 1.2,
      sell_amount: 24,
      discount_amount: 24,
      reimbursement_amount: 24,
    },
  ],
  ...BEFORE,
};
